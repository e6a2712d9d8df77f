#include "engine/capacity/capacity_batch.h"

#include <algorithm>

#include "engine/base/contract.h"
#include "engine/capacity/product_placement.h"

namespace vfstock::capacity {

Count CapacityBatch::product_capacity(std::span<const FoundGroup> groups,
                                      const Footprint& footprint, const Rules& rules,
                                      const AddressBlocks* blocks) {
  Prepared& prepared = find(rules, named_profile(footprint.storage_profile));
  std::vector<const PreparedGroup*> asked;
  asked.reserve(groups.size());
  columns_.clear();
  for (const FoundGroup& group : groups) {
    const auto known =
        prepared.groups.try_emplace(group.id, *group.columns, prepared.preparation, kernel_).first;
    VFSTOCK_REQUIRE(&known->second.columns() == group.columns);
    asked.push_back(&known->second);
    columns_.push_back(group.columns);
  }
  if (needs_placement(columns_, footprint, rules, blocks)) {
    return place(product_placement(columns_, footprint, rules, blocks).problem).places;
  }
  return capacity::product_capacity(asked, footprint, rules.ipv4_cap);
}

CapacityBatch::Prepared& CapacityBatch::find(const Rules& rules, std::int64_t profile) {
  auto known = std::find_if(prepared_.begin(), prepared_.end(), [&](const Prepared& candidate) {
    return candidate.preparation.is_of(rules, profile);
  });
  if (known == prepared_.end()) {
    known = prepared_.insert(known, {Preparation(rules, profile), {}});
  }
  return *known;
}

}  // namespace vfstock::capacity
