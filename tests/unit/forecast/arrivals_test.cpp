// Customers come as often as the rate says, and keep their draws when it changes.
#include "sim/forecast/arrivals.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/forecast/estimate.h"
#include "sim/forecast/event_queue.h"
#include "sim/forecast/law.h"
#include "sim/forecast/plan.h"

namespace vfstock::sim::forecast {
namespace {

ArrivalRate rate(double per_day, double days) {
  ArrivalRate made;
  made.per_day = per_day;
  made.until = days * day_ms;
  return made;
}

std::vector<double> moments(const ArrivalRate& rate, std::uint32_t replicate) {
  const Chance chance(7, replicate);
  Arrivals arrivals;
  arrivals.begin(rate, chance, 1, 100 * day_ms);
  std::vector<double> found;
  for (std::uint32_t n = 0;; ++n) {
    const double at = arrivals.next(exponential(chance.bits(Purpose::arrival, 1, n).first));
    if (at == never) return found;
    found.push_back(at);
  }
}

std::vector<double> counts(const ArrivalRate& rate, double from, double until) {
  std::vector<double> each;
  for (std::uint32_t replicate = 0; replicate < 4000; ++replicate) {
    double count = 0;
    for (const double at : moments(rate, replicate)) count += at >= from && at < until ? 1 : 0;
    each.push_back(count);
  }
  return each;
}

void expect_mean(const std::vector<double>& values, double truth) {
  const Estimate found = mean_of(values);
  EXPECT_NEAR(found.value, truth, 4 * found.error);
}

double variance(const std::vector<double>& values) {
  const double error = mean_of(values).error;
  return error * error * static_cast<double>(values.size());
}

TEST(Arrivals, ArePoissonWithoutLevels) {
  const auto found = counts(rate(5, 4), 0, 4 * day_ms);
  expect_mean(found, 20);
  EXPECT_NEAR(variance(found), 20, 2);
}

TEST(Arrivals, FollowTheHoursOfTheDay) {
  ArrivalRate busy = rate(24, 2);
  busy.hours.assign(24, 0.5);
  for (std::size_t hour = 12; hour < 24; ++hour) busy.hours[hour] = 1.5;
  expect_mean(counts(busy, day_ms, day_ms + 12 * hour_ms), 6);
  expect_mean(counts(busy, day_ms + 12 * hour_ms, 2 * day_ms), 18);
}

TEST(Arrivals, GrowFromMonthToMonth) {
  ArrivalRate growing = rate(10, 61);
  growing.growth_per_month = 1;
  expect_mean(counts(growing, 0, day_ms), 10);
  expect_mean(counts(growing, 60 * day_ms, 61 * day_ms), 40);
}

TEST(Arrivals, ComeMoreOftenDuringAPromotionOnly) {
  ArrivalRate promoted = rate(4, 3);
  promoted.boosts.push_back({day_ms, 1.5 * day_ms, 10});
  expect_mean(counts(promoted, 0, day_ms), 4);
  expect_mean(counts(promoted, day_ms, 1.5 * day_ms), 20);
  expect_mean(counts(promoted, 1.5 * day_ms, 3 * day_ms), 6);
}

// A negative binomial count: variance = mean + (mean × deviation)².
TEST(Arrivals, LevelsSpreadTheCountsWithoutMovingTheirMean) {
  ArrivalRate uncertain = rate(10, 2);
  uncertain.levels.replicate = 0.5;
  auto found = counts(uncertain, 0, 2 * day_ms);
  expect_mean(found, 20);
  EXPECT_NEAR(variance(found), 20 + 100, 15);
  uncertain.levels.replicate = 0;
  uncertain.levels.day = 1.5;
  found = counts(uncertain, 0, 2 * day_ms);
  expect_mean(found, 20);
  EXPECT_NEAR(variance(found), 20 + 2 * 225, 80);
}

// The level after n days has the variance exp(walk² n) - 1, and the mean of 1.
TEST(Arrivals, ALevelThatWalksSpreadsCountsTheMoreTheLaterTheyAre) {
  ArrivalRate walking = rate(20, 40);
  walking.levels.walk = 0.1;
  for (const int day : {0, 10, 39}) {
    const auto found = counts(walking, day * day_ms, (day + 1) * day_ms);
    expect_mean(found, 20);
    const double level = std::expm1(0.01 * (day + 1));
    EXPECT_NEAR(variance(found), 20 + 400 * level, 0.12 * (20 + 400 * level)) << day;
  }
}

TEST(Arrivals, BriefLevelsLastAsLongAsTheySay) {
  ArrivalRate busy = rate(240, 1);
  busy.levels.brief = 0.8;
  busy.levels.every = hour_ms;
  auto found = counts(busy, 0, hour_ms);
  expect_mean(found, 10);
  EXPECT_NEAR(variance(found), 10 + 64, 8);
  found = counts(busy, 0, day_ms);
  EXPECT_NEAR(variance(found), 240 + 24 * 64, 200) << "independent from hour to hour";
  busy.levels.every = 2 * hour_ms;
  found = counts(busy, 0, day_ms);
  EXPECT_NEAR(variance(found), 240 + 12 * 256, 350);
}

std::vector<double> counts_of_two(const ArrivalRate& rate) {
  std::vector<double> sums;
  for (std::uint32_t replicate = 0; replicate < 4000; ++replicate) {
    const Chance chance(7, replicate);
    double count = 0;
    for (const std::uint32_t stream : {1U, 2U}) {
      Arrivals arrivals;
      arrivals.begin(rate, chance, stream, day_ms);
      for (std::uint32_t n = 0;; ++n) {
        const double step = exponential(chance.bits(Purpose::arrival, stream, n).first);
        if (arrivals.next(step) == never) break;
        ++count;
      }
    }
    sums.push_back(count);
  }
  return sums;
}

// Two streams of 10 a day with a level of deviation 0.5: independent ones add their variances, a
// shared one adds their deviations.
TEST(Arrivals, ASharedLevelMovesAllStreamsTogether) {
  ArrivalRate apart = rate(10, 1), together = rate(10, 1);
  apart.levels.day = 0.5;
  together.shared.day = 0.5;
  together.shared_entity = 77;
  const auto independent = counts_of_two(apart), shared = counts_of_two(together);
  expect_mean(independent, 20);
  expect_mean(shared, 20);
  EXPECT_NEAR(variance(independent), 20 + 2 * 25, 6);
  EXPECT_NEAR(variance(shared), 20 + 100, 10);
}

TEST(BatchSizes, AreLargerAtTheHoursThatSaySoAndAtABusyLevel) {
  BatchSizes sizes;
  sizes.cumulated = {0.5, 0.5, 0.5, 1.0};  // 1 or 4: mean 2.5
  sizes.hours.assign(24, 1);
  sizes.hours[3] = 0.5;
  const auto mean_at = [&](double at, double level) {
    constexpr int draws = 20'000;
    double sum = 0;
    for (int n = 0; n < draws; ++n) {
      sum += static_cast<double>(sizes.size((n + 0.5) / draws, at, level)) / draws;
    }
    return sum;
  };
  EXPECT_NEAR(mean_at(0, 1), 2.5, 1e-3);
  EXPECT_NEAR(mean_at(3.5 * hour_ms, 1), 1.75, 1e-3);
  EXPECT_NEAR(mean_at(27 * hour_ms, 1), 1.75, 1e-3) << "the next day's";
  EXPECT_NEAR(mean_at(0, 1.7), 1 + 1.5 * 1.7, 1e-3);
  EXPECT_NEAR(mean_at(0, 0), 1, 1e-9);
}

TEST(Arrivals, TwiceTheDemandBringsTheSameCustomersInHalfTheTime) {
  const auto once = moments(rate(5, 10), 3), twice = moments(rate(10, 5), 3);
  ASSERT_EQ(once.size(), twice.size());
  for (std::size_t n = 0; n < once.size(); ++n) EXPECT_NEAR(twice[n], once[n] / 2, 1e-6);
}

TEST(Arrivals, NoneComeOutsideTheirTimeOrWithoutARate) {
  ArrivalRate late = rate(5, 4);
  late.from = 3 * day_ms;
  for (const double at : moments(late, 1)) EXPECT_GE(at, 3 * day_ms);
  EXPECT_TRUE(moments(rate(0, 10), 1).empty());
  ArrivalRate nobody = rate(0, 1e9);
  nobody.hours.assign(24, 1);
  EXPECT_TRUE(moments(nobody, 1).empty());
}

TEST(EventQueue, OrdersByTimeThenReleasesThenSequence) {
  EventQueue queue;
  queue.add(5, EventKind::arrival, 1);
  queue.add(5, EventKind::departure, 2);
  queue.add(3, EventKind::arrival, 3);
  queue.add(5, EventKind::release, 4);
  std::vector<std::uint32_t> order;
  for (; !queue.empty(); queue.pop()) order.push_back(queue.next().what());
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 4, 1, 2}));
}

TEST(EventQueue, SortsManyEvents) {
  EventQueue queue;
  const Chance chance(1, 1);
  for (std::uint32_t n = 0; n < 10'000; ++n) {
    const auto time = static_cast<Time>(chance.bits(Purpose::vps, 0, n).first % 1000);
    if (n % 3 == 2) {
      queue.replace_next(time + 1000, EventKind::arrival, n);
    } else {
      queue.add(time, EventKind::arrival, n);
    }
  }
  Time last = -1;
  std::size_t count = 0;
  for (; !queue.empty(); queue.pop(), ++count) {
    EXPECT_GE(queue.next().time, last);
    last = queue.next().time;
  }
  EXPECT_EQ(count, 6667U);
}

TEST(Estimate, MedianOfAHundredLiesBetweenTheFortiethAndTheSixtyFirst) {
  std::vector<double> sorted;
  for (int i = 1; i <= 100; ++i) sorted.push_back(i);
  const Estimate median = quantile_of(sorted, 0.5);
  EXPECT_EQ(median.value, 50);
  EXPECT_EQ(median.low, 40);
  EXPECT_EQ(median.high, 61);
}

TEST(Estimate, TooFewValuesLeaveAnEndOpen) {
  const std::vector<double> sorted{1, 2, 3};
  EXPECT_EQ(quantile_of(sorted, 0.9).high, never);
  EXPECT_EQ(quantile_of(sorted, 0.1).low, -never);
}

TEST(Estimate, ARatioOfSumsIsNotAMeanOfRatios) {
  const std::vector<double> lost{1, 0}, wanted{1, 99};
  EXPECT_DOUBLE_EQ(ratio_of(lost, wanted).value, 0.01);
  EXPECT_DOUBLE_EQ(ratio_difference_of(lost, wanted, lost, wanted).error, 0);
}

}  // namespace
}  // namespace vfstock::sim::forecast
