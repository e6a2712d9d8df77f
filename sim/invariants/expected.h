// What the rules ask for one product, given what is known at this moment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/evidence.h"
#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {

/// The rule that decides.
enum class Basis {
  count,         // the sum over the groups, or the ceiling
  nothing_sold,  // the package is gone or disabled: 0
  rule,          // no package, no groups, another panel, unbounded: keep
  unavailable,   // a needed lookup failed: keep
  partial,       // a needed lookup was not made: keep
  stale,         // what is known is too old or forgotten: ask again, or keep
};

struct Expected {
  std::optional<std::int64_t> qty;  // a qty that is right
  bool keep = false;                // leaving the row alone is right; both: either is
  Basis basis = Basis::rule;
  std::string because;  // "group 7's page 2 answered 503 at 4m59.9s"
  /// Lookups were not made although time and panel allowed it.
  bool neglected = false;

  /// The package is gone, and was kept only for want of a probe that was allowed.
  bool unprobed = false;

  /// The panel's true state at the newest answer that this rests on, null when unknown.
  std::shared_ptr<const mockpanel::model::World> truth;
  Time truth_at{};
  /// The panel told what was not so: the truth is nothing that the qty could be held to.
  bool lied_to = false;
  /// The panel told of its address blocks what is true in `truth`, or nothing need be told.
  bool told_all = false;
  ShopColumns columns;

  /// One of the shop's own columns, or that nothing limits it, says keep: that passes by no try.
  bool by_rule = false;

  /// A package or group that this rests on is gone or disabled.
  bool record_gone = false;

  /// Other qtys that are as right, because what they rest on changed while it was being read.
  std::vector<std::int64_t> or_else;

  bool takes(std::int64_t written) const;
};

/// Either of two is right: the shop changed while it was being read.
Expected either(Expected one, Expected other);

/// An order on its way with the row of its product.
struct Held {
  Waiting waiting;
  Row row;
};

/// The orders on their way whose products are in the table.
std::vector<Held> held_by(const std::vector<Waiting>& waiting, const std::vector<Row>& rows);

Expected expect(const Row& row, const std::vector<Held>& held, const Knowledge& knowledge,
                const Expectations& expectations, Time now);

}  // namespace vfstock::sim::invariants
