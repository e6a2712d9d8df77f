// What replicates say together: means, shares and quantiles, each with an interval. Pure functions.
//
// No interval claims more than the runs can tell: what never happened in n runs may still be rare,
// so shares and counts have score or exact intervals, which have a width at 0 and 1 too and never
// leave the range of what they bound.
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
  double error = 0;  // standard error; of shares and quantiles a quarter of the interval's width
};

/// The mean over independent replicates. One value alone has no interval: infinite.
Estimate mean_of(std::span<const double> values);
/// The mean of counts (>= 0): the score interval of a Poisson total, widened by what the counts
/// vary beyond it. Zeros alone give 0 with an upper end of about 3.84 / n.
Estimate count_mean_of(std::span<const double> values);
/// A share of independent replicates: Clopper and Pearson's exact interval (1934).
Estimate share_of(std::size_t successes, std::size_t replicates);
/// The mean of values from 0 to 1, such as shares of time: Wilson's interval (1927) of as many
/// independent trials as would have the mean's standard error, of one per replicate where all are 0
/// or all are 1.
Estimate bounded_mean_of(std::span<const double> values);

/// Σ numerators / Σ denominators over independent replicates (delta method). 0 of 0 is 0.
Estimate ratio_of(std::span<const double> numerators, std::span<const double> denominators);
/// The same of parts of a whole, such as served of wanted: Wilson's interval as above, within 0 and
/// 1. 0 of 0 is 1 with nothing known of it: from 0 to 1.
Estimate bounded_ratio_of(std::span<const double> numerators, std::span<const double> denominators);
/// The difference of two ratios over the same replicates, which share their chance.
Estimate ratio_difference_of(std::span<const double> numerators_one,
                             std::span<const double> denominators_one,
                             std::span<const double> numerators_other,
                             std::span<const double> denominators_other);
/// The p-quantile of `sorted` with its interval by order statistics: ranks between which the
/// binomial law puts at least 95 %. Nothing is assumed of the values; infinite ones are values like
/// others. The interval is infinite where too few values lie on a side.
Estimate quantile_of(std::span<const double> sorted, double p);
/// The mean of the worst (largest) `tail` of the values, a share above 0: conditional value at
/// risk. At least one value counts.
double tail_mean_of(std::vector<double> values, double tail);

/// P(X <= x) of a beta law, 0 <= x <= 1 (continued fraction, to about 1e-12).
double beta_cumulated(double a, double b, double x);

}  // namespace vfstock::sim::forecast
