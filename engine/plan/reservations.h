// Places that are sold but that the panel cannot see yet: services ordered and not provisioned.
//
// Overwriting qty with the panel's figure would sell them twice. So each is taken off the capacity
// of every group that it can go to, for all products. What one such service costs a product is the
// maximum over dimensions of ceil(its need / the product's need). Pure arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"
#include "engine/panel/panel.h"

namespace vfstock::plan {

struct Reservation {
  std::vector<panel::GroupId> groups;       // that the service can go to
  std::optional<capacity::Footprint> need;  // of one VPS; nullopt: not known
  std::string why_unknown;                  // where `need` is not known
  std::int64_t qty = 1;                     // VPSes

  friend bool operator==(const Reservation&, const Reservation&) = default;
  bool can_go_to(panel::GroupId group) const;
  bool can_go_to_any(std::span<const panel::GroupId> groups) const;
};

/// How many places of a product of `footprint` one VPS of `need` takes; at least 1, for both take a
/// server slot.
std::int64_t cost(const capacity::Footprint& need, const capacity::Footprint& footprint);

/// `count` without what is reserved in this group, or in any of these groups; never below 0.
capacity::Count without_reserved(capacity::Count count, std::span<const Reservation> reservations,
                                 std::span<const panel::GroupId> groups,
                                 const capacity::Footprint& footprint);

}  // namespace vfstock::plan
