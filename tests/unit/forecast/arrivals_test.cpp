// Customers come as often as the rate says, and keep their draws when it changes.
#include "sim/forecast/arrivals.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/forecast/estimate.h"
#include "sim/forecast/event_queue.h"
#include "sim/forecast/law.h"

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
  uncertain.replicate_deviation = 0.5;
  auto found = counts(uncertain, 0, 2 * day_ms);
  expect_mean(found, 20);
  EXPECT_NEAR(variance(found), 20 + 100, 15);
  uncertain.replicate_deviation = 0;
  uncertain.day_deviation = 1.5;
  found = counts(uncertain, 0, 2 * day_ms);
  expect_mean(found, 20);
  EXPECT_NEAR(variance(found), 20 + 2 * 225, 80);
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
