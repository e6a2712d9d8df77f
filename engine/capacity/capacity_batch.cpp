#include "engine/capacity/capacity_batch.h"

#include <algorithm>
#include <utility>

namespace vfstock::capacity {

Count CapacityBatch::product_capacity(std::span<const VersionedGroup> groups,
                                      const Footprint& footprint, const Rules& rules) {
  Prepared& prepared = prepared_for(rules, footprint.storage_profile);
  asked_.clear();
  for (const VersionedGroup& asked : groups) {
    auto known = prepared.groups.find(asked.id);
    if (known == prepared.groups.end()) {
      TalliedGroup group(*asked.columns, asked.version, prepared.preparation, kernel_);
      known = prepared.groups.emplace(asked.id, std::move(group)).first;
    } else {
      known->second.show(*asked.columns, asked.version);
    }
    asked_.push_back(&known->second);
  }
  return capacity::product_capacity(asked_, footprint, rules.ipv4_cap);
}

CapacityBatch::Prepared& CapacityBatch::prepared_for(const Rules& rules,
                                                     std::int64_t storage_profile) {
  const auto fits = [&](const Prepared& candidate) {
    const Preparation& one = candidate.preparation;
    return one.storage_profile == std::max<std::int64_t>(storage_profile, 0) &&
           one.buffer == rules.buffer && one.storage_match == rules.storage_match &&
           one.server_slots == rules.server_slots;
  };
  if (newest_ < prepared_.size() && fits(prepared_[newest_])) return prepared_[newest_];
  const auto known = std::find_if(prepared_.begin(), prepared_.end(), fits);
  newest_ = static_cast<std::size_t>(known - prepared_.begin());
  if (known == prepared_.end()) prepared_.push_back({Preparation(rules, storage_profile), {}});
  return prepared_[newest_];
}

}  // namespace vfstock::capacity
