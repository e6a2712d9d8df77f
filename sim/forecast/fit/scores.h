// How good a forecast of a count was, once the count is known. Smaller scores are better.
//
// Gneiting and Raftery, Strictly proper scoring rules (2007); Czado, Gneiting and Held, Predictive
// model assessment for count data (2009). Pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/forecast/fit/count_law.h"

namespace vfstock::sim::forecast::fit {

/// Continuous ranked probability score: Σ (P(X <= k) - [observed <= k])² over all counts k.
double ranked_probability_score(const CountLaw& forecast, std::size_t observed);
/// The same in units: ∫ (P(X <= x) - [observed <= x])² dx.
double ranked_probability_score(const ScaledLaw& forecast, double observed);
/// The mean pinball loss of the quantiles 10, 25, 50, 75 and 90 %.
double pinball_loss(const ScaledLaw& forecast, double observed);
/// Whether the count lies between the quantiles that leave half of 1 - `share` on each side; both
/// ends are inside.
bool is_covered(const ScaledLaw& forecast, double observed, double share);

/// How much of the part of (0, 1) that the observed count's probability takes lies outside the
/// interval of this share; 1 - share on average where the forecast is honest, for small counts too.
double missed(const ScaledLaw& forecast, double observed, double share);

/// Where observed counts fell in their forecasts, in ten parts of equal probability: each count is
/// spread over the part of (0, 1) that its probability takes. Flat where forecasts are honest, for
/// small counts too, whose intervals cover more than they say.
class Pit {
 public:
  void add(const ScaledLaw& forecast, double observed);
  void add(const Pit& other);
  std::int64_t count() const { return count_; }
  /// The share of each tenth; 0.1 each when honest.
  std::array<double, 10> shares() const;

 private:
  std::array<double, 10> sums_{};
  std::int64_t count_ = 0;
};

}  // namespace vfstock::sim::forecast::fit
