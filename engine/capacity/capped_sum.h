// How the counts of a product's groups add up under each reading of the IPv4 figures.
//
// `Group` counts one group: `Count fits(footprint)`, the same for one of the address runs of its
// `columns()`. Only for those who make such groups: PreparedGroup, and what follows one
// (incremental/).
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

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

/// The nested rule within each group. A group whose hypervisors all see enough is quick: whatever
/// the order, the addresses of the one that sees least suffice for all that fits.
template <class Group>
Count sum_of_nested(Groups<Group> groups, const Footprint& footprint) {
  Count sum;
  for (Group* const& group : groups) {
    const HypervisorColumns& columns = group->columns();
    const auto runs = columns.address_runs();
    if (!columns.has_address_figure() || runs.empty()) {
      sum += group->fits(footprint);
      continue;
    }
    const Count fits = group->fits(footprint);
    const Count least = servable(runs.front().free_addresses, footprint.ipv4_addresses);
    if (fits <= least || runs.size() == 1) {
      sum += std::min(fits, least);
    } else {
      sum += nested_total(Groups<Group>(&group, 1), footprint);
    }
  }
  return sum;
}

/// Where nothing but figures is known of addresses: `exact` counts as `group_nested`.
template <class Group>
Count capped_sum(Groups<Group> groups, const Footprint& footprint, Ipv4Cap ipv4_cap) {
  if (footprint.ipv4_addresses <= 0 || !any_address_figure(groups)) {
    return sum_of_fits(groups, footprint);
  }
  switch (ipv4_cap) {
    case Ipv4Cap::nested:
      return nested_total(groups, footprint);
    case Ipv4Cap::group_max:
      return sum_under_shared_pools(groups, footprint);
    case Ipv4Cap::exact:
    case Ipv4Cap::group_nested:
      break;
  }
  return sum_of_nested(groups, footprint);
}

}  // namespace vfstock::capacity
