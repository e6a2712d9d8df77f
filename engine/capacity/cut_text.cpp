#include "engine/capacity/cut_text.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace vfstock::capacity {
namespace {

// Beyond so many, the others are only counted.
constexpr std::size_t named_max = 12;

/// "1, 2 and 7"; "1, 2, ... and 88 more".
std::string list(const std::set<std::int64_t>& ids) {
  std::string text;
  std::size_t left = ids.size();
  for (const std::int64_t id : ids) {
    if (text.empty()) {
      text = std::to_string(id);
    } else if (ids.size() > named_max && ids.size() - left == named_max) {
      return text + fmt::format(" and {} more", left);
    } else {
      text += (left == 1 ? " and " : ", ") + std::to_string(id);
    }
    --left;
  }
  return text;
}

std::string hypervisors(const std::set<std::int64_t>& ids) {
  return fmt::format("hypervisor{} {}", ids.size() == 1 ? "" : "s", list(ids));
}

std::string_view phrase(Dimension dimension) {
  switch (dimension) {
    case Dimension::memory:
      return "memory of";
    case Dimension::cores:
      return "cores of";
    case Dimension::storage:
      return "storage of";
    case Dimension::servers:
      return "server slots of";
    case Dimension::ipv4:
      return "IPv4 addresses of";
    case Dimension::none:
      break;
  }
  return "what is left of";
}

std::string supply_text(const ProductPlacement::Supply& supply) {
  const bool is_block = supply.kind == ProductPlacement::Supply::Kind::block;
  return is_block
             ? fmt::format("IPv4 block {} ({} free)", supply.id, supply.free)
             : fmt::format("IPv4 addresses (the hypervisors that see at most {})", supply.free);
}

/// What of the hypervisor's figures makes it take no more.
Dimension limit_of(const HypervisorBreakdown& shown, Count takes) {
  if (shown.memory == takes) return Dimension::memory;
  if (shown.cores == takes) return Dimension::cores;
  if (shown.storage == takes) return Dimension::storage;
  if (shown.servers == takes) return Dimension::servers;
  return Dimension::ipv4;
}

}  // namespace

std::vector<std::string> cut_text(const Placement& placement, const ProductPlacement& of,
                                  GroupColumns groups, std::span<const GroupBreakdown> shown) {
  std::vector<std::string> phrases;
  for (const std::size_t supply : placement.supplies) {
    phrases.push_back(supply_text(of.supplies[supply]));
  }
  std::map<Dimension, std::set<std::int64_t>> by_dimension;
  const auto add = [&](std::size_t host, std::optional<Dimension> dimension) {
    const auto& [group, row] = of.hosts[host];
    const HypervisorBreakdown& figures = shown[group].hypervisors[row];
    const Dimension limit = limit_of(figures, of.problem.hosts[host].takes);
    by_dimension[dimension.value_or(limit)].insert(figures.id);
  };
  for (const std::size_t host : placement.hosts) add(host, std::nullopt);
  for (const std::size_t host : placement.own_storage) add(host, Dimension::storage);
  for (const auto& [dimension, ids] : by_dimension) {
    phrases.push_back(fmt::format("{} {}", phrase(dimension), hypervisors(ids)));
  }
  for (const std::size_t pool : placement.pools) {
    const auto& [group, datastore] = of.pools[pool];
    const DatastoreEntry& first = groups[group]->shared_datastores()[datastore].front();
    const StoragePool& entry = groups[group]->rows()[first.row].other_storage[first.pool];
    phrases.push_back(fmt::format("shared storage {}", entry.datastore));
  }
  return phrases;
}

}  // namespace vfstock::capacity
