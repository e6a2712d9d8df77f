// The decision itself: a product's terms and the panel's answers in, Set or Keep out. Knows no I/O.
// The same terms, answers and reservations always give the same decision, so whoever remembers one
// may use it as long as none of them has changed.
//
// The rules, in order:
//   1. no package, or another panel's product        -> Keep
//   2. package Unavailable -> Keep; Missing or disabled -> Set 0
//   3. no group                                      -> Keep
//   4. any group Unavailable -> Keep; a Missing group adds nothing
//   5. unlimited capacity    -> Keep, or Set the ceiling where there is one
//   6. else                  -> Set the capacity less what is reserved, at most the ceiling
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/capacity/capacity_batch.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/plan/decision.h"
#include "engine/plan/policy.h"
#include "engine/plan/reservations.h"
#include "engine/plan/terms.h"

namespace vfstock::plan {

/// Where the answers stand that a product's decision rests on.
struct Grounds {
  panel::StandingPackage* package = nullptr;
  std::vector<panel::StandingGroup*> groups;  // those of the terms, in their order
};

/// Not thread-safe.
class Decider {
 public:
  explicit Decider(const Policy& policy) : policy_(policy) {}

  /// `grounds` must be those of `terms`, unless the terms refuse. `batch` shares work between
  /// products of the same groups. `reserved` is what orders hold that the panel cannot see yet.
  Decision decide(const Terms& terms, const Grounds& grounds, std::span<const Reservation> reserved,
                  capacity::CapacityBatch& batch) {
    return *decide_again(nullptr, terms, grounds, reserved, batch);
  }
  /// The same where a decision was made before, by the same policy. nullopt: it is `last` once
  /// more, as most are. Null: there is none.
  std::optional<Decision> decide_again(const Decision* last, const Terms& terms,
                                       const Grounds& grounds,
                                       std::span<const Reservation> reserved,
                                       capacity::CapacityBatch& batch);

  /// The derivation of the count, where one was made: the package and at least one group were
  /// found. Its groups are the found ones, in the order of the terms.
  std::optional<capacity::Breakdown> breakdown(const Terms& terms, const Grounds& grounds);

 private:
  /// The groups that were found, and the first that could not be looked up.
  struct Found {
    std::vector<capacity::VersionedGroup> groups;
    std::size_t missing = 0;
    std::optional<Decision> unavailable;
  };

  /// Of a package that is not to be sold, or not known to be.
  static Decision without_package(panel::PackageId id, const panel::Lookup<panel::Package>& lookup);
  std::optional<Decision> from_groups(const Decision* last, const Terms& terms,
                                      const panel::Package& package, const Grounds& grounds,
                                      std::span<const Reservation> reserved,
                                      capacity::CapacityBatch& batch);
  static bool is_from(const Decision& decision, capacity::Count before, capacity::Count count,
                      const Found& found);
  Decision from_count(capacity::Count before, capacity::Count count, const Found& found) const;
  static capacity::Count left(capacity::Count before, const Found& found,
                              const capacity::Footprint& footprint, const capacity::Rules& rules,
                              std::span<const Reservation> reserved,
                              capacity::CapacityBatch& batch);
  const Found& find_groups(const Grounds& grounds);
  static Decision set(std::int64_t qty, Cause cause, Sentence text);

  const Policy& policy_;
  Found found_;  // of the present decision; kept for its memory
};

}  // namespace vfstock::plan
