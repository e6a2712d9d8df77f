// Laws of life: quantiles, means, and what remains of a life that has lasted.
#include "sim/forecast/law.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace vfstock::sim::forecast {
namespace {

TEST(NormalQuantile, HasItsPublishedValues) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-12);
}

double mean_by_quantiles(const Law& law) {
  constexpr int points = 2'000'000;
  double sum = 0;
  for (int i = 0; i < points; ++i) sum += law.life((i + 0.5) / points);
  return sum / points;
}

TEST(Law, HasTheMeanThatItClaims) {
  const std::vector<Law> laws{Law::exponential(7),
                              Law::deterministic(7),
                              Law::weibull(7, 0.7),
                              Law::lognormal(7, 1.2),
                              Law::hyperexponential({{3, 2}, {1, 20}}),
                              Law::renewal(30, 0.1),
                              Law::empirical({{0, 1}, {4, 0.5}, {10, 0}})};
  for (const Law& law : laws) EXPECT_NEAR(mean_by_quantiles(law), law.mean(), 2e-4 * law.mean());
}

// A life drawn at once, and one drawn as its age and then the rest, are the same life.
TEST(Law, RemainingLifeIsTheLifeOnTheConditionOfItsAge) {
  const std::vector<Law> laws{Law::exponential(7), Law::weibull(7, 0.7), Law::lognormal(7, 1.2),
                              Law::empirical({{0, 1}, {4, 0.5}, {10, 0.2}})};
  for (const Law& law : laws) {
    for (const double alive : {0.9, 0.5, 0.3}) {
      const double age = law.life(alive);
      for (const double uniform : {0.95, 0.8, 0.7}) {
        EXPECT_NEAR(law.remaining(age, uniform), law.life(alive * uniform) - age, 1e-9);
      }
    }
  }
}

// Of two kinds of customers the short-lived are gone: the old one's rest is the long kind's.
TEST(Law, AnOldHyperexponentialLifeIsOfTheLongKind) {
  const Law law = Law::hyperexponential({{9, 1}, {1, 50}});
  EXPECT_NEAR(law.remaining(100, 0.5), 50 * std::log(2.0), 1e-6);
}

TEST(Law, RenewalsEndAtDueDatesOnly) {
  const Law law = Law::renewal(30, 0.2);
  EXPECT_DOUBLE_EQ(law.life(0.9), 30);
  EXPECT_DOUBLE_EQ(law.remaining(10, 0.9), 20);
  EXPECT_DOUBLE_EQ(law.remaining(40, 0.7), 50);  // the second due date after the one at day 30
  EXPECT_DOUBLE_EQ(Law::renewal(30, 1).life(0.1), 30);
}

TEST(Law, WhatSurvivesTheCurveNeverEnds) {
  const Law law = Law::empirical({{1, 1}, {5, 0.03}});
  EXPECT_EQ(law.life(0.02), never);
  EXPECT_LE(law.life(0.04), 5);
  EXPECT_EQ(law.mean(), never);
  EXPECT_EQ(Law().life(0.5), never);
}

// Lives 1, 2+, 3, 4+ (+: still alive then): S falls to 3/4 at 1 and to 3/8 at 3.
TEST(Law, KaplanMeierCountsTheCensoredAsAtRisk) {
  const Law law = Law::kaplan_meier({{3, false}, {2, true}, {1, false}, {4, true}});
  EXPECT_DOUBLE_EQ(law.life(0.76), 1);
  EXPECT_DOUBLE_EQ(law.life(0.74), 3);
  EXPECT_DOUBLE_EQ(law.life(0.376), 3);
  EXPECT_EQ(law.life(0.374), never);
}

}  // namespace
}  // namespace vfstock::sim::forecast
