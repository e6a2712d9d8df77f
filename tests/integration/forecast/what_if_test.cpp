// What-ifs: the same customers in both worlds, dates that change the fleet, and the same bytes from
// any number of threads.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "sim/cli/forecast/forecast_data.h"
#include "sim/forecast/figures.h"
#include "tests/integration/forecast/small_plans.h"

namespace vfstock::sim::forecast {
namespace {

/// A shop that fills up within weeks, with what nobody knows about its demand.
Plan growing_shop(StockMode mode) {
  Plan plan = loss_plan({40, 40, 40}, {{1, 4, "10"}, {2, 1.2, "10"}});
  plan.mode = mode;
  for (Stream& stream : plan.streams) {
    stream.life = Law::exponential(60 * day_ms);
    stream.rate.levels.replicate = 0.2;
  }
  plan.horizon = 90 * day;
  plan.samples = 9;
  return plan;
}

Plan with_one_more(Plan plan, Time at) {
  mockpanel::model::Hypervisor row = plan.panel.hypervisors.at(1);
  row.id = 9;
  plan.panel.hypervisors[9] = row;
  plan.absent.insert(9);
  plan.operations.push_back({"one more", at, HypervisorsEnter{{9}}});
  return plan;
}

double variance(const std::vector<double>& values) {
  const double error = mean_of(values).error;
  return error * error * static_cast<double>(values.size());
}

std::vector<double> lost(const Outcomes& outcomes) {
  std::vector<double> each;
  for (const Outcome& outcome : outcomes) {
    double sum = 0;
    for (const ProductOutcome& product : outcome.products) {
      sum += product.lost_true + product.lost_false;
    }
    each.push_back(sum);
  }
  return each;
}

// The number of replicates that a given precision takes is in proportion to the variance.
TEST(WhatIf, PairedDifferencesTakeTenTimesFewerReplicates) {
  const Plan plan = growing_shop(StockMode::ideal);
  const auto before = lost(outcomes_of(plan, 1000));
  const auto after = lost(outcomes_of(with_one_more(plan, 30 * day), 1000));
  std::vector<double> paired;
  for (std::size_t i = 0; i < before.size(); ++i) paired.push_back(after[i] - before[i]);
  const double fewer = (variance(before) + variance(after)) / variance(paired);
  RecordProperty("fewer", std::to_string(fewer));
  EXPECT_LT(mean_of(paired).high, 0);
  EXPECT_GE(fewer, 10) << "replicates of independent runs for one paired one";
}

TEST(WhatIf, TheComparisonIsTakenWithinReplicates) {
  const Plan plan = growing_shop(StockMode::ideal);
  const Plan more = with_one_more(plan, 30 * day);
  const Scene planned(plan), changed(more);
  const Outcomes before = outcomes_of(plan, 200), after = outcomes_of(more, 200);
  const Comparison comparison = comparison_of(planned, before, changed, after);
  EXPECT_GT(comparison.total.served.low, 0);
  EXPECT_LT(comparison.total.lost_true.value + comparison.total.lost_false.value, 0);
  const Comparison same = comparison_of(planned, before, planned, before);
  EXPECT_EQ(same.total.served.value, 0);
  EXPECT_EQ(same.total.fill_rate.error, 0);
}

TEST(Threads, AnyNumberGivesTheSameBytes) {
  for (const StockMode mode : {StockMode::ideal, StockMode::engine}) {
    Plan plan = growing_shop(mode);
    plan.horizon = 30 * day;
    const Scene scene(plan);
    std::string first;
    for (const int threads : {1, 2, 5}) {
      StudyOptions options;
      options.threads = threads;
      Outcomes outcomes;
      run_replicates(scene, outcomes, 7, options);
      run_replicates(scene, outcomes, 20, options);
      const std::string bytes = cli::forecast_json(forecast_of(scene, outcomes), {}).dump();
      if (first.empty()) first = bytes;
      EXPECT_EQ(bytes, first) << threads << " threads";
    }
  }
}

TEST(Dates, AHypervisorThatGoesTakesItsVpsesWithIt) {
  for (const StockMode mode : {StockMode::ideal, StockMode::engine}) {
    Plan plan = loss_plan({10, 10}, {{1, 100}});
    plan.mode = mode;
    plan.streams[0].life = Law();
    plan.operations.push_back({"gone", day, HypervisorLeaves{1}});
    plan.horizon = 2 * day;
    const Outcome outcome = outcomes_of(plan, 1).front();
    EXPECT_EQ(outcome.vpses_ended_early, 10);
    EXPECT_EQ(outcome.running_at_end, 10);
  }
}

TEST(Dates, ADrainedHypervisorKeepsItsVpsesAndTakesNoMore) {
  Plan plan = loss_plan({10, 10}, {{1, 100}});
  plan.streams[0].life = Law();
  plan.streams[0].rate.from = static_cast<double>(day);
  plan.operations.push_back({"drained", day / 2, HypervisorAccepts{1, false}});
  plan.operations.push_back({"back", 2 * day, HypervisorAccepts{1, true}});
  plan.horizon = 2 * day - 1;
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 10);
  plan.horizon = 4 * day;
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 20);
}

TEST(Dates, ALargerBufferAndALargerPackageSellLess) {
  Plan plan = loss_plan({10}, {{1, 100}});
  plan.streams[0].life = Law();
  plan.horizon = 2 * day;
  catalogue::Product row = plan.shop.products[0];
  row.configoption7 = "50";
  plan.operations = {{"buffer", 0, ProductChanged{row, std::nullopt}}};
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 5);
  mockpanel::model::Package package = plan.panel.packages.at(1);
  package.memory_mb = 3;
  plan.operations = {{"package", 0, PackageChanged{package}}};
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 3);
  plan.operations = {{"resize", 0, HypervisorResized{1, 7, {}, {}, {}}}};
  EXPECT_EQ(outcomes_of(plan, 1).front().running_at_end, 7);
}

}  // namespace
}  // namespace vfstock::sim::forecast
