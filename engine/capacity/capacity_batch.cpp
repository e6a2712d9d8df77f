#include "engine/capacity/capacity_batch.h"

#include <algorithm>

namespace vfstock::capacity {

Count CapacityBatch::product_capacity(std::span<const HypervisorColumns* const> groups,
                                      const Footprint& footprint, const Rules& rules) {
  // Every profile that names no type names the default mountpoint.
  const std::int64_t profile = std::max<std::int64_t>(footprint.storage_profile, 0);
  Prepared& prepared =
      prepared_for({rules.buffer, rules.storage_match, rules.server_slots, profile});
  asked_.clear();
  for (const HypervisorColumns* group : groups) {
    const auto [entry, added] = prepared.groups.try_emplace(group, *group, rules, profile, kernel_);
    asked_.push_back(&entry->second);
  }
  return capacity::product_capacity(asked_, footprint, rules.ipv4_cap);
}

CapacityBatch::Prepared& CapacityBatch::prepared_for(const Preparation& preparation) {
  const auto known =
      std::find_if(prepared_.begin(), prepared_.end(),
                   [&](const Prepared& candidate) { return candidate.preparation == preparation; });
  if (known != prepared_.end()) return *known;
  return prepared_.emplace_back(Prepared{preparation, {}});
}

}  // namespace vfstock::capacity
