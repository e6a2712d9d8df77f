#include "mockpanel/faults/answering.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "mockpanel/faults/injector.h"
#include "mockpanel/faults/paging.h"

namespace vfstock::mockpanel::faults {
namespace {

/// The number behind `prefix`, up to the next slash; empty when the path is another.
std::optional<std::int64_t> id_below(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  path.remove_prefix(prefix.size());
  std::int64_t id = 0;
  const auto read = std::from_chars(path.data(), path.data() + path.size(), id);
  const bool whole = read.ptr == path.data() + path.size() || *read.ptr == '/';
  if (read.ec != std::errc{} || !whole) return std::nullopt;
  return id;
}

void delete_record(const api::Request& request, const Desk& desk) {
  model::World& world = desk.world;
  if (const auto package = id_below(request.path, "/packages/")) {
    world.packages.erase(*package);
  } else if (const auto group = id_below(request.path, "/compute/hypervisors/groups/")) {
    world.groups.erase(*group);
  } else if (const auto hypervisor = id_below(request.path, "/compute/hypervisors/")) {
    world.hypervisors.erase(*hypervisor);
  } else if (const auto server = id_below(request.path, "/servers/")) {
    world.remove(*server, std::chrono::minutes{0}, desk.now);
  }
  world.touch();
}

api::Response from_another_state(model::World world, const api::Request& request,
                                 const Desk& desk) {
  api::Api api(world, desk.api.options());
  return api.handle(request, desk.now, desk.wall);
}

/// The answer before its content is spoiled.
api::Response uncorrupted(const Rule& rule, const api::Request& request, const Desk& desk) {
  const bool read = request.method == "GET";
  if (rule.kind == Kind::stale_answer && read && rule.stuck_in) {
    return from_another_state(*rule.stuck_in, request, desk);
  }
  if (layer(rule.kind) == Layer::paging && read) return paged_wrongly(rule, request, desk);
  if (rule.kind == Kind::record_deleted) delete_record(request, desk);
  return desk.api.handle(request, desk.now, desk.wall);
}

}  // namespace

Delivery answer(const Rule* rule, const api::Request& request, const Desk& desk) {
  if (rule == nullptr) {
    return Injector::apply(nullptr, desk.api.handle(request, desk.now, desk.wall));
  }
  if (!is_carried_out(rule->kind)) return Injector::apply(rule, {});
  return Injector::apply(rule, uncorrupted(*rule, request, desk));
}

}  // namespace vfstock::mockpanel::faults
