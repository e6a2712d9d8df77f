// The IPv4 block routes.
#include <array>

#include "mockpanel/api/addresses.h"
#include "mockpanel/api/handlers.h"
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

/// Addresses that are in a block already stay where they are; the others are added run by run.
void add_range(model::World& world, std::int64_t block, std::uint32_t first, std::uint32_t last) {
  std::int64_t run = 0;
  for (std::uint64_t next = first; next <= last; ++next) {
    const auto digits = static_cast<std::uint32_t>(next);
    if (!is_known(world, digits)) {
      ++run;
    } else if (run > 0) {
      world.grow(block, digits - static_cast<std::uint32_t>(run), run);
      run = 0;
    }
  }
  if (run > 0) world.grow(block, last - static_cast<std::uint32_t>(run) + 1, run);
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

Response grow_block(const Call& call) {
  using Type = BodyField::Type;
  constexpr std::array<BodyField, 3> fields{{{"type", Type::text, true, 1, 20},
                                             {"start", Type::text, true, 7, 15},
                                             {"end", Type::text, true, 7, 15}}};
  constexpr std::uint32_t addresses_max = 65536;
  if (!call.world.blocks.contains(call.id)) return not_found("ip block");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  if (*body.text("type") != "range") return errors(422, {"The type field must be range."});
  const auto first = ipv4_number(*body.text("start")), last = ipv4_number(*body.text("end"));
  if (!first || !last || *first > *last || *last - *first >= addresses_max) {
    return errors(422, {"The start and end fields must be a range of at most 65536 addresses."});
  }
  add_range(call.world, call.id, *first, *last);
  return {204, {}, {}};
}

}  // namespace vfstock::mockpanel::api
