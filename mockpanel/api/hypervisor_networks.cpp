// The networks of a hypervisor and the IP blocks bound to them (release 7.1).
//
// The vendor documents what these routes do and what they take; the fields of their records are
// the mock's own reading of it. Each hypervisor has one network, and blocks are tried in the order
// in which they stand.
#include <algorithm>
#include <array>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"

namespace vfstock::mockpanel::api {
namespace {

using BindType = BodyField::Type;

model::Hypervisor* hypervisor_of(const Call& call) {
  const auto found = call.world.hypervisors.find(call.id);
  return found == call.world.hypervisors.end() ? nullptr : &found->second;
}

Json block_reference(const model::World& world, std::int64_t id) {
  const auto found = world.blocks.find(id);
  return {{"id", id}, {"name", found == world.blocks.end() ? "" : found->second.name}};
}

Json render_network(const model::World& world, const model::Hypervisor& hypervisor) {
  Json blocks = Json::array();
  for (const std::int64_t id : hypervisor.blocks) blocks.push_back(block_reference(world, id));
  return {{"id", hypervisor.id},
          {"name", "Primary"},
          {"type", "simpleBridge"},
          {"bridge", "br0"},
          {"mtu", nullptr},
          {"primary", true},
          {"default", true},
          {"ipBlockGroup", nullptr},
          {"ipBlocks", std::move(blocks)},
          {"created", hypervisor.created},
          {"updated", hypervisor.created}};
}

Json network_reference(const model::Hypervisor& hypervisor) {
  return {{"id", hypervisor.id}, {"name", "Primary"}, {"bridge", "br0"}, {"primary", true}};
}

/// One block as its hypervisor sees it; `order` 1 is tried first.
Json render_binding(const model::World& world, const model::Hypervisor& hypervisor,
                    std::size_t place) {
  const std::int64_t id = hypervisor.blocks[place];
  const auto block = world.blocks.find(id);
  Json binding = block_reference(world, id);
  binding["type"] = 4;
  binding["enabled"] = block != world.blocks.end() && block->second.enabled;
  binding["network"] = network_reference(hypervisor);
  binding["order"] = place + 1;
  return binding;
}

Response bindings(const Call& call, int status, const model::Hypervisor& hypervisor) {
  Json list = Json::array();
  for (std::size_t i = 0; i < hypervisor.blocks.size(); ++i) {
    list.push_back(render_binding(call.world, hypervisor, i));
  }
  return record(status, std::move(list));
}

bool holds(const std::vector<std::int64_t>& list, std::int64_t id) {
  return std::find(list.begin(), list.end(), id) != list.end();
}

}  // namespace

Response answer_networks(const Call& call) {
  const model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  return record(200, Json::array({render_network(call.world, *hypervisor)}));
}

Response answer_network(const Call& call) {
  const model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  if (call.other != hypervisor->id) return not_found("network");
  return record(200, render_network(call.world, *hypervisor));
}

Response answer_bound_blocks(const Call& call) {
  const model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  return bindings(call, 200, *hypervisor);
}

Response bind_block(const Call& call) {
  constexpr std::array<BodyField, 2> fields{
      {{"blockId", BindType::integer, true, 1}, {"networkId", BindType::integer, false, 1}}};
  model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::int64_t block = *body.number("blockId");
  if (!call.world.blocks.contains(block)) return errors(422, {"The selected blockId is invalid."});
  if (body.number("networkId").value_or(hypervisor->id) != hypervisor->id) {
    return errors(422, {"The selected networkId is invalid."});
  }
  if (holds(hypervisor->blocks, block)) return errors(409, {"The block is bound already."});
  hypervisor->blocks.push_back(block);
  hypervisor->reports_ipv4 = true;
  call.world.touch();
  return bindings(call, 201, *hypervisor);
}

Response order_blocks(const Call& call) {
  constexpr std::array<BodyField, 1> fields{{{"order", BindType::integers, true}}};
  model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::vector<std::int64_t> wanted = *body.numbers("order");
  std::vector<std::int64_t> ordered;
  for (const std::int64_t id : wanted) {
    if (!holds(hypervisor->blocks, id))
      return errors(422, {"The order field names a block that is not bound."});
    if (!holds(ordered, id)) ordered.push_back(id);
  }
  for (const std::int64_t id : hypervisor->blocks) {
    if (!holds(ordered, id)) ordered.push_back(id);
  }
  hypervisor->blocks = std::move(ordered);
  call.world.touch();
  return bindings(call, 200, *hypervisor);
}

Response unbind_block(const Call& call) {
  model::Hypervisor* const hypervisor = hypervisor_of(call);
  if (hypervisor == nullptr) return not_found("hypervisor");
  if (std::erase(hypervisor->blocks, call.other) == 0) return not_found("ip block");
  call.world.touch();
  return {204, {}, {}};
}

Response answer_block_hypervisors(const Call& call) {
  if (!call.world.blocks.contains(call.id)) return not_found("ip block");
  Json list = Json::array();
  for (const auto& [id, hypervisor] : call.world.hypervisors) {
    const auto place = std::find(hypervisor.blocks.begin(), hypervisor.blocks.end(), call.id);
    if (place == hypervisor.blocks.end()) continue;
    list.push_back({{"id", id},
                    {"name", hypervisor.name},
                    {"network", network_reference(hypervisor)},
                    {"order", place - hypervisor.blocks.begin() + 1}});
  }
  return record(200, std::move(list));
}

}  // namespace vfstock::mockpanel::api
