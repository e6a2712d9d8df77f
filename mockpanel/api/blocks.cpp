// The IPv4 block routes.
#include "mockpanel/api/lists.h"

namespace vfstock::mockpanel::api {
namespace {

Json resolvers(const char* primary, const char* secondary) {
  return {{"primary", primary == nullptr ? Json() : Json(primary)},
          {"secondary", secondary == nullptr ? Json() : Json(secondary)}};
}

/// The IPv6 half of an IPv4 block, as the panel fills it.
Json no_ipv6() {
  return {{"gateway", nullptr}, {"resolvers", resolvers(nullptr, nullptr)},
          {"subnet", nullptr},  {"from", 48},
          {"to", 64},           {"restricted", Json::array()},
          {"total", 0},         {"generatedTotal", 0},
          {"usedTotal", 0},     {"freeTotal", 0},
          {"freeGenerated", 0}, {"blacklistedTotal", 0}};
}

Json render_block(const model::Block& block) {
  const std::string net = "10." + std::to_string(block.id % 256) + ".0.";
  return {{"id", block.id},
          {"type", 4},
          {"name", block.name},
          {"ipv4",
           {{"gateway", net + "1"},
            {"netmask", "255.255.0.0"},
            {"resolvers", resolvers("8.8.8.8", "8.8.4.4")},
            {"total", block.base_free},
            {"usedTotal", block.held},
            {"freeTotal", block.free()}}},
          {"ipv6", no_ipv6()},
          {"rdnsType", 0},
          {"rdnsZoneId", nullptr},
          {"networkProfile", 0},
          {"routeBlock", nullptr},
          {"dhcp", 1},
          {"enabled", block.enabled},
          {"created", "2024-03-12T22:40:23+00:00"},
          {"updated", "2024-03-12T22:40:23+00:00"}};
}

}  // namespace

Response answer_blocks(const Call& call) {
  return paged(call, pointers(call.world.blocks), render_block);
}

Response answer_block(const Call& call) {
  const auto found = call.world.blocks.find(call.id);
  if (found == call.world.blocks.end()) return not_found("ip block");
  return record(200, render_block(found->second));
}

}  // namespace vfstock::mockpanel::api
