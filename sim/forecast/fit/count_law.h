// The law of a count: how likely 0, 1, 2, ... are. Poisson, negative binomial, and either in
// batches.
//
// Panjer's recursion (1981) gives the law of a sum of batch sizes exactly. Large counts are
// counted in units of several, so that a law never has more than some thousand terms. Pure
// functions.
#pragma once

#include <cstddef>
#include <vector>

namespace vfstock::sim::forecast::fit {

/// Probabilities of 0, 1, 2, ...; what is left out at the end is less than 1e-12.
using CountLaw = std::vector<double>;

/// How likely batches of the sizes 1, 2, ... are; adds up to 1.
using SizeLaw = std::vector<double>;
double mean_size(const SizeLaw& sizes);
double mean_square_size(const SizeLaw& sizes);
/// What a batch wants beyond its first VPS, so many times as large: sizes are rounded up as often
/// as keeps the mean. factor >= 0.
SizeLaw stretched(const SizeLaw& sizes, double factor);

/// VPSes where the number of batches has this mean and the variance mean + dispersion × mean²
/// (dispersion 0: Poisson). mean >= 0.
CountLaw count_law(double mean, double dispersion, const SizeLaw& sizes = {1.0});
/// As often as they were seen. At least one.
CountLaw observed_law(const std::vector<std::size_t>& counts);

/// The smallest count whose cumulated probability is at least p.
std::size_t quantile(const CountLaw& law, double p);

/// A law of a count in units: probabilities of 0, unit, 2 × unit, ...
struct ScaledLaw {
  double unit = 1;
  CountLaw law;

  double quantile(double p) const;
  /// P(count < value).
  double below(double value) const;
};
/// As count_law, in units of 1 where that needs no more than some hundred terms; in larger ones
/// with the same mean and, to a hundredth, the same variance.
ScaledLaw scaled_count_law(double mean, double dispersion, const SizeLaw& sizes);

}  // namespace vfstock::sim::forecast::fit
