// What the checker is told of a scenario: the rules that a right answer follows, and the shop's
// rows.
#pragma once

#include <vector>

#include "sim/invariants/checker.h"
#include "sim/scenario/scenario.h"
#include "sim/shop/memory_catalogue.h"

namespace vfstock::sim::scenario {

/// What the checker must know of the policy, in its own words.
invariants::Expectations expectations_of(const Scenario& scenario);

shop::MemoryCatalogue open_shop(const fleet::Shop& shop);

/// Every row of the shop with its options.
std::vector<invariants::Row> rows_of(shop::MemoryCatalogue& shop);

}  // namespace vfstock::sim::scenario
