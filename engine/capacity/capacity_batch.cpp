#include "engine/capacity/capacity_batch.h"

#include <algorithm>
#include <utility>

namespace vfstock::capacity {

Count CapacityBatch::product_capacity(std::span<const VersionedGroup> groups,
                                      const Footprint& footprint, const Rules& rules) {
  const std::int64_t profile = named_profile(footprint.storage_profile);
  const bool as_before = newest_ != nullptr && newest_->preparation.is_of(rules, profile);
  Prepared& prepared = as_before ? *newest_ : find(rules, profile);
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

CapacityBatch::Prepared& CapacityBatch::find(const Rules& rules, std::int64_t profile) {
  newest_ = nullptr;
  auto known = std::find_if(prepared_.begin(), prepared_.end(), [&](const Prepared& candidate) {
    return candidate.preparation.is_of(rules, profile);
  });
  if (known == prepared_.end()) {
    known = prepared_.insert(known, {Preparation(rules, profile), {}});
  }
  newest_ = &*known;
  return *newest_;
}

}  // namespace vfstock::capacity
