// Servers at most on single hypervisors: what the panel's API does not tell, such as a licence for
// 35 servers. Pure.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include "engine/capacity/hypervisor.h"

namespace vfstock::capacity {

/// Hypervisor id -> servers at most, those that it has included.
using NodeCaps = std::map<std::int64_t, std::int64_t>;

/// The slots of a hypervisor of which `servers` is what the panel says. `counted`: whether what the
/// panel says limits by itself, or only tells how many servers there are.
inline std::optional<Quota> slots_under(const NodeCaps& caps, std::int64_t hypervisor,
                                        const std::optional<Quota>& servers, bool counted) {
  const auto cap = caps.find(hypervisor);
  if (cap == caps.end() || !servers) return counted ? servers : std::nullopt;
  std::int64_t free = cap->second - (servers->max - servers->free);
  if (counted && servers->max > 0) free = std::min(free, servers->free);
  // A cap of 0 is a quota all the same.
  return Quota{std::max<std::int64_t>(cap->second, 1), free};
}

}  // namespace vfstock::capacity
