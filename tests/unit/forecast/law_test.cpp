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

/// The curve after each death.
void expect_curve(const std::vector<double>& times, const std::vector<int>& died,
                  const std::vector<Law::Point>& known) {
  std::vector<Law::Observed> lives;
  for (std::size_t n = 0; n < times.size(); ++n) lives.push_back({times[n], died[n] == 0});
  const auto points = Law::kaplan_meier_points(lives);
  ASSERT_EQ(points.size(), 1 + 2 * known.size());
  for (std::size_t n = 0; n < known.size(); ++n) {
    EXPECT_DOUBLE_EQ(points[2 + 2 * n].time, known[n].time);
    EXPECT_NEAR(points[2 + 2 * n].survival, known[n].survival, 1e-9) << known[n].time;
  }
}

// As survfit of R 4.2.2's package survival 3.5-3 prints them. The first two are the weeks of
// remission of Freireich and others (1963), with and without 6-mercaptopurine; the third is made
// up, with deaths and censored lives at the same moments, fractions, and some that never end.
TEST(Law, KaplanMeierAgreesWithASurvivalPackage) {
  expect_curve({6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35},
               {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0},
               {{6, 0.8571428571},
                {7, 0.8067226891},
                {10, 0.7529411765},
                {13, 0.6901960784},
                {16, 0.6274509804},
                {22, 0.5378151261},
                {23, 0.4481792717}});
  expect_curve({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23},
               std::vector<int>(21, 1),
               {{1, 0.9047619048},
                {2, 0.8095238095},
                {3, 0.7619047619},
                {4, 0.6666666667},
                {5, 0.5714285714},
                {8, 0.3809523810},
                {11, 0.2857142857},
                {12, 0.1904761905},
                {15, 0.1428571429},
                {17, 0.0952380952},
                {22, 0.0476190476},
                {23, 0}});
  expect_curve({30, 30,  60, 30,  90, 60, 30, 120, 30,  60,  45,  61,   365,
                12, 365, 30, 200, 90, 90, 15, 0.5, 730, 365, 400, 91.25},
               {1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1},
               {{0.5, 0.96},
                {12, 0.92},
                {15, 0.88},
                {30, 0.72},
                {60, 0.624},
                {61, 0.572},
                {90, 0.468},
                {91.25, 0.4095},
                {200, 0.34125},
                {365, 0.20475}});
}

}  // namespace
}  // namespace vfstock::sim::forecast
