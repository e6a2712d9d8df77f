// Laws of counts, and how good a forecast was once the count is known.
#include "sim/forecast/fit/scores.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace vfstock::sim::forecast::fit {
namespace {

double moment(const CountLaw& law, double centre, int power) {
  double sum = 0;
  for (std::size_t k = 0; k < law.size(); ++k) {
    sum += std::pow(static_cast<double>(k) - centre, power) * law[k];
  }
  return sum;
}

TEST(CountLaw, WithoutDispersionIsPoisson) {
  const CountLaw law = count_law(3, 0);
  double probability = std::exp(-3.0);
  for (std::size_t k = 0; k < 20; ++k) {
    EXPECT_NEAR(law[k], probability, 1e-14);
    probability *= 3.0 / static_cast<double>(k + 1);
  }
}

// With dispersion 1 the negative binomial is geometric.
TEST(CountLaw, WithDispersionIsNegativeBinomial) {
  const CountLaw law = count_law(4, 1);
  for (int k = 0; k < 30; ++k) {
    EXPECT_NEAR(law[static_cast<std::size_t>(k)], 0.2 * std::pow(0.8, k), 1e-13);
  }
}

TEST(CountLaw, OfBatchesHasTheMomentsOfARandomSum) {
  const SizeLaw sizes{0.5, 0.25, 0, 0.25};  // mean 2, mean square 5.5
  for (const double dispersion : {0.0, 0.3, 2.5}) {
    const double batches = 40, variance = batches + dispersion * batches * batches;
    const CountLaw law = count_law(batches, dispersion, sizes);
    EXPECT_NEAR(std::accumulate(law.begin(), law.end(), 0.0), 1, 1e-12);
    EXPECT_NEAR(moment(law, 0, 1), 80, 1e-7);
    EXPECT_NEAR(moment(law, 80, 2), batches * (5.5 - 4) + variance * 4, 1e-4);
  }
}

TEST(CountLaw, SurvivesMeansWhoseProbabilityOfNothingIsBelowADouble) {
  const CountLaw law = count_law(5000, 0);
  EXPECT_NEAR(moment(law, 0, 1), 5000, 1e-5);
  EXPECT_NEAR(moment(law, 5000, 2), 5000, 1e-3);
  EXPECT_EQ(quantile(law, 0.5), 5000U);
}

TEST(CountLaw, OfNothingIsNothing) { EXPECT_EQ(count_law(0, 1), CountLaw{1.0}); }

TEST(CountLaw, AsObserved) {
  const CountLaw law = observed_law({2, 0, 2, 3});
  EXPECT_EQ(law, (CountLaw{0.25, 0, 0.5, 0.25}));
  EXPECT_EQ(quantile(law, 0.25), 0U);
  EXPECT_EQ(quantile(law, 0.26), 2U);
  EXPECT_EQ(quantile(law, 1), 3U);
}

TEST(RankedProbabilityScore, OfPoissonForecastsHasItsPublishedValues) {
  EXPECT_NEAR(ranked_probability_score(count_law(3, 0), 5), 1.3131144367, 1e-8 * 1.31);
  EXPECT_NEAR(ranked_probability_score(count_law(5, 0), 3), 1.0981552042, 1e-8 * 1.09);
}

TEST(RankedProbabilityScore, OfACertaintyIsTheDistance) {
  EXPECT_DOUBLE_EQ(ranked_probability_score(observed_law({4}), 4), 0);
  EXPECT_DOUBLE_EQ(ranked_probability_score(observed_law({4}), 9), 5);
  EXPECT_DOUBLE_EQ(ranked_probability_score(observed_law({4}), 1), 3);
}

ScaledLaw plain(const std::vector<std::size_t>& counts) { return {1, observed_law(counts)}; }

TEST(RankedProbabilityScore, InUnitsIsTheIntegralOfTheSquaredDistance) {
  const ScaledLaw one{1, count_law(6, 0.2)};
  for (const double observed : {0.0, 5.0, 40.0}) {
    EXPECT_NEAR(ranked_probability_score(one, observed),
                ranked_probability_score(one.law, static_cast<std::size_t>(observed)), 1e-9);
  }
  EXPECT_DOUBLE_EQ(ranked_probability_score(ScaledLaw{10, {0, 1}}, 14), 4);
}

TEST(ScaledLaw, CountsLargeNumbersInUnitsWithTheSameMomentsAndQuantiles) {
  const SizeLaw sizes{0.5, 0.2, 0, 0, 0, 0, 0, 0, 0, 0.3};
  const ScaledLaw coarse = scaled_count_law(3000, 0.04, sizes);
  const CountLaw exact = count_law(3000, 0.04, sizes);
  EXPECT_GT(coarse.unit, 20);
  EXPECT_LT(coarse.law.size(), 2000U);
  EXPECT_NEAR(coarse.unit * moment(coarse.law, 0, 1), moment(exact, 0, 1), 2);
  for (const double p : {0.05, 0.1, 0.5, 0.9, 0.95}) {
    EXPECT_NEAR(coarse.quantile(p) / static_cast<double>(quantile(exact, p)), 1, 0.01) << p;
  }
}

TEST(StretchedSizes, KeepTheMeanBeyondTheFirst) {
  const SizeLaw sizes{0.5, 0.25, 0.25};
  for (const double factor : {0.0, 0.4, 1.0, 2.7}) {
    EXPECT_NEAR(mean_size(stretched(sizes, factor)) - 1, 0.75 * factor, 1e-12) << factor;
  }
}

// Of a forecast that is right the parts of (0, 1) that counts take are even, however small counts
// are: over all counts, weighted by their own probability.
TEST(Pit, OfAnHonestForecastIsEvenForSmallCountsToo) {
  const ScaledLaw law{1, count_law(0.7, 0.5)};
  std::array<double, 10> shares{};
  double misses = 0;
  for (std::size_t k = 0; k < law.law.size(); ++k) {
    Pit pit;
    pit.add(law, static_cast<double>(k));
    for (std::size_t n = 0; n < 10; ++n) shares[n] += law.law[k] * pit.shares()[n];
    misses += law.law[k] * missed(law, static_cast<double>(k), 0.8);
  }
  for (const double share : shares) EXPECT_NEAR(share, 0.1, 1e-6);
  EXPECT_NEAR(misses, 0.2, 1e-6);
}

TEST(Pit, ShowsABiasOnItsSide) {
  Pit pit;
  for (int n = 0; n < 100; ++n) pit.add({1, count_law(10, 0)}, 20);
  EXPECT_GT(pit.shares()[9], 0.95);
}

TEST(PinballLoss, WeighsBothSidesByTheQuantile) {
  EXPECT_DOUBLE_EQ(pinball_loss(plain({4}), 4), 0);
  EXPECT_DOUBLE_EQ(pinball_loss(plain({4}), 14), 10 * (0.1 + 0.25 + 0.5 + 0.75 + 0.9) / 5);
  EXPECT_DOUBLE_EQ(pinball_loss(plain({10, 0}), 0), (0.25 * 10 + 0.1 * 10) / 5);
}

TEST(Coverage, BothEndsOfTheIntervalAreInside) {
  const ScaledLaw law = plain({0, 1, 2, 3, 4, 5, 6, 7});
  EXPECT_TRUE(is_covered(law, 0, 0.75));
  EXPECT_TRUE(is_covered(law, 6, 0.75));
  EXPECT_FALSE(is_covered(law, 7, 0.75));
  EXPECT_FALSE(is_covered(law, 0, 0.5));
  EXPECT_TRUE(is_covered(law, 1, 0.5));
  EXPECT_TRUE(is_covered(law, 5, 0.5));
  EXPECT_FALSE(is_covered(law, 6, 0.5));
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
