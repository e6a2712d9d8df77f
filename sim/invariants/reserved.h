// The checker's own reckoning of orders that the panel cannot see yet.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/invariants/expected.h"
#include "sim/invariants/recount.h"

namespace vfstock::sim::invariants {

struct FoundGroup {
  std::int64_t id = 0;
  const GroupFacts* facts = nullptr;
};

struct Reserved {
  struct Order {
    std::vector<std::int64_t> groups;   // that it can go to
    std::optional<PackageFacts> needs;  // absent: not known
    std::optional<std::int64_t> addresses;
    std::int64_t servers = 1;
  };
  std::vector<Order> orders;
  /// The groups of orders whose needs the rules leave open.
  std::vector<std::vector<std::int64_t>> open;

  /// An order that can go to one of these groups has unknown needs.
  bool unknown_for(const std::vector<std::int64_t>& groups) const;
  /// A client that holds such an order's needs for unknown is right, too.
  bool may_be_unknown_for(const std::vector<std::int64_t>& groups) const;
};

/// Empty unless the policy reserves. Orders older than seven days are forgotten.
Reserved read_reserved(const std::vector<Held>& held, const Knowledge& knowledge,
                       const Expectations& expectations, Time now);

/// What the groups still take once every order has what it can claim.
Places places_left(const std::vector<FoundGroup>& groups, const Counted& counted,
                   const Reserved& reserved, const Expectations& expectations);

}  // namespace vfstock::sim::invariants
