// The decision itself: a product's terms and the panel's answers in, Set or Keep out. Knows no I/O.
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
#include "engine/panel/panel.h"
#include "engine/stock/decision.h"
#include "engine/stock/policy.h"
#include "engine/stock/reservations.h"
#include "engine/stock/terms.h"

namespace vfstock::stock {

class Decider {
 public:
  explicit Decider(const Policy& policy) : policy_(policy) {}

  /// `answers` must hold what `terms` names unless they refuse; else std::out_of_range. `batch`
  /// shares work between products of the same answers and must not outlive them. `reserved` is what
  /// orders hold that the panel cannot see yet.
  Decision decide(const Terms& terms, const panel::Answers& answers,
                  std::span<const Reservation> reserved, capacity::CapacityBatch& batch) const;

  /// The derivation of the count, where one was made: the package and at least one group were
  /// found. Its groups are the found ones, in the order of the terms.
  std::optional<capacity::Breakdown> breakdown(const Terms& terms,
                                               const panel::Answers& answers) const;

 private:
  struct Found;
  Decision from_groups(const Terms& terms, const panel::Package& package,
                       const panel::Answers& answers, std::span<const Reservation> reserved,
                       capacity::CapacityBatch& batch) const;
  Decision from_count(capacity::Count before, capacity::Count count, const Found& found) const;
  capacity::Count left(capacity::Count before, const Found& found,
                       const capacity::Footprint& footprint, const capacity::Rules& rules,
                       std::span<const Reservation> reserved, capacity::CapacityBatch& batch) const;
  static Found found_groups(const Terms& terms, const panel::Answers& answers);
  Decision set(std::int64_t qty, Cause cause, std::string text) const;
  capacity::Rules rules(const Terms& terms) const;

  const Policy& policy_;
};

}  // namespace vfstock::stock
