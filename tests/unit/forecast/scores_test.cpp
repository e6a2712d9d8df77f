// Laws of counts, and how good a forecast was once the count is known.
#include "sim/forecast/fit/scores.h"

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

TEST(PinballLoss, WeighsBothSidesByTheQuantile) {
  EXPECT_DOUBLE_EQ(pinball_loss(observed_law({4}), 4), 0);
  EXPECT_DOUBLE_EQ(pinball_loss(observed_law({4}), 14), 10 * (0.1 + 0.25 + 0.5 + 0.75 + 0.9) / 5);
  EXPECT_DOUBLE_EQ(pinball_loss(observed_law({10, 0}), 0), (0.25 * 10 + 0.1 * 10) / 5);
}

TEST(Coverage, BothEndsOfTheIntervalAreInside) {
  const CountLaw law = observed_law({0, 1, 2, 3, 4, 5, 6, 7});
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
