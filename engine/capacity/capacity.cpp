#include "engine/capacity/capacity.h"

#include <algorithm>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/prepared_group.h"
#include "engine/capacity/tallied_group.h"

namespace vfstock::capacity {
namespace {

/// Prepared ones, with or without memory: `Group` is const PreparedGroup or TalliedGroup.
template <class Group>
using Groups = std::span<Group* const>;

template <class Group>
Count sum_of_fits(Groups<Group> groups, const Footprint& footprint) {
  Count sum;
  for (Group* const group : groups) sum += group->fits(footprint);
  return sum;
}

template <class Group>
Count sum_under_shared_pools(Groups<Group> groups, const Footprint& footprint) {
  Count sum;
  for (Group* const group : groups) {
    const auto cap = shared_pool_cap(group->columns(), footprint.ipv4_addresses);
    const Count fits = group->fits(footprint);
    sum += cap ? std::min(fits, *cap) : fits;
  }
  return sum;
}

/// Address blocks may be shared in any way, but whoever sees few addresses sees no more than they.
/// Hypervisors that see equally many are taken at once, which gives what one by one would.
template <class Group>
Count nested_total(Groups<Group> groups, const Footprint& footprint) {
  struct Stretch {
    Group* group;
    const AddressRun* run;
  };
  std::vector<Stretch> stretches;
  for (Group* const group : groups) {
    for (const AddressRun& run : group->columns().address_runs())
      stretches.push_back({group, &run});
  }
  std::stable_sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) {
    return a.run->free_addresses < b.run->free_addresses;
  });
  Count total;
  for (const Stretch& stretch : stretches) {
    total = std::min(total + stretch.group->fits(footprint, *stretch.run),
                     servable(stretch.run->free_addresses, footprint.ipv4_addresses));
  }
  return total;
}

template <class Group>
bool any_address_figure(Groups<Group> groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [](const Group* group) { return group->columns().has_address_figure(); });
}

template <class Group>
Count capped_sum(Groups<Group> groups, const Footprint& footprint, Ipv4Cap ipv4_cap) {
  if (footprint.ipv4_addresses <= 0 || !any_address_figure(groups)) {
    return sum_of_fits(groups, footprint);
  }
  return ipv4_cap == Ipv4Cap::nested ? nested_total(groups, footprint)
                                     : sum_under_shared_pools(groups, footprint);
}

}  // namespace

Count product_capacity(std::span<const PreparedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap) {
  return capped_sum(groups, footprint, ipv4_cap);
}

Count product_capacity(std::span<TalliedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap) {
  return capped_sum(groups, footprint, ipv4_cap);
}

Count product_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                       const Rules& rules) {
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
