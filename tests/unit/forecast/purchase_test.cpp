// What to buy, and when: the search against brute force, and what is refused where.
#include "sim/forecast/purchase.h"

#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/forecast/figures.h"
#include "sim/forecast/study.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::forecast {
namespace {

using ::testing::HasSubstr;

constexpr Time one_day = 86'400'000;
constexpr Time horizon = 100 * one_day;

PurchaseOffer offer_of(std::int64_t most, double price = 0, double monthly = 0) {
  PurchaseOffer offer;
  offer.lead = Law::deterministic(10.0 * day_ms);
  offer.most = most;
  offer.price = price;
  offer.monthly = monthly;
  return offer;
}

Purchase purchase_of(double threshold, std::vector<PurchaseOffer> offers) {
  Purchase purchase;
  purchase.threshold = threshold;
  purchase.offers = std::move(offers);
  return purchase;
}

Estimate exactly(double value) { return {value, value - 0.01, value + 0.01, 0.005}; }

/// Each hypervisor of the i-th offer adds weights[i], in proportion to the time that is left.
PurchaseMeasure shop(const PurchaseChoice& choice, const std::vector<double>& weights) {
  const double left = 1 - (static_cast<double>(choice.ordered_at) + 10 * day_ms) / horizon;
  double value = 0.5;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    value += weights[i] * static_cast<double>(choice.counts[i]) * left;
  }
  PurchaseMeasure measure;
  measure.fill_rate = exactly(std::min(1.0, value));
  measure.sold_out = exactly(std::max(0.0, 1 - value));
  measure.revenue = exactly(1000 * (1 - std::exp(-2 * value)));
  return measure;
}

PurchaseAnswer ask(const Purchase& purchase, const std::vector<double>& weights,
                   int* asked = nullptr) {
  return search_purchase(purchase, horizon, [&](const PurchaseChoice& choice) {
    if (asked != nullptr) ++*asked;
    return shop(choice, weights);
  });
}

TEST(Purchase, FindsTheFewestAndTheLatestDay) {
  for (std::int64_t needed = 1; needed <= 40; ++needed) {
    const double target = 0.49 + 0.009 * (static_cast<double>(needed) - 0.5);
    int asked = 0;
    const PurchaseAnswer answer = ask(purchase_of(target, {offer_of(40)}), {0.01}, &asked);
    ASSERT_TRUE(answer.best);
    EXPECT_EQ(answer.best->choice.counts, (std::vector<std::int64_t>{needed}));
    ASSERT_TRUE(answer.latest);
    const PurchaseChoice& latest = answer.latest->choice;
    EXPECT_EQ(latest.counts, answer.best->choice.counts);
    EXPECT_GE(shop(latest, {0.01}).fill_rate.low, target);
    EXPECT_LT(shop({latest.counts, latest.ordered_at + one_day}, {0.01}).fill_rate.low, target);
    EXPECT_EQ(static_cast<std::size_t>(asked), answer.trials.size()) << "no choice is run twice";
    EXPECT_LE(asked, 26);
  }
}

TEST(Purchase, WhatIsMetAlreadyNeedsNone) {
  const PurchaseAnswer answer = ask(purchase_of(0.49, {offer_of(8)}), {0.1});
  ASSERT_TRUE(answer.best);
  EXPECT_EQ(answer.best->choice.total(), 0);
  EXPECT_FALSE(answer.latest);
  EXPECT_EQ(answer.trials.size(), 1U);
}

TEST(Purchase, ATargetThatMayBeLuckIsNotReached) {
  EXPECT_EQ(ask(purchase_of(0.5, {offer_of(8)}), {0.1}).best->choice.total(), 1);
  Purchase rarely = purchase_of(0.5, {offer_of(8)});
  rarely.target = Purchase::Target::sold_out;
  EXPECT_EQ(ask(rarely, {0.1}).best->choice.total(), 1);
}

TEST(Purchase, TheMostMayBeTooFew) {
  const PurchaseAnswer answer = ask(purchase_of(1, {offer_of(3), offer_of(2)}), {0.01, 0.01});
  EXPECT_FALSE(answer.best);
  EXPECT_FALSE(answer.latest);
  EXPECT_TRUE(std::any_of(answer.trials.begin(), answer.trials.end(),
                          [](const PurchaseTrial& trial) { return trial.choice.total() == 5; }));
}

/// Every choice, by hand: the cheapest that reaches the target, or the one that earns the most.
std::optional<PurchaseChoice> by_brute_force(const Purchase& purchase,
                                             const std::vector<double>& weights) {
  std::optional<PurchaseChoice> best;
  const auto key = [&](const PurchaseChoice& choice) {
    const double cost = cost_of(purchase, choice, horizon);
    const double net = shop(choice, weights).revenue.value - cost;
    return std::pair(purchase.target == Purchase::Target::money ? -net : cost, choice.total());
  };
  for (std::int64_t a = 0; a <= purchase.offers[0].most; ++a) {
    for (std::int64_t b = 0; b <= purchase.offers[1].most; ++b) {
      const PurchaseChoice choice{{a, b}, 0};
      if (!reaches_target(purchase, shop(choice, weights))) continue;
      if (!best || key(choice) < key(*best)) best = choice;
    }
  }
  return best;
}

TEST(Purchase, AgreesWithBruteForceOverTwoShapes) {
  for (int i = 0; i < 60; ++i) {
    const double small = 0.011 + 0.001 * (i % 7), large = 0.023 + 0.002 * (i % 5);
    Purchase purchase = purchase_of(
        0.5 + 0.004 * i, {offer_of(5, 100 + 13 * (i % 3), 3), offer_of(6, 190 + 17 * (i % 4), 5)});
    const PurchaseAnswer answer = ask(purchase, {small, large});
    const auto best = by_brute_force(purchase, {small, large});
    ASSERT_EQ(answer.best.has_value(), best.has_value()) << i;
    if (best) {
      EXPECT_EQ(answer.best->cost, cost_of(purchase, *best, horizon)) << i;
      EXPECT_EQ(answer.best->choice.total(), best->total()) << i;
    }
    purchase.target = Purchase::Target::money;
    for (PurchaseOffer& offer : purchase.offers) offer.price /= 20;
    EXPECT_EQ(ask(purchase, {small, large}).best->choice,
              *by_brute_force(purchase, {small, large}));
  }
}

TEST(Purchase, EfficientIsWhatNoCheaperChoiceServes) {
  Purchase purchase = purchase_of(0.8, {offer_of(4, 100), offer_of(4, 350)});
  const PurchaseAnswer answer = ask(purchase, {0.1, 0.12});
  for (const PurchaseTrial& one : answer.trials) {
    if (one.choice.ordered_at != 0) continue;
    const bool beaten =
        std::any_of(answer.trials.begin(), answer.trials.end(), [&](const PurchaseTrial& other) {
          return other.choice.ordered_at == 0 && other.cost < one.cost &&
                 other.measure.fill_rate.value >= one.measure.fill_rate.value;
        });
    EXPECT_EQ(one.is_efficient, !beaten);
  }
}

TEST(Purchase, WithoutPricesFewerAreCheaper) {
  const PurchaseAnswer answer = ask(purchase_of(0.8, {offer_of(4)}), {0.1});
  int efficient = 0;
  for (const PurchaseTrial& one : answer.trials) efficient += one.is_efficient ? 1 : 0;
  EXPECT_EQ(efficient, 5) << "each of none to four serves more than fewer do";
}

TEST(Purchase, CostsCountFromWhenTheyAreThere) {
  const Purchase purchase = purchase_of(0.9, {offer_of(4, 100, 30)});
  EXPECT_DOUBLE_EQ(cost_of(purchase, {{2}, 0}, horizon), 2 * (100 + 30 * 3.0));
  EXPECT_DOUBLE_EQ(cost_of(purchase, {{1}, 60 * one_day}, horizon), 100 + 30 * 1.0);
  EXPECT_DOUBLE_EQ(cost_of(purchase, {{1}, 95 * one_day}, horizon), 100);
}

struct PurchaseFile : ::testing::Test {
  cli::Folder folder;
  const std::string plan = std::string(VFSTOCK_PLAN_FOLDER) + "/hardware-purchase.json";

  std::string file_of(const std::string& patch) {
    document::Json json =
        document::read_file(std::string(VFSTOCK_PLAN_FOLDER) + "/purchases/frankfurt.json");
    json.merge_patch(document::Json::parse(patch));
    return folder.write("purchase.json", json.dump());
  }
  /// The plan without its own what-ifs.
  std::string plan_file() {
    document::Json json = document::read_file(plan);
    json.erase("what_ifs");
    return folder.write("plan.json", json.dump());
  }
  cli::Said ask_verb(const std::string& patch, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{
        "forecast",  "--purchase", file_of(patch), "--replicates", "200",
        "--threads", "1",          plan_file()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cli::command(arguments);
  }
};

TEST_F(PurchaseFile, AnswersInWordsAndAsData) {
  const cli::Said words = ask_verb("{}", {"--begins", "2026-12-01"});
  EXPECT_EQ(words.status, cli::Status::good) << words.err;
  EXPECT_THAT(words.out, HasSubstr("hypervisors for Frankfurt: 95.0 % of the VPSes wanted"));
  EXPECT_THAT(words.out, HasSubstr("  buy          "));
  EXPECT_THAT(words.out, HasSubstr("there on day 21.0 (2026-12-22)"));
  EXPECT_THAT(words.out, HasSubstr("  order by     day "));
  const std::string csv = folder.path() + "/trials.csv", page = folder.path() + "/page.html";
  const cli::Said data = ask_verb("{}", {"--json", "--csv", csv, "--html", page});
  ASSERT_EQ(data.status, cli::Status::good) << data.err;
  const auto json = document::Json::parse(data.out);
  EXPECT_EQ(json["format"], 1);
  EXPECT_GT(json["best"]["count"], 0);
  EXPECT_EQ(json["best"]["there_on_day"], 21.0);
  EXPECT_GE(json["latest"]["fill_rate"]["low"], 0.95);
  EXPECT_LT(json["without"]["fill_rate"]["low"], 0.95);
  EXPECT_THAT(folder.read("trials.csv"), HasSubstr("under,count,order_day,cost,fill_rate,"));
  EXPECT_THAT(folder.read("page.html"), HasSubstr("<h2>Purchase: hypervisors for Frankfurt"));
}

TEST_F(PurchaseFile, IsAskedUnderEachWhatIf) {
  const std::string half = folder.write(
      "half.json", R"({"name": "half", "patch": {"demand": {"customers": {"factor": 0.3}}}})");
  const cli::Said said = ask_verb("{}", {"--json", "--what-if", half});
  ASSERT_EQ(said.status, cli::Status::good) << said.err;
  const auto json = document::Json::parse(said.out);
  ASSERT_EQ(json["what_ifs"].size(), 1U);
  EXPECT_EQ(json["what_ifs"][0]["under"], "if half");
  EXPECT_LT(json["what_ifs"][0]["best"]["count"], json["best"]["count"]);
}

TEST_F(PurchaseFile, TooFewIsABadAnswer) {
  const cli::Said said = ask_verb(R"({"fill_rate": 1, "most": 1})");
  EXPECT_EQ(said.status, cli::Status::bad_answer);
  EXPECT_THAT(said.out, HasSubstr("  not enough   1 hypervisor, there on day 21.0: "));
}

TEST_F(PurchaseFile, ALeadTimeMayBeALaw) {
  const cli::Said said =
      ask_verb(R"({"lead_time": {"law": "lognormal", "mean": "21d", "sigma": 0.5}})");
  EXPECT_EQ(said.status, cli::Status::good) << said.err;
  EXPECT_THAT(said.out, HasSubstr("(one time in ten later than day "));
}

TEST_F(PurchaseFile, MoneyBuysUntilAnotherOneCostsMoreThanItEarns) {
  const auto bought = [&](const char* monthly) {
    const cli::Said said = ask_verb(
        std::string(R"({"fill_rate": null, "money": true, "most": 6, "monthly": )") + monthly + "}",
        {"--json"});
    EXPECT_EQ(said.status, cli::Status::good) << said.err;
    return document::Json::parse(said.out)["best"]["count"].get<int>();
  };
  EXPECT_EQ(bought("100000"), 0);
  const int dear = bought("150"), cheap = bought("1");
  EXPECT_GT(cheap, 0);
  EXPECT_LE(dear, cheap);
}

TEST_F(PurchaseFile, RefusesWithThePointer) {
  const auto refusal = [&](const char* patch) {
    const cli::Said said = ask_verb(patch);
    EXPECT_EQ(said.status, cli::Status::usage);
    return said.err;
  };
  EXPECT_THAT(refusal(R"({"group": 9})"), HasSubstr(": /group: the plan has no group 9"));
  EXPECT_THAT(refusal(R"({"product": 9})"), HasSubstr(": /product: the plan has no product 9"));
  EXPECT_THAT(refusal(R"({"lead_time": "180d"})"), HasSubstr(": /lead_time: is not shorter"));
  EXPECT_THAT(refusal(R"({"lead_time": "soon"})"), HasSubstr(": /lead_time: "));
  EXPECT_THAT(refusal(R"({"fill_rate": 1.5})"), HasSubstr(": /fill_rate: "));
  EXPECT_THAT(refusal(R"({"fill_rate": null})"), HasSubstr("expected one target: fill_rate"));
  EXPECT_THAT(refusal(R"({"sold_out_at_most": 0.1})"), HasSubstr("expected one target"));
  EXPECT_THAT(refusal(R"({"most": 0})"), HasSubstr(": /most: "));
  EXPECT_THAT(refusal(R"({"hypervisor": null})"), HasSubstr("hypervisor"));
  EXPECT_THAT(refusal(R"({"hypervisor": {"hypervisor": {"id": 3}}})"),
              HasSubstr(": /hypervisor/hypervisor/id: the plan has a hypervisor 3"));
  EXPECT_EQ(ask_verb("{}", {"--precision", "1d"}).status, cli::Status::usage);
}

/// Real runs: every choice of a plan of two offers, beside what the search finds.
TEST_F(PurchaseFile, AgreesWithBruteForceOnAPlan) {
  const auto shape = [](int id, int places) {
    return document::Json{{"hypervisor", {{"id", id}}},
                          {"resources",
                           {{"memory", {{"max", 4096 * places}}},
                            {"cpuCores", {{"max", 96}}},
                            {"localStorage", {{"enabled", 1}, {"max", 4000}}}}}};
  };
  document::Json json{{"format", 1}, {"name", "two shapes"}, {"fill_rate", 0.9}};
  json["offers"]["small"] = {{"group", 1},
                             {"hypervisor", shape(201, 12)},
                             {"lead_time", "5d"},
                             {"most", 3},
                             {"price", 900}};
  json["offers"]["large"] = {{"group", 1},
                             {"hypervisor", shape(301, 30)},
                             {"lead_time", "20d"},
                             {"most", 3},
                             {"price", 2000}};
  const Purchase purchase = read_purchase(folder.write("offers.json", json.dump()));
  const PlanDocument document = read_plan_document(plan_file());
  const Plan base = read_plan(document);
  const auto measure = [&](const PurchaseChoice& choice) {
    const Plan bought = read_plan(document, purchase_patch(document, purchase, choice));
    const Scene scene(bought);
    Outcomes outcomes;
    run_replicates(scene, outcomes, 30, {});
    PurchaseMeasure found;
    found.fill_rate = figures_of(outcomes, std::nullopt).fill_rate;
    return found;
  };
  double cheapest = 1e300;
  for (std::int64_t small = 0; small <= 3; ++small) {
    for (std::int64_t large = 0; large <= 3; ++large) {
      const PurchaseChoice choice{{small, large}, 0};
      if (!reaches_target(purchase, measure(choice))) continue;
      cheapest = std::min(cheapest, cost_of(purchase, choice, base.horizon));
    }
  }
  const PurchaseAnswer answer = search_purchase(purchase, base.horizon, measure);
  ASSERT_TRUE(answer.best);
  EXPECT_GT(answer.best->choice.total(), 0);
  EXPECT_EQ(answer.best->cost, cheapest);
}

}  // namespace
}  // namespace vfstock::sim::forecast
