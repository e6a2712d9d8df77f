// What the products of a shop have in common: days that are busy for all of them, and a level that
// moves for all of them.
//
// The total of several products differs from its forecast by more than independent products would;
// the excess is what they share. Looked for in the periods that the backtests held out. Pure
// functions.
#pragma once

#include <vector>

#include "sim/forecast/fit/demand_model.h"

namespace vfstock::sim::forecast::fit {

struct SharedLevels {
  Spread spread;     // by period, as an outlook's
  double ratio = 1;  // variance of the total's errors, as a multiple of independent products'
};

/// Nothing shared where there are less than two products, or where chance explains what there is.
SharedLevels shared_levels(const std::vector<const DemandModel*>& models, std::size_t lead);

}  // namespace vfstock::sim::forecast::fit
