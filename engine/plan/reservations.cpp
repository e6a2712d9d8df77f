#include "engine/plan/reservations.h"

#include <algorithm>

namespace vfstock::plan {

bool Reservation::can_go_to(panel::GroupId group) const {
  return std::find(groups.begin(), groups.end(), group) != groups.end();
}

bool Reservation::can_go_to_any(std::span<const panel::GroupId> wanted) const {
  return std::any_of(wanted.begin(), wanted.end(),
                     [this](panel::GroupId group) { return can_go_to(group); });
}

std::int64_t cost(const capacity::Footprint& need, const capacity::Footprint& footprint) {
  const auto places = [](std::int64_t theirs, std::int64_t ours) -> std::int64_t {
    if (ours <= 0 || theirs <= 0) return 0;
    return theirs / ours + (theirs % ours == 0 ? 0 : 1);
  };
  return std::max({std::int64_t{1}, places(need.memory_mb, footprint.memory_mb),
                   places(need.cores, footprint.cores),
                   places(need.storage_gb, footprint.storage_gb),
                   places(need.ipv4_addresses, footprint.ipv4_addresses)});
}

capacity::Count without_reserved(capacity::Count count, std::span<const Reservation> reservations,
                                 std::span<const panel::GroupId> groups,
                                 const capacity::Footprint& footprint) {
  if (count.is_unlimited()) return count;
  std::int64_t left = count.places();
  for (const Reservation& reservation : reservations) {
    if (!reservation.need || !reservation.can_go_to_any(groups)) continue;
    const std::int64_t each = cost(*reservation.need, footprint);
    // In a product that would overflow nothing is left anyway.
    left = each > left / reservation.qty ? 0 : left - each * reservation.qty;
  }
  return capacity::Count::of(left);
}

}  // namespace vfstock::plan
