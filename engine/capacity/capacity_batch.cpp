#include "engine/capacity/capacity_batch.h"

#include <algorithm>
#include <utility>

namespace vfstock::capacity {

Count CapacityBatch::product_capacity(std::span<const VersionedGroup> groups,
                                      const Footprint& footprint, const Rules& rules) {
  // Every profile that names no type names the default mountpoint.
  const std::int64_t profile = std::max<std::int64_t>(footprint.storage_profile, 0);
  Prepared& prepared = prepared_for(rules, profile);
  asked_.clear();
  for (const VersionedGroup& asked : groups) {
    auto known = prepared.groups.find(asked.id);
    if (known == prepared.groups.end()) {
      PreparedGroup group(*asked.columns, rules, profile, kernel_);
      known =
          prepared.groups.emplace(asked.id, PreparedVersion{asked.version, std::move(group)}).first;
    } else if (known->second.version != asked.version) {
      known->second.group.prepare(*asked.columns, rules, profile);
      known->second.version = asked.version;
    }
    asked_.push_back(&known->second.group);
  }
  return capacity::product_capacity(asked_, footprint, rules.ipv4_cap);
}

CapacityBatch::Prepared& CapacityBatch::prepared_for(const Rules& rules,
                                                     std::int64_t storage_profile) {
  const auto fits = [&](const Prepared& candidate) {
    const Preparation& one = candidate.preparation;
    return one.storage_profile == storage_profile && one.buffer == rules.buffer &&
           one.storage_match == rules.storage_match && one.server_slots == rules.server_slots;
  };
  if (newest_ < prepared_.size() && fits(prepared_[newest_])) return prepared_[newest_];
  const auto known = std::find_if(prepared_.begin(), prepared_.end(), fits);
  newest_ = static_cast<std::size_t>(known - prepared_.begin());
  if (known == prepared_.end()) {
    prepared_.push_back(
        {{rules.buffer, rules.storage_match, rules.server_slots, storage_profile}, {}});
  }
  return prepared_[newest_];
}

}  // namespace vfstock::capacity
