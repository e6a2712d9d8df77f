// Policy studies: what is swept, which policies are efficient.
#include "sim/forecast/policy_study.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace vfstock::sim::forecast {
namespace {

PolicyResult result_of(std::string name, double lost, double oversold) {
  PolicyResult result;
  result.name = std::move(name);
  result.lost = {lost, lost, lost, 0};
  result.oversold = {oversold, oversold, oversold, 0};
  result.lost_each = {lost, lost};
  result.oversold_each = {oversold, oversold};
  return result;
}

TEST(PolicyStudy, SweepsEveryTunable) {
  const auto names = policy_tunables();
  for (const char* const name : {"buffer", "cache", "event-limit", "trailing", "retry",
                                 "cron-interval", "reservation", "address-rule"}) {
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
}

TEST(PolicyStudy, EveryVariationChangesThePlanAndSaysSo) {
  Plan plan;
  plan.shop.products.emplace_back();
  plan.shop.products[0].configoption7 = "10";
  std::set<std::string> names;
  for (const PolicyVariation& one : policy_variations(plan, policy_tunables())) {
    EXPECT_TRUE(names.insert(one.tunable + " " + one.value).second);
    if (one.tunable == "preset") continue;
    EXPECT_FALSE(one.is_there(plan)) << one.tunable << one.value;
    Plan changed = plan;
    one.apply(changed);
    EXPECT_TRUE(one.is_there(changed)) << one.tunable << one.value;
  }
  EXPECT_FALSE(names.contains("buffer 10 %")) << "the plan's own";
  EXPECT_TRUE(names.contains("buffer 5 %"));
  EXPECT_THROW(policy_variations(plan, {"bufer"}), std::invalid_argument);
}

TEST(PolicyStudy, EfficientIsWhatNoOtherBeatsInBoth) {
  std::vector<PolicyResult> results{result_of("as planned", 5, 2), result_of("few lost", 1, 8),
                                    result_of("worse", 6, 3), result_of("few oversold", 9, 0),
                                    result_of("the same", 5, 2)};
  compare_policies(results);
  EXPECT_TRUE(results[0].is_efficient);
  EXPECT_FALSE(results[2].is_efficient);
  EXPECT_EQ(results[1].lost_less.value, -4);
  EXPECT_EQ(policy_frontier(results), (std::vector<std::size_t>{3, 0, 1}));
}

}  // namespace
}  // namespace vfstock::sim::forecast
