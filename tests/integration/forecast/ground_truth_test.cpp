// The simulator against what mathematics knows. Each figure within four standard errors, and the
// standard error itself at most half a percent of the value (one percent for losses below 1 %).
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/integration/forecast/small_plans.h"

namespace vfstock::sim::forecast {
namespace {

constexpr std::int64_t replicates = 60;

Plan in_balance(Plan plan, double days) {
  plan.warm_up = 20 * day;
  plan.horizon = plan.warm_up + static_cast<Time>(days) * day;
  return plan;
}

void expect_figure(const Estimate& found, double truth, double relative_error) {
  EXPECT_NEAR(found.value, truth, 4 * found.error);
  EXPECT_LE(found.error, relative_error * truth);
}

void expect_loss(const Outcomes& outcomes, std::size_t product, double truth) {
  expect_figure(loss(outcomes, product), truth, truth < 0.01 ? 0.01 : 0.005);
}

struct ErlangCase {
  double erlang;
  std::int64_t places;
  double loss;
  double days;
};

class ErlangB : public ::testing::TestWithParam<ErlangCase> {};

TEST_P(ErlangB, IsTheLossOfOneHypervisor) {
  const ErlangCase& known = GetParam();
  const Plan plan = in_balance(loss_plan({known.places}, {{1, known.erlang}}), known.days);
  expect_loss(outcomes_of(plan, replicates), 0, known.loss);
}

INSTANTIATE_TEST_SUITE_P(Published, ErlangB,
                         ::testing::Values(ErlangCase{1, 2, 0.2, 10'000},
                                           ErlangCase{5, 5, 0.284867821, 3'000},
                                           ErlangCase{10, 15, 0.0364969455, 12'000},
                                           ErlangCase{50, 60, 0.0216684731, 12'000}));

class LifetimeLaw : public ::testing::TestWithParam<Law> {};

// Insensitivity: only the mean life counts.
TEST_P(LifetimeLaw, DoesNotChangeTheLoss) {
  Plan plan = in_balance(loss_plan({5}, {{1, 5}}), 4'000);
  plan.streams[0].life = GetParam();
  ASSERT_NEAR(GetParam().mean(), day_ms, 1e-6);
  expect_loss(outcomes_of(plan, replicates), 0, 0.284867821);
}

INSTANTIATE_TEST_SUITE_P(Laws, LifetimeLaw,
                         ::testing::Values(Law::exponential(day_ms), Law::deterministic(day_ms),
                                           Law::weibull(day_ms, 0.7), Law::lognormal(day_ms, 1.2),
                                           Law::hyperexponential({{0.9, day_ms / 1.8},
                                                                  {0.1, 5 * day_ms}})));

TEST(GroundTruth, BatchesLoseMoreThanErlangBSays) {
  Plan plan = in_balance(loss_plan({15}, {{1, 10}}), 3'000);
  plan.streams[0].rate.per_day = 2.5;
  plan.streams[0].batch = BatchSizes::geometric(4);
  EXPECT_GT(loss(outcomes_of(plan, 20), 0).value, 3 * 0.0364969455);
}

TEST(GroundTruth, KaufmanRoberts) {
  const Outcomes outcomes =
      outcomes_of(in_balance(loss_plan({5}, {{1, 2}, {2, 1}}), 12'000), replicates);
  expect_loss(outcomes, 0, 0.1721854305);
  expect_loss(outcomes, 1, 0.3818984547);
}

TEST(GroundTruth, OnePlaceHeldBackAgainstTheSmallSize) {
  const Plan plan = in_balance(loss_plan({5}, {{1, 2, "20"}, {2, 1, "0"}}), 12'000);
  const Outcomes outcomes = outcomes_of(plan, replicates);
  expect_loss(outcomes, 0, 0.3352426892);
  expect_loss(outcomes, 1, 0.3352426892);
}

Plan two_hypervisors(mockpanel::model::Placement placement) {
  Plan plan = in_balance(loss_plan({5, 5}, {{1, 1}, {2, 1}}), 100'000);
  plan.panel.placement = placement;
  return plan;
}

TEST(GroundTruth, TwoHypervisorsFirstFit) {
  const Outcomes outcomes =
      outcomes_of(two_hypervisors(mockpanel::model::Placement::first_fit), replicates);
  expect_loss(outcomes, 0, 0.0028792584);
  expect_loss(outcomes, 1, 0.0242268619);
}

TEST(GroundTruth, TwoHypervisorsMostFreeFirst) {
  const Outcomes outcomes =
      outcomes_of(two_hypervisors(mockpanel::model::Placement::most_free), replicates);
  expect_loss(outcomes, 0, 0.0024836683);
  expect_loss(outcomes, 1, 0.0261566573);
}

TEST(GroundTruth, OnePooledHypervisor) {
  const Outcomes outcomes =
      outcomes_of(in_balance(loss_plan({10}, {{1, 1}, {2, 1}}), 100'000), replicates);
  expect_loss(outcomes, 0, 0.0050045175);
  expect_loss(outcomes, 1, 0.0150340722);
}

std::vector<double> sold_out_days(const Outcomes& outcomes) {
  std::vector<double> days = each(outcomes, 0, [](const ProductOutcome& o) {
    return o.sold_out_at < 0 ? never : o.sold_out_at / day_ms;
  });
  std::sort(days.begin(), days.end());
  return days;
}

void expect_within_interval(const std::vector<double>& sorted, double p, double truth) {
  const Estimate found = quantile_of(sorted, p);
  EXPECT_LE(found.low, truth);
  EXPECT_GE(found.high, truth);
}

TEST(GroundTruth, SellOutWithoutTerminationsIsErlang) {
  Plan plan = loss_plan({10}, {{1, 1}});
  plan.streams[0].life = Law();
  plan.horizon = 100 * day;
  const auto days = sold_out_days(outcomes_of(plan, 100'000));
  expect_figure(quantile_of(days, 0.1), 6.221305, 0.005);
  expect_figure(quantile_of(days, 0.5), 9.668715, 0.005);
  expect_figure(quantile_of(days, 0.9), 14.205990, 0.005);
}

/// Twenty run, fifty places, two customers a day who stay thirty days.
Plan birth_and_death(std::int64_t places) {
  Plan plan = loss_plan({places}, {{1, 2}});
  plan.streams[0].life = Law::exponential(30 * day_ms);
  plan.running.push_back({"tenants", entity_of("tenants"), {1}, 20, {}, {}, plan.streams[0].life});
  return plan;
}

TEST(GroundTruth, SellOutOfABirthAndDeathProcess) {
  Plan plan = birth_and_death(50);
  plan.horizon = 400 * day;
  const auto days = sold_out_days(outcomes_of(plan, 10'000));
  expect_within_interval(days, 0.1, 21.566475);
  expect_within_interval(days, 0.5, 34.315999);
  expect_within_interval(days, 0.9, 55.996716);
  const auto by_60 =
      static_cast<double>(std::upper_bound(days.begin(), days.end(), 60.0) - days.begin());
  const double share = by_60 / static_cast<double>(days.size());
  EXPECT_NEAR(share, 0.927738, 4 * std::sqrt(0.927738 * (1 - 0.927738) / 10'000));
}

TEST(GroundTruth, OccupancyWithoutLimitIsPoissonAndBinomial) {
  Plan plan = birth_and_death(100'000);
  plan.horizon = 30 * day;
  std::vector<double> running;
  for (const Outcome& outcome : outcomes_of(plan, 100'000))
    running.push_back(outcome.running_at_end);
  const Estimate mean = mean_of(running);
  expect_figure(mean, 45.28482, 0.005);
  std::vector<double> squares;
  for (const double n : running) squares.push_back((n - 45.28482) * (n - 45.28482));
  expect_figure(mean_of(squares), 42.57812, 0.005);
}

}  // namespace
}  // namespace vfstock::sim::forecast
