// The engine in a forecast is the engine: the same writes as in a scenario, the known law of a copy
// that grows stale, and what each policy costs under bursts.
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/player.h"
#include "tests/integration/forecast/small_plans.h"

namespace vfstock::sim::forecast {
namespace {

using Write =
    std::tuple<Time, std::int64_t, std::int64_t, std::int64_t>;  // when, product, from, to

/// Two products that share two hypervisors with addresses; a busy day with batches, an outage in
/// nobody's way, and lives so short that places come back.
Plan busy_day() {
  Plan plan = loss_plan({64, 64}, {{1, 40, "10"}, {4, 12, "5"}});
  plan.mode = StockMode::engine;
  plan.panel.default_delete_delay = std::chrono::minutes{5};
  plan.panel.blocks[1] = {1, "a", true, 70, 0, 0, {}};
  for (auto& [id, row] : plan.panel.hypervisors) {
    row.reports_ipv4 = true;
    row.blocks = {1};
    row.cores.max = 100;
  }
  plan.panel.packages[2].cores = 3;
  for (Stream& stream : plan.streams) {
    stream.batch = BatchSizes::geometric(3);
    stream.life = Law::exponential(8 * hour_ms);
  }
  plan.shop.products[1].configoption3 = "2";
  plan.horizon = day;
  plan.provision_after = 45'000;
  return plan;
}

scenario::Step step(Time at, scenario::Action action) {
  return {std::chrono::milliseconds{at}, "", {"replicate", ""}, std::move(action)};
}

/// What happened in the replicate as the timeline of a scenario.
std::vector<scenario::Step> timeline_of(const Plan& plan, const std::vector<Happening>& happened) {
  std::vector<scenario::Step> steps;
  for (const Happening& it : happened) {
    const catalogue::ProductId product =
        plan.shop.products[static_cast<std::size_t>(it.product)].id;
    switch (it.kind) {
      case Happening::Kind::ordered:
      case Happening::Kind::refused:
        steps.push_back(step(it.at, scenario::ViewCart{product.value}));
        steps.push_back(step(it.at, scenario::Order{it.service,
                                                    {{product, it.service, 1}},
                                                    it.kind == Happening::Kind::refused}));
        break;
      case Happening::Kind::provisioned:
        steps.push_back(step(it.at, scenario::Provision{0, it.service, std::nullopt}));
        break;
      case Happening::Kind::failed:
        steps.push_back(step(it.at, scenario::Provision{0, it.service, std::nullopt}));
        steps.push_back(step(it.at, scenario::Cancel{it.service}));
        break;
      case Happening::Kind::terminated:
        steps.push_back(step(it.at, scenario::Terminate{it.service}));
        break;
      case Happening::Kind::cron:
        steps.push_back(step(it.at, scenario::Cron{}));
        break;
      case Happening::Kind::wrote:
        break;
    }
  }
  steps.push_back(step(plan.horizon, scenario::Heal{}));
  return steps;
}

class OneDay : public ::testing::TestWithParam<const char*> {};

TEST_P(OneDay, AsAScenarioAndAsAReplicateWritesTheSame) {
  Plan plan = busy_day();
  plan.policy = *plan::preset(GetParam());
  // A forecast's panel tells nothing of its blocks.
  if (plan.policy.ipv4_cap == capacity::Ipv4Cap::exact) {
    plan.policy.ipv4_cap = capacity::Ipv4Cap::group_nested;
  }
  std::vector<Happening> happened;
  const Scene scene(plan);
  Replicate replicate(scene);
  replicate.watch(&happened);
  Outcome outcome;
  replicate.run(5, outcome);

  std::vector<Write> forecast;
  for (const Happening& it : happened) {
    if (it.kind != Happening::Kind::wrote) continue;
    forecast.emplace_back(it.at, plan.shop.products[static_cast<std::size_t>(it.product)].id.value,
                          it.from, it.to);
  }

  scenario::Scenario scenario;
  scenario.panel = plan.panel;
  scenario.shop = plan.shop;
  scenario.policy = plan.policy;
  scenario::Stage stage(scenario, scenario::TransportKind::direct);
  std::vector<Write> replayed;
  stage.tables().on_write([&](catalogue::ProductId product, std::int64_t from, std::int64_t to) {
    replayed.emplace_back(stage.clock().now().count(), product.value, from, to);
  });
  scenario::Player(stage).play(timeline_of(plan, happened));
  EXPECT_EQ(forecast, replayed);
  EXPECT_GT(forecast.size(), 100U);
  EXPECT_GT(outcome.products[0].lost_true + outcome.products[0].lost_false, 0);
}

INSTANTIATE_TEST_SUITE_P(Presets, OneDay, ::testing::Values("default", "strict", "classic"),
                         [](const auto& param) { return std::string(param.param); });

// A copy refreshed every two hours of something that changes every two hours on average is fresh
// for (1 - e^-1) / 1 of the time.
TEST(Staleness, OfACopyIsWhatTheFormulaSays) {
  Plan plan = loss_plan({10'000'000}, {{1, 12}});
  plan.mode = StockMode::engine;
  plan.streams[0].outside = true;
  plan.streams[0].life = Law();
  plan.cron_every = 7'200'000;
  plan.probes_per_day = 24;
  plan.horizon = 100 * day;
  const Outcomes outcomes = outcomes_of(plan, 60);
  const Estimate stale =
      ratio_of(each(outcomes, 0, [](const ProductOutcome& o) { return o.stale; }),
               each(outcomes, 0, [](const ProductOutcome& o) { return o.probes; }));
  EXPECT_NEAR(1 - stale.value, 0.632121, 4 * stale.error);
  EXPECT_LE(stale.error, 0.005 * 0.632121);
}

/// Bursts of one product eat the places that the other one shows.
Plan bursts(const char* preset) {
  Plan plan = loss_plan({150}, {{1, 60, "0"}, {1, 60, "0"}});
  plan.mode = StockMode::engine;
  plan.policy = *plan::preset(preset);
  plan.policy.brake_percent =
      0;  // two products that fall at once would be held, which is another matter
  plan.cart_views = false;
  plan.provision_after = 60'000;
  plan.streams[0].rate.per_day = 5;
  plan.streams[0].batch = BatchSizes::geometric(12);
  plan.horizon = 20 * day;
  return plan;
}

double total(const Outcomes& outcomes, double ProductOutcome::*field) {
  double sum = 0;
  for (const Outcome& outcome : outcomes) {
    for (const ProductOutcome& product : outcome.products) sum += product.*field;
  }
  return sum / static_cast<double>(outcomes.size());
}

TEST(Bursts, OversellUnderClassicHardlyUnderDefaultAndNeverUnderStrictWhichLosesSales) {
  const Outcomes classic = outcomes_of(bursts("classic"), 20);
  const Outcomes normal = outcomes_of(bursts("default"), 20);
  const Outcomes strict = outcomes_of(bursts("strict"), 20);
  const auto oversold = &ProductOutcome::oversold;
  RecordProperty("classic", std::to_string(total(classic, oversold)));
  RecordProperty("default", std::to_string(total(normal, oversold)));
  RecordProperty("strict", std::to_string(total(strict, oversold)));
  EXPECT_GT(total(classic, oversold), 2 * total(normal, oversold));
  EXPECT_GT(total(normal, oversold), total(strict, oversold));
  EXPECT_GT(total(strict, &ProductOutcome::lost_false), total(normal, &ProductOutcome::lost_false));
}

TEST(NoDemand, LeavesEverythingAsItIs) {
  for (const StockMode mode : {StockMode::ideal, StockMode::engine}) {
    Plan plan = loss_plan({20}, {{1, 0}});
    plan.mode = mode;
    plan.horizon = 30 * day;
    plan.samples = 10;
    const Outcomes outcomes = outcomes_of(plan, 2);
    for (const Outcome& outcome : outcomes) {
      EXPECT_EQ(outcome.events, 0);
      EXPECT_EQ(outcome.products[0].wanted, 0);
      EXPECT_EQ(outcome.products[0].sold_out_at, -1);
      EXPECT_EQ(outcome.products[0].in_stock, 1);
      EXPECT_EQ(outcome.samples, std::vector<std::int32_t>(10, 20));
    }
  }
}

// While the panel is silent the shop sells from the qty that it has, and the module waits.
TEST(Weather, AnOutageHoldsProvisioningUntilThePanelAnswers) {
  Plan plan = loss_plan({1000}, {{1, 50}});
  plan.mode = StockMode::engine;
  plan.streams[0].life = Law();
  plan.weather.outages = {{day, 2 * day}};
  plan.horizon = 3 * day;
  const Scene scene(plan);
  std::vector<Happening> happened;
  Replicate replicate(scene);
  replicate.watch(&happened);
  Outcome outcome;
  replicate.run(1, outcome);
  int at_the_end = 0;
  for (const Happening& it : happened) {
    const bool is_write = it.kind == Happening::Kind::wrote;
    if (!is_write && it.kind != Happening::Kind::provisioned) continue;
    EXPECT_FALSE(it.at > day && it.at < 2 * day);
    if (is_write) continue;
    at_the_end += it.at == 2 * day ? 1 : 0;
  }
  EXPECT_GT(at_the_end, 20);
  EXPECT_EQ(outcome.products[0].served, outcome.products[0].wanted);
}

/// What is written of the first product from a moment on.
std::vector<std::int64_t> written_from(const Plan& plan, Time from) {
  const Scene scene(plan);
  std::vector<Happening> happened;
  Replicate replicate(scene);
  replicate.watch(&happened);
  Outcome outcome;
  replicate.run(1, outcome);
  std::vector<std::int64_t> written;
  for (const Happening& it : happened) {
    if (it.kind == Happening::Kind::wrote && it.product == 0 && it.at >= from) {
      written.push_back(it.to);
    }
  }
  return written;
}

/// Many orders for a few of many places, so that the engine looks often and writes often.
Plan lively_shop() {
  Plan plan = loss_plan({400, 400}, {{1, 40}});
  plan.mode = StockMode::engine;
  plan.horizon = 3 * day;
  return plan;
}

TEST(Dates, APackageThatIsDisabledSellsNothingOnceItIsReadAgain) {
  Plan plan = lively_shop();
  mockpanel::model::Package disabled = plan.panel.packages[1];
  disabled.enabled = false;
  plan.policy.brake_percent = 0;
  plan.operations.push_back({"off", day, PackageChanged{disabled}});
  const std::vector<std::int64_t> written = written_from(plan, day + hour_ms);
  EXPECT_TRUE(std::all_of(written.begin(), written.end(), [](auto qty) { return qty == 0; }));
  EXPECT_EQ(written_from(plan, day).back(), 0);
}

TEST(Dates, AHypervisorThatIsDrainedAndTakesServersAgainCountsEachTimeAsItIs) {
  Plan plan = lively_shop();
  plan.operations.push_back({"drained", day, HypervisorAccepts{2, false}});
  plan.operations.push_back({"back", 2 * day, HypervisorAccepts{2, true}});
  const std::vector<std::int64_t> drained = written_from(plan, day + hour_ms);
  EXPECT_LT(drained.front(), 400) << "the other one alone";
  EXPECT_GT(drained.back(), 400) << "both again";
}

}  // namespace
}  // namespace vfstock::sim::forecast
