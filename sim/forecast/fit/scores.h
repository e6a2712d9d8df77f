// How good a forecast of a count was, once the count is known. Smaller scores are better.
//
// Gneiting and Raftery, Strictly proper scoring rules (2007). Pure functions.
#pragma once

#include <cstddef>

#include "sim/forecast/fit/count_law.h"

namespace vfstock::sim::forecast::fit {

/// Continuous ranked probability score: Σ (P(X <= k) - [observed <= k])² over all counts k.
double ranked_probability_score(const CountLaw& forecast, std::size_t observed);
/// The mean pinball loss of the quantiles 10, 25, 50, 75 and 90 %.
double pinball_loss(const CountLaw& forecast, std::size_t observed);
/// Whether the count lies between the quantiles that leave half of 1 - `share` on each side; both
/// ends are inside.
bool is_covered(const CountLaw& forecast, std::size_t observed, double share);

}  // namespace vfstock::sim::forecast::fit
