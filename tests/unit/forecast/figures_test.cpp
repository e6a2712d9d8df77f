// What planners read beside sell-out dates: locations, utilisation, leanings of demand, money.
#include "sim/forecast/figures.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/integration/forecast/small_plans.h"

namespace vfstock::sim::forecast {
namespace {

Forecast known(const Plan& plan, std::int64_t replicates) {
  const Scene scene(plan);
  return forecast_of(scene, outcomes_of(plan, replicates));
}

/// Ten places, filled by whoever comes and stays for good.
Plan filling(double per_day) {
  Plan plan = loss_plan({10}, {{1, per_day}});
  plan.streams[0].life = Law();
  plan.horizon = 20 * day;
  plan.samples = 4;
  return plan;
}

TEST(Figures, UtilisationGoesFromTodaysToTheEnds) {
  Plan plan = filling(100);
  plan.panel.groups[1].name = "Frankfurt";
  const Forecast forecast = known(plan, 3);
  const GroupFigures& group = forecast.groups.at(0);
  EXPECT_EQ(group.name, "Frankfurt");
  EXPECT_EQ(group.utilisation_now[0], 0);
  ASSERT_EQ(group.utilisation.size(), 4U);
  EXPECT_NEAR(group.utilisation.back()[0], 1, 1e-9);
  EXPECT_EQ(group.utilisation.back()[1], 0) << "cores have no quota";
}

TEST(Figures, StockNowIsTheFleetsBeforeAnybodyComes) {
  EXPECT_EQ(known(filling(100), 2).products.at(0).stock_now, 10);
}

TEST(Figures, TheLocationThatLacksIsNamed) {
  Plan plan = filling(10);
  plan.panel.groups[2].id = 2;
  plan.panel.hypervisors[2] = plan.panel.hypervisors[1];
  plan.panel.hypervisors[2].id = 2;
  plan.panel.hypervisors[2].group = 2;
  plan.panel.hypervisors[2].memory_mb.max = 1000;
  plan.shop.options[{1}] = {{"Location", "1|A"}, {"Location", "2|B"}};
  const Forecast forecast = known(plan, 20);
  const auto& locations = forecast.products.at(0).locations;
  ASSERT_EQ(locations.size(), 2U);
  EXPECT_NEAR(locations[0].wanted, 100, 15);
  EXPECT_NEAR(locations[0].lost, locations[0].wanted - 10, 1e-3);
  EXPECT_EQ(locations[1].lost, 0);
}

TEST(Figures, DemandThatTurnsOutHigherSellsOutEarlier) {
  Plan plan = filling(0.7);
  const Forecast forecast = known(plan, 400);
  const auto& leanings = forecast.products.at(0).leanings;
  ASSERT_TRUE(leanings);
  EXPECT_LT(leanings->front().demand, 1);
  EXPECT_GT(leanings->back().demand, 1);
  EXPECT_LT(leanings->back().sold_out_day, leanings->front().sold_out_day);
  EXPECT_FALSE(known(plan, 49).products.at(0).leanings) << "too few runs";
}

TEST(Figures, RevenueIsWhatIsPaidWithinTheHorizon) {
  Plan plan = filling(100);
  plan.prices[{1}] = 30;
  plan.streams[0].life = Law::deterministic(15 * day_ms);
  plan.streams[0].rate.until = 4.0 * day_ms;
  const Forecast forecast = known(plan, 4);
  const Figures& figures = forecast.products.at(0).figures;
  EXPECT_NEAR(figures.revenue_served.value, figures.served.value * 30 * 0.5, 1e-6);
  EXPECT_NEAR(figures.revenue_lost.value,
              (figures.lost_true.value + figures.lost_false.value) * 30 * 0.5, 1e-6);
  EXPECT_GE(figures.revenue_lost_tail, figures.revenue_lost.value);
  EXPECT_EQ(figures.money_served.value, figures.served.value * 30);
}

TEST(Figures, HypervisorsUnderWayComeWhenTheirLeadTimeIsOver) {
  Plan plan = filling(100);
  mockpanel::model::Hypervisor row = plan.panel.hypervisors.at(1);
  row.id = 9;
  plan.panel.hypervisors[9] = row;
  plan.absent.insert(9);
  plan.operations = {{"order", day, HypervisorsEnter{{9}, Law::deterministic(9 * day_ms)}}};
  plan.horizon = 10 * day - 1;
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 10);
  plan.horizon = 11 * day;
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 20);
  plan.operations = {{"order", day, HypervisorsEnter{{9}, Law::exponential(5 * day_ms)}}};
  const Outcomes outcomes = outcomes_of(plan, 200);
  double there = 0;
  for (const Outcome& outcome : outcomes) there += outcome.running_at_end == 20 ? 1 : 0;
  EXPECT_NEAR(there / 200, 1 - std::exp(-2.0), 0.08) << "ten days after the order of day 1";
}

}  // namespace
}  // namespace vfstock::sim::forecast
