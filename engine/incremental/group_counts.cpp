#include "engine/incremental/group_counts.h"

#include <algorithm>
#include <utility>

#include "engine/capacity/capped_sum.h"
#include "engine/capacity/disk_plan.h"
#include "engine/capacity/product_placement.h"

namespace vfstock::incremental {

capacity::Count GroupCounts::product_capacity(std::span<const capacity::FoundGroup> groups,
                                              const capacity::Footprint& footprint,
                                              const capacity::Rules& rules,
                                              const capacity::AddressBlocks* blocks) {
  const std::int64_t profile = capacity::named_profile(footprint.storage_profile);
  const bool as_before = newest_ != nullptr && newest_->preparation.is_of(rules, profile);
  Prepared& prepared = as_before ? *newest_ : find(rules, profile);
  // Where none of this is so, nothing is shared but what the sum accounts for.
  bool may_share = blocks != nullptr || capacity::has_further_disks(footprint);
  asked_.clear();
  for (const capacity::FoundGroup& asked : groups) {
    may_share = may_share || !asked.columns->shared_datastores().empty();
    auto known = prepared.groups.find(asked.id);
    if (known == prepared.groups.end()) {
      TalliedGroup group(*asked.columns, asked.revision, prepared.preparation, kernel_);
      known = prepared.groups.emplace(asked.id, std::move(group)).first;
    } else {
      known->second.show(*asked.columns, asked.revision);
    }
    asked_.push_back(&known->second);
  }
  if (may_share) {
    columns_.clear();
    for (const capacity::FoundGroup& group : groups) columns_.push_back(group.columns);
    if (capacity::needs_placement(columns_, footprint, rules, blocks)) {
      const auto wanted = capacity::product_placement(columns_, footprint, rules, blocks);
      return capacity::place(wanted.problem).places;
    }
  }
  return capacity::capped_sum<TalliedGroup>(asked_, footprint, rules.ipv4_cap);
}

GroupCounts::Prepared& GroupCounts::find(const capacity::Rules& rules, std::int64_t profile) {
  newest_ = nullptr;
  auto known = std::find_if(prepared_.begin(), prepared_.end(), [&](const Prepared& candidate) {
    return candidate.preparation.is_of(rules, profile);
  });
  if (known == prepared_.end()) {
    known = prepared_.insert(known, {capacity::Preparation(rules, profile), {}});
  }
  newest_ = &*known;
  return *newest_;
}

}  // namespace vfstock::incremental
