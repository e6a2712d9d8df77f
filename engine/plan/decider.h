// The decision itself: a product's terms and the panel's answers in, Set or Keep out. Pure: the
// same terms, answers and reservations always give the same decision.
//
// The rules, in order:
//   1. no package, or another panel's product        -> Keep
//   2. package Unavailable -> Keep; Missing or disabled -> Set 0
//   3. no group                                      -> Keep
//   4. any group Unavailable -> Keep; a Missing group adds nothing
//   5. unlimited capacity    -> Keep, or Set the ceiling where there is one
//   6. else                  -> Set the capacity less what is reserved, at most the ceiling
// A package that an option offers besides the product's own counts like a group: Unavailable ->
// Keep; gone or disabled, no VPS is made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/capacity/counter.h"
#include "engine/panel/lookup_results.h"
#include "engine/plan/decision.h"
#include "engine/plan/policy.h"
#include "engine/plan/reservations.h"
#include "engine/plan/terms.h"

namespace vfstock::plan {

/// Whether everything that a decision on these terms needs was looked up.
bool is_looked_up(const Terms& terms, const panel::LookupResults& answers);

/// What one VPS of the product takes at most, of each package that it can be made of and in each
/// storage profile; its own package's and profile's first. The terms were looked up, and their own
/// package was found. A package that is gone or disabled makes no VPS.
std::vector<capacity::Footprint> footprints_known(const Terms& terms,
                                                  const panel::LookupResults& answers);

/// The address blocks that came last with the groups of the terms, which were looked up; null where
/// one of these reports addresses and came without.
const capacity::AddressBlocks* blocks_known(const Terms& terms,
                                            const panel::LookupResults& answers);

/// Not thread-safe.
class Decider {
 public:
  /// Both must outlive it.
  Decider(const Policy& policy, capacity::Counter& counter) : policy_(policy), counter_(counter) {}

  /// `reserved` is what orders hold that the panel cannot see yet.
  Decision decide(const Terms& terms, const panel::LookupResults& answers,
                  std::span<const Reservation> reserved);

 private:
  /// Sorts what was looked up of the groups of the terms into the members below; false: one of
  /// them was not looked up.
  bool find_groups(const Terms& terms, const panel::LookupResults& answers);
  /// Of a package that is not to be sold, or not known to be.
  static Decision without_package(panel::PackageId id, const panel::Lookup<panel::Package>& lookup);
  Decision from_groups(const Terms& terms, const panel::Package& package,
                       const panel::LookupResults& answers, std::span<const Reservation> reserved);
  /// Of the footprint of which fewest are left.
  Decision from_footprints(const Terms& terms, const panel::Package& package,
                           const panel::LookupResults& answers,
                           std::span<const Reservation> reserved);
  Decision from_count(capacity::Count before, capacity::Count count) const;
  capacity::Count count(std::span<const capacity::FoundGroup> groups,
                        const capacity::Footprint& footprint, const capacity::Rules& rules);
  capacity::Count left(capacity::Count before, const capacity::Footprint& footprint,
                       const capacity::Rules& rules, std::span<const Reservation> reserved);
  static Decision set(std::int64_t qty, Why why);

  const Policy& policy_;
  capacity::Counter& counter_;
  // Of the product that is being decided; members for their memory.
  std::vector<capacity::FoundGroup> found_;
  const capacity::AddressBlocks* blocks_ = nullptr;  // as of blocks_known(), where they count
  std::size_t missing_ = 0;
  const panel::Unavailable* unavailable_ = nullptr;  // the first that could not be looked up
  panel::GroupId unavailable_group_;
};

}  // namespace vfstock::plan
