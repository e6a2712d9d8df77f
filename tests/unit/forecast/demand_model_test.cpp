// What is learnt from simulated customers is what was put into them, and a plan takes it.
#include "sim/forecast/fit/demand_model.h"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "sim/forecast/fit/backtest.h"
#include "sim/forecast/fit/demand_json.h"
#include "sim/forecast/read_plan.h"
#include "sim/forecast/scene.h"
#include "tests/unit/forecast/simulated_history.h"

namespace vfstock::sim::forecast::fit {
namespace {

ArrivalRate rate_of(double per_day) {
  ArrivalRate rate;
  rate.per_day = per_day;
  rate.until = 1e18;
  return rate;
}

DemandModel learnt(const History& history, Period period = Period::day) {
  return model_of(past_of(history, "1", period));
}

TEST(DemandModel, FindsRateTrendDaysAndBatchesAgain) {
  ArrivalRate rate = rate_of(8);
  rate.growth_per_month = 0.04;
  rate.day_deviation = 0.5;
  BatchSizes sizes;
  sizes.cumulated = {0.6, 0.9, 0.9, 1.0};
  const History history = simulated_history(rate, sizes, Law::exponential(40 * day_ms), 720, 3);
  const DemandModel model = learnt(history);
  const double at_the_end = 8 * std::pow(1.04, 24);
  EXPECT_NEAR(std::log(model.per_day / at_the_end), 0, 4 * model.trend.rate_error(model.end));
  EXPECT_LT(model.trend.rate_error(model.end), 0.08);
  EXPECT_NEAR(model.growth_per_month, 0.04, 0.012);
  EXPECT_NEAR(model.day_deviation, 0.5, 0.06);
  ASSERT_EQ(model.sizes.size(), 4U);
  EXPECT_NEAR(model.sizes[0], 0.6, 0.02);
  EXPECT_NEAR(model.sizes[1], 0.3, 0.02);
  EXPECT_EQ(model.sizes[2], 0);
  EXPECT_NEAR(model.sizes[3], 0.1, 0.02);
}

TEST(DemandModel, FindsTheHoursOfTheWeekAgain) {
  ArrivalRate rate = rate_of(20);
  for (std::size_t hour = 0; hour < 168; ++hour) {
    const double day = hour % 24 < 8 ? 0.4 : 1.3;
    rate.hours.push_back(hour / 24 >= 5 ? day / 2 : day);
  }
  double sum = 0;
  for (const double hour : rate.hours) sum += hour / 168;
  for (double& hour : rate.hours) hour /= sum;
  const DemandModel model = learnt(simulated_history(rate, {}, Law(), 1092, 4));
  for (std::size_t hour = 0; hour < 168; ++hour) {
    EXPECT_NEAR(model.profile[hour], rate.hours[hour], 0.25) << hour;
  }
  EXPECT_NEAR(std::accumulate(model.profile.begin(), model.profile.end(), 0.0), 168, 1e-9);
  EXPECT_LT(model.day_deviation, 0.15) << "what the week explains is not the days' own";
}

TEST(DemandModel, FewCountsMakeNoProfileAndAnUncertainRate) {
  const DemandModel model = learnt(simulated_history(rate_of(0.2), {}, Law(), 40, 5));
  for (const double hour : model.profile) EXPECT_NEAR(hour, 1, 0.9);
  EXPECT_GT(model.rate_error, 0.2);
}

// Of those who stay long the history sees only how long they have stayed so far.
TEST(DemandModel, CensoredLivesAreNoDeaths) {
  const double short_life = 10 * day_ms, endless = 100'000 * day_ms;
  const Law life = Law::hyperexponential({{0.7, short_life}, {0.3, endless}});
  const DemandModel model = learnt(simulated_history(rate_of(10), {}, life, 360, 6));
  EXPECT_NEAR(model.never_leaves(), 0.3, 0.03);
  const Law found = Law::empirical(model.survival);
  for (const double alive : {0.9, 0.7, 0.5, 0.4}) {
    const double days = found.life(alive) / day_s;
    EXPECT_NEAR(0.7 * std::exp(-days / 10) + 0.3, alive, 0.03) << days;
  }
  std::size_t running = 0;
  for (const Law::Observed& one : model.lives) running += one.censored ? 1 : 0;
  EXPECT_EQ(model.ages.size(), running);
}

TEST(DemandModel, AShortHistoryIsCountedByTheHour) {
  ArrivalRate rate = rate_of(240);
  const DemandModel model = learnt(simulated_history(rate, {}, Law(), 4, 7), Period::hour);
  EXPECT_NEAR(model.per_day, 240, 40);
}

TEST(DemandModel, NothingSoldTeachesNothing) {
  History history;
  history.end = monday;
  EXPECT_THROW((void)learnt(history), NoFit);
}

History bursts(double days) {
  ArrivalRate rate = rate_of(6);
  rate.day_deviation = 0.6;
  return simulated_history(rate, BatchSizes::geometric(4), Law(), days, 8);
}

TEST(Backtest, DemandInBatchesIsCoveredByItsOwnModelAndNotByPoisson) {
  const Backtest found = backtest_of(past_of(bursts(900), "1", Period::day));
  const auto& [fitted, negative_binomial, poisson, last_month] = found.scores;
  ASSERT_EQ(fitted.forecasts, 300);
  EXPECT_EQ(found.held.size(), 300U);
  // Four binomial standard errors of 300 forecasts, and the counts are whole numbers.
  EXPECT_NEAR(fitted.coverage_80(), 0.8, 0.1);
  EXPECT_NEAR(fitted.coverage_50(), 0.5, 0.12);
  EXPECT_NEAR(negative_binomial.coverage_80(), 0.8, 0.1);
  EXPECT_LT(poisson.coverage_80(), 0.5);
  EXPECT_LT(fitted.mean_ranked(), poisson.mean_ranked());
  EXPECT_LT(fitted.mean_pinball(), poisson.mean_pinball());
  EXPECT_LE(fitted.mean_ranked(), last_month.mean_ranked());
}

TEST(Backtest, ForecastsFromWhatWasKnownBefore) {
  History history = bursts(90);
  const Backtest before = backtest_of(past_of(history, "1", Period::day));
  // What comes on the last day changes no earlier forecast.
  for (Sale& sale : history.sales) {
    if (sale.at >= history.end - day_s) sale.vps = 1000;
  }
  const Backtest after = backtest_of(past_of(history, "1", Period::day));
  ASSERT_EQ(before.held.size(), 30U);
  for (std::size_t n = 0; n < 30; ++n) EXPECT_EQ(before.held[n].quantiles, after.held[n].quantiles);
}

TEST(Backtest, TooShortAHistoryHasNone) {
  EXPECT_EQ(backtest_of(past_of(bursts(20), "1", Period::day)).scores[0].forecasts, 0);
}

document::Json plan_json() {
  return document::Json::parse(R"({
    "format": 1, "name": "n", "description": "d", "horizon": "10d",
    "panel": {"packages": [{"id": 7, "memory": 1024}],
              "groups": [{"id": 1, "hypervisors": [
                {"hypervisor": {"id": 1}, "resources": {
                  "memory": {"max": 819200, "allocated": 512000, "free": 307200},
                  "localStorage": {"enabled": 1, "max": 0}}},
                {"hypervisor": {"id": 2}, "resources": {
                  "memory": {"max": 819200, "allocated": 102400, "free": 716800},
                  "localStorage": {"enabled": 1, "max": 0}}}]}]},
    "shop": {"products": [{"id": 12, "configoption1": "1", "configoption2": "7"}]},
    "demand": {"guess": {"product": 12, "per_day": 1, "life": {"law": "never"}}}
  })");
}

PlanDocument::WhatIf fragment(const History& history, bool running) {
  const auto json = demand_fragment({{12, learnt(history)}}, "a history", running);
  return {json["name"].get<std::string>(), json["patch"]};
}

TEST(DemandFragment, ReplacesThePlansDemand) {
  ArrivalRate rate = rate_of(10);
  rate.day_deviation = 0.4;
  const Law life = Law::exponential(20 * day_ms);
  const History history = simulated_history(rate, BatchSizes::geometric(2), life, 400, 9);
  PlanDocument document{"plan.json", plan_json(), {}};
  replace_demand(document, fragment(history, false));
  const Plan plan = read_plan(document);
  ASSERT_EQ(plan.streams.size(), 1U);
  const Stream& stream = plan.streams.front();
  EXPECT_EQ(stream.products.front().what.value, 12);
  EXPECT_NEAR(stream.rate.per_day, 10, 2);
  EXPECT_EQ(stream.rate.hours.size(), 168U);
  EXPECT_NEAR(stream.rate.day_deviation, 0.4, 0.1);
  EXPECT_GT(stream.rate.replicate_deviation, 0);
  EXPECT_NEAR(stream.batch.mean(), 2, 0.1);
  for (const double alive : {0.8, 0.5, 0.2}) {
    EXPECT_NEAR(stream.life.life(alive) / life.life(alive), 1, 0.1);
  }
}

TEST(DemandFragment, TheHoursBeginWithThePlanNotWithMonday) {
  ArrivalRate rate = rate_of(50);
  rate.hours.assign(24, 0);
  rate.hours[20] = 24;
  History history = simulated_history(rate, {}, Law(), 100, 10);  // ends on a Wednesday
  const auto patch = fragment(history, false).patch;
  const auto& hours = patch["demand"]["product 12"]["hours"];
  for (std::size_t hour = 0; hour < 168; ++hour) {
    const double factor = hours[hour].get<double>();
    if (hour % 24 == 20) {
      EXPECT_GT(factor, 5);
    } else {
      EXPECT_LT(factor, 1);
    }
  }
  history.end += 12 * hour_s;
  Past past = past_of(history, "1", Period::hour);
  const auto later = demand_fragment({{12, model_of(past)}}, "", false)["patch"];
  EXPECT_GT(later["demand"]["product 12"]["hours"][8].get<double>(), 5);
}

// What a snapshot counts as allocated is the customers' VPSes: they take no second place, and give
// the first one back when they end.
TEST(DemandFragment, WhatRunsIsAmongWhatTheFleetHasAllocated) {
  const History history =
      simulated_history(rate_of(10), {}, Law::exponential(30 * day_ms), 300, 11);
  PlanDocument document{"plan.json", plan_json(), {}};
  replace_demand(document, fragment(history, true));
  const Plan plan = read_plan(document);
  const Scene scene(plan);
  std::size_t running = 0;
  for (const Sale& sale : history.sales) running += sale.running ? 1 : 0;
  ASSERT_GT(running, 200U);
  EXPECT_EQ(scene.tenants.size(), running);
  EXPECT_EQ(scene.fleet.memory_mb(0).allocated, 512'000);
  FleetColumns fleet = scene.fleet;
  for (const Scene::Tenant& tenant : scene.tenants) fleet.give_back(tenant.held);
  const auto left = static_cast<std::int64_t>(running) * 1024;
  EXPECT_EQ(fleet.memory_mb(0).allocated + fleet.memory_mb(1).allocated, 614'400 - left);
  EXPECT_GE(fleet.memory_mb(0).allocated, 0);
  EXPECT_GE(fleet.memory_mb(1).allocated, 0);
}

TEST(DemandFragment, MoreRunningThanAllocatedIsRefused) {
  auto json = plan_json();
  json["running"]["many"] = document::Json::parse(
      R"({"product": 12, "count": 601, "counted": true, "life": {"law": "never"}})");
  const Plan plan = read_plan({"plan.json", json, {}});
  try {
    const Scene scene(plan);
    FAIL() << "601 VPSes in room for 600";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "/running/many: VPS 601 of it is not among what the fleet has allocated");
  }
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
