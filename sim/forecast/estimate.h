// What replicates say together: means and quantiles, each with an interval. Pure functions.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace vfstock::sim::forecast {

/// Beyond what was simulated, or not known.
inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// A figure and how sure it is; `low` and `high` bound a 95 % interval.
struct Estimate {
  double value = 0, low = 0, high = 0;
  double error = 0;  // standard error; of a quantile a quarter of the interval's width
};

/// The mean over independent replicates. One value alone has no interval: infinite.
Estimate mean_of(std::span<const double> values);
/// Σ numerators / Σ denominators over independent replicates (delta method). 0 of 0 is 0.
Estimate ratio_of(std::span<const double> numerators, std::span<const double> denominators);
/// The difference of two ratios over the same replicates, which share their chance.
Estimate ratio_difference_of(std::span<const double> numerators_one,
                             std::span<const double> denominators_one,
                             std::span<const double> numerators_other,
                             std::span<const double> denominators_other);
/// The p-quantile of `sorted` with its interval by order statistics: ranks between which the
/// binomial law puts at least 95 %. Nothing is assumed of the values; infinite ones are values like
/// others. The interval is infinite where too few values lie on a side.
Estimate quantile_of(std::span<const double> sorted, double p);

/// P(X <= k) of a binomial law.
double binomial_cumulated(std::size_t n, double p, std::size_t k);

}  // namespace vfstock::sim::forecast
