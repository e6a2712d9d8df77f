// What a scenario arms and never reaches proves nothing: its verdict is unknown, which fails it.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/replay.h"
#include "tests/integration/replay/sweep_under.h"

namespace vfstock::sim::scenario {
namespace {

using ::testing::HasSubstr;

report::ScenarioResult played(const std::string& timeline) {
  const ScenarioFile file("reached",
                          R"({"name": "n", "description": "d", "fleet": ")" VFSTOCK_SCENARIO_FOLDER
                          R"(/fleets/small-shop.json", "timeline": [)" +
                              timeline + "]}");
  return replay(read_scenario(file.path()), TransportKind::direct);
}

void expect_unknown(const report::ScenarioResult& result, const std::string& detail) {
  EXPECT_FALSE(result.passed);
  ASSERT_EQ(result.violations.size(), 1u);
  EXPECT_EQ(result.violations[0].verdict, "unknown");
  EXPECT_THAT(result.violations[0].detail, HasSubstr(detail));
}

TEST(Reached, AFaultThatMeetsARequestIsNoMatter) {
  EXPECT_TRUE(
      played(R"({"at": "0s", "fail": {"kind": "status", "status": 500, "path": "/packages/1"}},
                        {"at": "1h", "cron": {}})")
          .passed);
}

TEST(Reached, AFaultBetweenTwoSweepsMeetsNothing) {
  expect_unknown(played(R"({"at": "0s", "cron": {}},
      {"at": "1h", "fail": {"kind": "status", "status": 500, "path": "/packages/1"}},
      {"at": "2h", "heal": {}}, {"at": "3h", "cron": {}})"),
                 "/timeline/1");
}

TEST(Reached, AFaultAfterTheLastSweepMeetsNothing) {
  expect_unknown(played(R"({"at": "0s", "cron": {}},
      {"at": "1h", "fail": {"kind": "status", "status": 500, "path": "/packages/1"}})"),
                 "/timeline/1");
}

TEST(Reached, AStoreThatFailsBetweenTwoSweepsSpoilsNothing) {
  for (const std::string kind : {"reads", "writes", "row-changed"}) {
    expect_unknown(played(R"({"at": "0s", "cron": {}},
        {"at": "1h", "store-fail": {"kind": ")" +
                          kind + R"(", "for": "10m"}}, {"at": "3h", "cron": {}})"),
                   "/timeline/1");
  }
}

TEST(Reached, AcceptanceThatFailsWithoutAnOrderSpoilsNothing) {
  expect_unknown(
      played(R"({"at": "0s", "store-fail": {"kind": "acceptance"}}, {"at": "1h", "cron": {}})"),
      "/timeline/0");
}

TEST(Reached, AStoreFaultThatAnotherReplacesIsJudgedByItself) {
  expect_unknown(played(R"({"at": "0s", "store-fail": {"kind": "reads"}},
      {"at": "10m", "store-fail": {"kind": "writes"}}, {"at": "1h", "cron": {}})"),
                 "/timeline/0");
}

TEST(Reached, AScenarioInWhichNothingIsDecidedOrExpected) {
  expect_unknown(
      played(R"({"at": "0s", "provision-outside": {"package": 2, "group": 1, "count": 1}})"),
      "nothing was decided");
}

}  // namespace
}  // namespace vfstock::sim::scenario
