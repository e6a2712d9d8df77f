#include "engine/capacity/capacity.h"

#include "engine/capacity/capped_sum.h"
#include "engine/capacity/prepared_group.h"
#include "engine/capacity/product_placement.h"

namespace vfstock::capacity {

Count product_capacity(std::span<const PreparedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap) {
  return capped_sum(groups, footprint, ipv4_cap);
}

Count product_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                       const Rules& rules, const AddressBlocks* blocks) {
  if (needs_placement(groups, footprint, rules, blocks)) {
    return place(product_placement(groups, footprint, rules, blocks).problem).places;
  }
  std::vector<PreparedGroup> prepared;
  prepared.reserve(groups.size());
  std::vector<const PreparedGroup*> pointers;
  pointers.reserve(groups.size());
  for (const HypervisorColumns* group : groups) {
    prepared.emplace_back(*group, Preparation(rules, footprint.storage_profile));
    pointers.push_back(&prepared.back());
  }
  return capped_sum<const PreparedGroup>(pointers, footprint, rules.ipv4_cap);
}

}  // namespace vfstock::capacity
