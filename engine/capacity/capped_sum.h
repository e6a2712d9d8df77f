// How the counts of a product's groups add up under each reading of the IPv4 figures.
//
// `Group` counts one group: `Count fits(footprint)`, the same for each hypervisor of its
// `columns()`. Only for those who make such groups: PreparedGroup, and what follows one
// (incremental/).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/fit_sum.h"
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
/// Hypervisors are added in the order of what they see.
class NestedTotal {
 public:
  /// `addresses` (>= 1): of one VPS.
  explicit NestedTotal(std::int64_t addresses) : addresses_(divisor(addresses)) {}

  // Below 2^53 sums are exact, and no cap is greater.
  void add(double fits, double seen) noexcept {
    total_ = std::min(total_ + fits, addresses_ == 1 ? seen : std::floor(seen / addresses_));
  }
  Count count() const noexcept { return Count::of(static_cast<std::int64_t>(total_)); }

 private:
  double addresses_;
  double total_ = 0;
};

template <class Group>
Count nested_total_of_one(Group& group, const Footprint& footprint) {
  Column fits;
  group.fits_each(footprint, fits);
  NestedTotal total(footprint.ipv4_addresses);
  const Column& seen = group.columns().addresses();
  for (const Place place : group.columns().by_addresses()) total.add(fits[place], seen[place]);
  return total.count();
}

template <class Group>
Count nested_total(Groups<Group> groups, const Footprint& footprint) {
  struct Stretch {
    double fits, seen;
  };
  std::vector<Stretch> stretches;
  Column fits;
  for (Group* const group : groups) {
    group->fits_each(footprint, fits);
    for (const Place place : group->columns().by_addresses()) {
      stretches.push_back({fits[place], group->columns().addresses()[place]});
    }
  }
  std::stable_sort(stretches.begin(), stretches.end(),
                   [](const Stretch& a, const Stretch& b) { return a.seen < b.seen; });
  NestedTotal total(footprint.ipv4_addresses);
  for (const Stretch& stretch : stretches) total.add(stretch.fits, stretch.seen);
  return total.count();
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
    const auto by_addresses = columns.by_addresses();
    const Count fits = group->fits(footprint);
    if (!columns.has_address_figure() || by_addresses.empty()) {
      sum += fits;
      continue;
    }
    const auto servable_by = [&](Place place) {
      return servable(static_cast<std::int64_t>(columns.addresses()[place]),
                      footprint.ipv4_addresses);
    };
    const Count least = servable_by(by_addresses.front());
    const bool all_see_equally_many =
        columns.addresses()[by_addresses.front()] == columns.addresses()[by_addresses.back()];
    if (fits <= least || all_see_equally_many) {
      sum += std::min(fits, least);
    } else {
      sum += nested_total_of_one(*group, footprint);
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
