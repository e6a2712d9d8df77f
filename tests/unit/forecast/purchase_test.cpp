// How many hypervisors, and when: the search, and what is refused where.
#include "sim/forecast/purchase.h"

#include <set>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/cli/command.h"

namespace vfstock::sim::forecast {
namespace {

using ::testing::HasSubstr;

constexpr Time one_day = 86'400'000;

Purchase purchase_of(double fill_rate, std::int64_t most) {
  Purchase purchase;
  purchase.lead_time = 10 * one_day;
  purchase.fill_rate = fill_rate;
  purchase.most = most;
  return purchase;
}

/// Each hypervisor adds a tenth, in proportion to the time that is left of a hundred days.
Estimate shop(std::int64_t count, Time at) {
  const double left = 1 - static_cast<double>(at) / static_cast<double>(100 * one_day);
  const double value = 0.5 + 0.1 * static_cast<double>(count) * left;
  return {value, value - 0.01, value + 0.01, 0.005};
}

// At nine tenths of the time left, n of them reach 0.5 + 0.09 n, less 0.01 for luck.
TEST(Purchase, FindsTheFewestAndTheLatestDay) {
  for (std::int64_t needed = 1; needed <= 40; ++needed) {
    const double target = 0.49 + 0.09 * (static_cast<double>(needed) - 0.5);
    const PurchaseAnswer answer = search_purchase(purchase_of(target, 40), 100 * one_day, shop);
    ASSERT_TRUE(answer.fewest);
    EXPECT_EQ(answer.fewest->count, needed);
    EXPECT_EQ(answer.fewest->at, 10 * one_day);
    ASSERT_TRUE(answer.latest);
    EXPECT_EQ(answer.latest->count, needed);
    EXPECT_GE(shop(needed, answer.latest->at).low, target);
    EXPECT_LT(shop(needed, answer.latest->at + one_day).low, target);
    std::set<std::pair<std::int64_t, Time>> trials;
    for (const PurchaseTrial& trial : answer.trials) {
      EXPECT_TRUE(trials.emplace(trial.count, trial.at).second) << "tried twice";
    }
    EXPECT_LE(answer.trials.size(), 20U);
  }
}

TEST(Purchase, WhatIsMetAlreadyNeedsNone) {
  const PurchaseAnswer answer = search_purchase(purchase_of(0.49, 8), 100 * one_day, shop);
  ASSERT_TRUE(answer.fewest);
  EXPECT_EQ(answer.fewest->count, 0);
  EXPECT_FALSE(answer.latest);
  EXPECT_EQ(answer.trials.size(), 1U);
}

TEST(Purchase, AFillRateThatMayBeLuckIsNotReached) {
  EXPECT_EQ(search_purchase(purchase_of(0.5, 8), 100 * one_day, shop).fewest->count, 1);
}

TEST(Purchase, TheMostMayBeTooFew) {
  const PurchaseAnswer answer = search_purchase(purchase_of(1, 5), 100 * one_day, shop);
  EXPECT_FALSE(answer.fewest);
  EXPECT_FALSE(answer.latest);
  EXPECT_EQ(answer.trials.back().count, 5);
}

struct PurchaseFile : ::testing::Test {
  cli::Folder folder;
  const std::string plan = std::string(VFSTOCK_PLAN_FOLDER) + "/hardware-purchase.json";

  cli::Said ask(const std::string& patch, std::vector<std::string> more = {}) {
    document::Json json =
        document::read_file(std::string(VFSTOCK_PLAN_FOLDER) + "/purchases/frankfurt.json");
    json.merge_patch(document::Json::parse(patch));
    const std::string file = folder.write("purchase.json", json.dump());
    std::vector<std::string> arguments{"forecast", "--purchase", file, "--replicates",
                                       "40",       "--threads",  "1",  plan};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cli::command(arguments);
  }
};

TEST_F(PurchaseFile, AnswersInWordsAndAsData) {
  const cli::Said words = ask("{}");
  EXPECT_EQ(words.status, cli::Status::good) << words.err;
  EXPECT_THAT(words.out, HasSubstr("hypervisors for Frankfurt: 95.0 % of the VPSes wanted"));
  EXPECT_THAT(words.out, HasSubstr("  fewest       "));
  EXPECT_THAT(words.out, HasSubstr("  order by     day "));
  const std::string csv = folder.path() + "/trials.csv";
  const cli::Said data = ask("{}", {"--json", "--csv", csv});
  const auto json = document::Json::parse(data.out);
  EXPECT_EQ(json["format"], 1);
  EXPECT_GT(json["fewest"]["count"], 0);
  EXPECT_EQ(json["fewest"]["there_on_day"], 21.0);
  EXPECT_GE(json["latest"]["fill_rate"]["low"], 0.95);
  EXPECT_LT(json["without"]["fill_rate"]["low"], 0.95);
  EXPECT_THAT(folder.read("trials.csv"), HasSubstr("count,day,fill_rate,low,high\n0,0,"));
}

TEST_F(PurchaseFile, TooFewIsABadAnswer) {
  const cli::Said said = ask(R"({"fill_rate": 1, "most": 1})");
  EXPECT_EQ(said.status, cli::Status::bad_answer);
  EXPECT_THAT(said.out, HasSubstr("  not enough   1 hypervisor, there on day 21.0: "));
}

TEST_F(PurchaseFile, RefusesWithThePointer) {
  const auto refusal = [&](const char* patch) {
    const cli::Said said = ask(patch);
    EXPECT_EQ(said.status, cli::Status::usage);
    return said.err;
  };
  EXPECT_THAT(refusal(R"({"group": 9})"), HasSubstr(": /group: the plan has no group 9"));
  EXPECT_THAT(refusal(R"({"product": 9})"), HasSubstr(": /product: the plan has no product 9"));
  EXPECT_THAT(refusal(R"({"lead_time": "180d"})"), HasSubstr(": /lead_time: is not shorter"));
  EXPECT_THAT(refusal(R"({"lead_time": "soon"})"), HasSubstr(": /lead_time: "));
  EXPECT_THAT(refusal(R"({"fill_rate": 1.5})"), HasSubstr(": /fill_rate: "));
  EXPECT_THAT(refusal(R"({"most": 0})"), HasSubstr(": /most: "));
  EXPECT_THAT(refusal(R"({"hypervisor": null})"), HasSubstr("hypervisor"));
  EXPECT_THAT(refusal(R"({"hypervisor": {"hypervisor": {"id": 3}}})"),
              HasSubstr(": /hypervisor/hypervisor/id: the plan has a hypervisor 3"));
  EXPECT_EQ(ask("{}", {"--precision", "1d"}).status, cli::Status::usage);
}

}  // namespace
}  // namespace vfstock::sim::forecast
