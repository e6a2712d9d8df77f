#include "mockpanel/faults/deletion.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

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

template <typename Record>
void move_out(std::map<std::int64_t, Record>& records, std::int64_t id, std::vector<Record>& into) {
  const auto found = records.find(id);
  if (found == records.end()) return;
  into.push_back(std::move(found->second));
  records.erase(found);
}

template <typename Record>
void move_back(std::vector<Record>& from, std::map<std::int64_t, Record>& records) {
  for (Record& record : from) {
    const std::int64_t id = record.id;
    records.emplace(id, std::move(record));
  }
  from.clear();
}

}  // namespace

void delete_record(const api::Request& request, model::World& world, DeletedRecords& into) {
  const std::string_view path = api::route_path(request.path);
  if (const auto package = id_below(path, "/packages/")) {
    move_out(world.packages, *package, into.packages);
  } else if (const auto group = id_below(path, "/compute/hypervisors/groups/")) {
    move_out(world.groups, *group, into.groups);
  } else if (const auto hypervisor = id_below(path, "/compute/hypervisors/")) {
    move_out(world.hypervisors, *hypervisor, into.hypervisors);
  } else if (const auto server = id_below(path, "/servers/")) {
    const auto found = world.servers.find(*server);
    if (found == world.servers.end()) return;
    into.servers.push_back(found->second);
    world.remove(*server, std::chrono::minutes{0}, model::Time{0});
  }
  world.touch();
}

void restore(DeletedRecords& from, model::World& world) {
  move_back(from.packages, world.packages);
  move_back(from.groups, world.groups);
  for (model::Hypervisor& hypervisor : from.hypervisors) world.restore(std::move(hypervisor));
  for (model::Server& server : from.servers) world.restore(std::move(server));
  from = {};
  world.touch();
}

}  // namespace vfstock::mockpanel::faults
