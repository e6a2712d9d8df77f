// What is learnt from simulated customers is what was put into them, and a plan takes it.
#include "sim/forecast/fit/demand_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

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

Past past_in(const History& history, Period period = Period::day) {
  auto sales = sales_by_product(history);
  return past_of(sales["1"], history.end, period, {});
}

DemandModel learnt(const History& history, Period period = Period::day) {
  ModelOptions options;
  options.lead = 14;
  return model_of(past_in(history, period), options);
}

TEST(DemandModel, FindsRateTrendDaysAndBatchesAgain) {
  ArrivalRate rate = rate_of(8);
  rate.growth_per_month = 0.04;
  rate.levels.day = 0.5;
  BatchSizes sizes;
  sizes.cumulated = {0.6, 0.9, 0.9, 1.0};
  const History history = simulated_history(rate, sizes, Law::exponential(40 * day_ms), 720, 3);
  const DemandModel model = learnt(history);
  const double at_the_end = 8 * std::pow(1.04, 24);
  EXPECT_NEAR(std::log(model.per_day() / at_the_end), 0, 4 * model.rate_error());
  EXPECT_LT(model.rate_error(), 0.25);
  EXPECT_NEAR(std::sqrt(model.outlook.orders.brief), 0.5, 0.08);
  const SizeLaw& seen = model.outlook.sizes;
  ASSERT_GE(seen.size(), 4U);
  // Beyond the largest of four only what hours of smaller orders scale up.
  EXPECT_LT(std::accumulate(seen.begin() + 4, seen.end(), 0.0), 0.02);
  EXPECT_NEAR(seen[0], 0.6, 0.04);
  EXPECT_NEAR(seen[1], 0.3, 0.04);
  EXPECT_NEAR(seen[3], 0.1, 0.03);
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
  // An hour of the day is known by about 200 orders, a day of the week by 600: together to 8.2 %,
  // so that four standard errors of the busiest hours' 1.52 are 0.5.
  for (std::uint32_t seed = 4; seed < 12; ++seed) {
    const DemandModel model = learnt(simulated_history(rate, {}, Law(), 1092, seed));
    const WeekProfile& profile = model.outlook.pattern.hours;
    double squares = 0;
    for (std::size_t hour = 0; hour < 168; ++hour) {
      const double error = profile[hour] - rate.hours[hour];
      squares += error * error / 168;
      EXPECT_NEAR(error, 0, 0.5) << hour << ", " << seed;
    }
    EXPECT_LT(std::sqrt(squares), 0.13) << seed;
    EXPECT_NEAR(std::accumulate(profile.begin(), profile.end(), 0.0), 168, 1e-9);
    EXPECT_LT(model.outlook.orders.brief, 0.03) << "what the week explains is not the days' own";
  }
}

TEST(DemandModel, FewOrdersMakeNoPatternAndAnUncertainRateThatThePriorHolds) {
  const History history = simulated_history(rate_of(0.2), {}, Law(), 40, 5);
  DemandModel model = learnt(history);
  ASSERT_LT(model.batches, few_orders);
  EXPECT_TRUE(model.few);
  for (const double hour : model.outlook.pattern.hours) EXPECT_EQ(hour, 1);
  EXPECT_GT(model.rate_error(), 0.25);
  EXPECT_EQ(model.backtest.lead, 0U);
  const double by_default = model.per_day();
  ModelOptions busy;
  busy.prior = {20, 30};
  EXPECT_GT(model_of(past_in(history), busy).per_day(), 3 * by_default);
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
  EXPECT_NEAR(model.per_day(), 240, 40);
}

TEST(DemandModel, AShopThatStoppedSellingIsKnownToHaveStopped) {
  ArrivalRate rate = rate_of(3);
  rate.boosts.push_back({330 * day_ms, 1e18, 0});
  const DemandModel model = learnt(simulated_history(rate, {}, Law(), 365, 21));
  ASSERT_TRUE(model.level_break);
  EXPECT_NEAR(static_cast<double>(model.level_break->period), 330, 2);
  EXPECT_LT(model.per_day(), 0.1);
}

TEST(DemandModel, AfterABreakTheLevelIsTodaysAndItIsUncertain) {
  ArrivalRate rate = rate_of(6);
  rate.boosts.push_back({300 * day_ms, 1e18, 1.0 / 6});
  const DemandModel model = learnt(simulated_history(rate, {}, Law(), 365, 22));
  ASSERT_TRUE(model.level_break);
  EXPECT_NEAR(model.level_break->before * 24, 6, 0.6);
  EXPECT_NEAR(model.per_day(), 1, 0.4);
  EXPECT_GT(model.rate_error(), 0.1);
}

// Neither chance nor a level that drifts is a break.
TEST(DemandModel, ADriftingLevelHasNoBreak) {
  int breaks = 0;
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    ArrivalRate rate = rate_of(5);
    if (seed % 2 == 1) rate.levels.walk = 0.03;
    const Past past = past_in(simulated_history(rate, {}, Law(), 300, 500 + seed));
    const auto busy = open_hours(past, Pattern().hours, 0, past.periods());
    if (last_break(past, busy, past.periods())) ++breaks;
  }
  EXPECT_LE(breaks, 2);
}

// Two Novembers twelve times as busy, named: what is left is the base.
TEST(DemandModel, NamedEventsAreLeftOutAndLearntAsFactors) {
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    ArrivalRate rate = rate_of(3);
    rate.boosts.push_back({330 * day_ms, 336 * day_ms, 12});
    rate.boosts.push_back({694 * day_ms, 700 * day_ms, 12});
    const History history = simulated_history(rate, {}, Law(), 740, 30 + seed);
    ModelOptions options;
    options.lead = 14;
    std::vector<Span> spans;
    for (const double day : {330.0, 694.0}) {
      options.events.push_back({"november", {monday + day * day_s, monday + (day + 6) * day_s}});
      spans.push_back(options.events.back().span);
    }
    auto sales = sales_by_product(history);
    const DemandModel model =
        model_of(past_of(sales["1"], history.end, Period::day, spans), options);
    // 2,184 orders know their mean to 2.1 %.
    EXPECT_NEAR(model.per_day(), 3, 3 * 0.065) << seed;
    ASSERT_EQ(model.events.size(), 1U);
    EXPECT_NEAR(model.events[0].factor(), 12, 3);
    EXPECT_TRUE(model.peaks.empty());
  }
}

TEST(DemandModel, APeakThatNobodyNamedIsToldAndHardlyMovesTheLevel) {
  ArrivalRate rate = rate_of(3);
  rate.boosts.push_back({290 * day_ms, 294 * day_ms, 12});
  const DemandModel model = learnt(simulated_history(rate, {}, Law(), 300, 23));
  EXPECT_GE(model.peaks.size(), 3U);
  EXPECT_NEAR(model.per_day(), 3, 0.8);
}

TEST(DemandModel, NothingSoldTeachesNothing) {
  History history;
  history.end = monday;
  EXPECT_THROW((void)learnt(history), NoFit);
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
  return {json["name"].get<std::string>(), json["patch"], "",
          calendar_moment(json["begins"].get<std::string>())};
}

TEST(DemandFragment, ReplacesThePlansDemand) {
  ArrivalRate rate = rate_of(10);
  rate.levels.day = 0.4;
  const Law life = Law::exponential(20 * day_ms);
  const History history = simulated_history(rate, BatchSizes::geometric(2), life, 400, 9);
  PlanDocument document{"plan.json", plan_json(), {}};
  replace_demand(document, fragment(history, false));
  const Plan plan = read_plan(document);
  ASSERT_EQ(plan.streams.size(), 1U);
  const Stream& stream = plan.streams.front();
  EXPECT_EQ(stream.products.front().what.value, 12);
  EXPECT_NEAR(stream.rate.per_day, 10, 2.5);
  EXPECT_EQ(stream.rate.hours.size(), 168U);
  EXPECT_NEAR(stream.rate.levels.day, 0.4, 0.12);
  EXPECT_GT(stream.rate.levels.replicate, 0);
  EXPECT_NEAR(stream.batch.mean(), 2, 0.2);
  for (const double alive : {0.8, 0.5, 0.2}) {
    EXPECT_NEAR(stream.life.life(alive) / life.life(alive), 1, 0.1);
  }
}

// The history ends on a Wednesday; the plan may begin on any day.
TEST(DemandFragment, ThePlansCalendarTurnsTheHours) {
  ArrivalRate rate = rate_of(50);
  for (std::size_t hour = 0; hour < 168; ++hour) rate.hours.push_back(hour / 24 == 5 ? 5 : 0.2);
  double mean = 0;
  for (const double hour : rate.hours) mean += hour / 168;
  for (double& hour : rate.hours) hour /= mean;
  const History history = simulated_history(rate, {}, Law(), 100, 10);
  PlanDocument document{"plan.json", plan_json(), {}};
  replace_demand(document, fragment(history, false));
  // The first of the 24 hours that are busier than all others.
  const auto saturday = [&](const PlanDocument& of) {
    const Plan plan = read_plan(of);
    const auto& hours = plan.streams.front().rate.hours;
    const auto is_busy = [&](std::size_t hour) { return hours[hour % 168] > 2; };
    for (std::size_t first = 0; first < 168; ++first) {
      std::size_t busy = 0;
      while (busy < 168 && is_busy(first + busy)) ++busy;
      if (!is_busy(first + 167) && busy == 24) return first;
    }
    return std::size_t{168};
  };
  EXPECT_EQ(saturday(document), 72U) << "a Saturday, three days after that Wednesday";
  document.json["begins"] = "2024-04-12";  // a Friday
  EXPECT_EQ(saturday(document), 24U);
  document.json["begins"] = "2024-04-13T12:00";
  EXPECT_EQ(saturday(document), 156U) << "half of it is over and comes again in a week";
}

TEST(DemandFragment, WhatThePlanSaysOfItsBeginningStays) {
  const History history = simulated_history(rate_of(10), {}, Law(), 100, 10);
  auto json = plan_json();
  json["begins"] = "2030-01-01";
  PlanDocument document{"plan.json", json, {}};
  replace_demand(document, fragment(history, false));
  EXPECT_EQ(document.json["begins"], "2030-01-01");
  PlanDocument silent{"plan.json", plan_json(), {}};
  replace_demand(silent, fragment(history, false));
  EXPECT_EQ(silent.json["begins"], calendar_text(history.end).substr(0, 10));
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

TEST(DemandFragment, MoreRunningThanAllocatedIsLeftOutAndTold) {
  auto json = plan_json();
  json["running"]["many"] = document::Json::parse(
      R"({"product": 12, "count": 601, "counted": true, "life": {"law": "never"}})");
  const Plan plan = read_plan({"plan.json", json, {}});
  const Scene scene(plan);
  EXPECT_EQ(scene.tenants.size(), 600U);
  ASSERT_EQ(scene.notes.size(), 1U);
  EXPECT_EQ(scene.notes[0],
            "1 of the 601 running VPSes 'many' are not among what the fleet has allocated; they "
            "are left out");
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
