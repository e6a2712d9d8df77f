// Thresholds in plans: met, not met, and not known.
#include "sim/forecast/expectations.h"

#include <gtest/gtest.h>

#include "sim/document/document.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::forecast {
namespace {

Outcomes outcomes_of(int sold, int runs) {
  Outcomes outcomes(static_cast<std::size_t>(runs));
  for (int i = 0; i < runs; ++i) {
    ProductOutcome product;
    product.wanted = product.served = 10;
    product.sold_out_at = i < sold ? 5 * day_ms : -1;
    outcomes[static_cast<std::size_t>(i)].products = {product};
  }
  return outcomes;
}

Verdict::Is judged(int sold, int runs, Time within) {
  Plan plan;
  plan.shop.products.emplace_back();
  plan.panel.groups[1].id = 1;
  Expectation expected;
  expected.sold_out_within = within;
  expected.probability_at_most = 0.1;
  plan.expectations = {expected};
  const Scene scene(plan);
  return verdicts_of(scene, outcomes_of(sold, runs)).at(0).is;
}

constexpr Time ten_days = 864'000'000;

TEST(Expectations, TheUnfavourableEndDecides) {
  EXPECT_EQ(judged(50, 1000, ten_days), Verdict::Is::met);
  EXPECT_EQ(judged(150, 1000, ten_days), Verdict::Is::not_met);
  EXPECT_EQ(judged(95, 1000, ten_days), Verdict::Is::unknown);
  EXPECT_EQ(judged(0, 10, ten_days), Verdict::Is::unknown) << "ten runs know little";
  EXPECT_EQ(judged(1000, 1000, ten_days / 10), Verdict::Is::met) << "none is sold out by day 1";
}

struct ExpectVerb : ::testing::Test {
  cli::Folder folder;
  const std::string plan = std::string(VFSTOCK_PLAN_FOLDER) + "/hardware-purchase.json";

  cli::Said ask(const std::string& expect) {
    document::Json json = document::read_file(plan);
    json["expect"] = document::Json::parse(expect);
    json.erase("what_ifs");
    const std::string file = folder.write("plan.json", json.dump());
    return cli::command({"forecast", "--replicates", "100", file});
  }
};

TEST_F(ExpectVerb, DecidesTheExitStatus) {
  const cli::Said good =
      ask(R"({"sold_out_within": "10d", "probability_at_most": 0.1, "product": 1})");
  EXPECT_EQ(good.status, cli::Status::good) << good.err;
  EXPECT_NE(good.out.find("in at most 10 % of the runs: met: 0 %"), std::string::npos) << good.out;
  const cli::Said bad = ask(R"([{"sold_out_within": "180d", "probability_at_most": 0.1},
                                {"fill_rate_at_least": 0.01}])");
  EXPECT_EQ(bad.status, cli::Status::bad_answer);
  EXPECT_NE(bad.out.find("of the runs: not met: "), std::string::npos) << bad.out;
  EXPECT_NE(bad.out.find("a fill rate of at least 1 %: met: "), std::string::npos) << bad.out;
}

TEST_F(ExpectVerb, IsRefusedWithItsPlace) {
  const auto refusal = [&](const char* expect) {
    const cli::Said said = ask(expect);
    EXPECT_EQ(said.status, cli::Status::usage);
    return said.err;
  };
  EXPECT_NE(refusal(R"({"sold_out_within": "9d"})").find("/expect: expected sold_out_within and"),
            std::string::npos);
  EXPECT_NE(refusal(R"([{"fill_rate_at_least": 0.5, "product": 7}])")
                .find("/expect/0/product: there is no product 7"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"sold_out_within": "900d", "probability_at_most": 0.1})")
                .find("/expect/sold_out_within: is beyond the horizon"),
            std::string::npos);
}

}  // namespace
}  // namespace vfstock::sim::forecast
