// Intervals of shares and counts: published values, coverage by enumeration, and the rare ends.
#include "sim/forecast/estimate.h"

#include <cmath>

#include <gtest/gtest.h>

namespace vfstock::sim::forecast {
namespace {

double binomial(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

// 1 - (1-x)^4 - 4x(1-x)^3 at a half: 11/16.
TEST(BetaLaw, HasItsClosedForms) {
  EXPECT_NEAR(beta_cumulated(2, 3, 0.5), 11.0 / 16, 1e-12);
  EXPECT_NEAR(beta_cumulated(1, 1, 0.3), 0.3, 1e-12);
  EXPECT_NEAR(beta_cumulated(7, 1, 0.9), std::pow(0.9, 7), 1e-12);
  EXPECT_NEAR(beta_cumulated(1, 1000, 0.001), 1 - std::pow(0.999, 1000), 1e-11);
  EXPECT_EQ(beta_cumulated(2, 3, 0), 0);
  EXPECT_EQ(beta_cumulated(2, 3, 1), 1);
}

// Clopper and Pearson's table: 5 of 10, and the closed forms of none and all.
TEST(ShareOf, IsTheExactInterval) {
  const Estimate half = share_of(5, 10);
  EXPECT_NEAR(half.low, 0.187086, 1e-6);
  EXPECT_NEAR(half.high, 0.812914, 1e-6);
  EXPECT_EQ(share_of(0, 1000).low, 0);
  EXPECT_NEAR(share_of(0, 1000).high, 1 - std::pow(0.025, 1e-3), 1e-9);
  EXPECT_NEAR(share_of(1000, 1000).low, std::pow(0.025, 1e-3), 1e-9);
  EXPECT_EQ(share_of(1000, 1000).high, 1);
}

TEST(ShareOf, CoversRareSharesAsOftenAsItSays) {
  constexpr int n = 100;
  for (const double truth : {0.0005, 0.006, 0.05, 0.5, 0.994, 0.9995}) {
    double covered = 0;
    for (int k = 0; k <= n; ++k) {
      const Estimate found = share_of(static_cast<std::size_t>(k), n);
      EXPECT_GE(found.low, 0);
      EXPECT_LE(found.high, 1);
      if (found.low <= truth && truth <= found.high) covered += binomial(n, k, truth);
    }
    EXPECT_GE(covered, 0.95) << truth;
  }
}

TEST(BoundedRatio, NeverLeavesTheUnitInterval) {
  const std::vector<double> wanted{60, 50, 55, 70};
  const Estimate all = bounded_ratio_of(wanted, wanted);
  EXPECT_EQ(all.value, 1);
  EXPECT_EQ(all.high, 1);
  EXPECT_LT(all.low, 0.6) << "four runs know little";
  const std::vector<double> served{60, 49, 55, 70};
  const Estimate nearly = bounded_ratio_of(served, wanted);
  EXPECT_LT(nearly.high, 1);
  EXPECT_GT(nearly.high, nearly.value);
  EXPECT_LT(nearly.low, nearly.value);
}

TEST(BoundedRatio, OfNothingIsNotKnown) {
  const std::vector<double> nothing{0, 0};
  const Estimate found = bounded_ratio_of(nothing, nothing);
  EXPECT_EQ(found.low, 0);
  EXPECT_EQ(found.high, 1);
}

TEST(CountMean, WhatWasNeverSeenMayBeRare) {
  const std::vector<double> none(1000, 0);
  const Estimate found = count_mean_of(none);
  EXPECT_EQ(found.value, 0);
  EXPECT_EQ(found.low, 0);
  EXPECT_NEAR(found.high, 3.841459 / 1000, 1e-8);
}

TEST(CountMean, IsTheScoreIntervalOfItsTotal) {
  // Of 100 runs four have one: the total's variance is nearly its mean.
  std::vector<double> values(100, 0);
  for (std::size_t i = 0; i < 4; ++i) values[i] = 1;
  const Estimate found = count_mean_of(values);
  const double dispersion = found.error * found.error * 100 * 100 / 4;
  EXPECT_NEAR(dispersion, 0.97, 0.01);
  EXPECT_GT(found.low, 0);
  EXPECT_NEAR(found.high, 0.102, 0.002);
}

// Poisson runs of mean 0.02: the interval covers as often as it says, where mean ± 1.96 errors
// would cover four times in five.
TEST(CountMean, CoversRareCounts) {
  constexpr int n = 100;
  constexpr double mean = 0.02;
  double covered = 0;
  for (int total = 0; total <= 20; ++total) {
    std::vector<double> values(n, 0);
    for (int i = 0; i < total; ++i) values[static_cast<std::size_t>(i)] = 1;
    const Estimate found = count_mean_of(values);
    const double chance =
        std::exp(-n * mean + total * std::log(n * mean) - std::lgamma(total + 1.0));
    if (found.low <= mean && mean <= found.high) covered += chance;
  }
  EXPECT_GE(covered, 0.94);
}

TEST(TailMean, IsTheMeanOfTheWorst) {
  EXPECT_EQ(tail_mean_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.2), 9.5);
  EXPECT_EQ(tail_mean_of({3, 1}, 0.1), 3);
  EXPECT_EQ(tail_mean_of({}, 0.1), 0);
}

}  // namespace
}  // namespace vfstock::sim::forecast
