// Generated timelines are scenarios, repeat, differ, and end with everything healed.
#include "sim/fuzz/timeline.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "sim/document/schemas.h"
#include "sim/fuzz/mood.h"
#include "sim/fuzz/trial.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

TEST(Timeline, IsAScenarioThatTheSchemaAccepts) {
  for (std::uint64_t run = 0; run < 200; ++run) {
    const Json json = generate(1, run);
    EXPECT_NO_THROW(
        document::published_schemas().check("scenario.schema.json", json, std::to_string(run)));
  }
}

TEST(Timeline, IsTheSameForTheSameSeedAndRunOnly) {
  EXPECT_EQ(generate(1, 5), generate(1, 5));
  EXPECT_NE(generate(1, 5), generate(1, 6));
  EXPECT_NE(generate(1, 5), generate(2, 5));
}

TEST(Timeline, HasItsStepsAndThenALivenessPhase) {
  const Json timeline = generate(3, 1, 20)["timeline"];
  ASSERT_EQ(timeline.size(), 22U);
  EXPECT_EQ(timeline[20]["heal"], Json::object());
  EXPECT_EQ(timeline[21]["cron"]["every"], "2h");
}

TEST(Timeline, StaysWithinASmallWorld) {
  int many = 0;
  for (std::uint64_t run = 0; run < 200; ++run) {
    const Json json = generate(2, run);
    std::size_t hypervisors = 0;
    for (const Json& group : json["panel"]["groups"]) hypervisors += group["hypervisors"].size();
    EXPECT_LE(hypervisors, 3U);
    EXPECT_LE(json["panel"]["groups"].size(), 2U);
    EXPECT_LE(json["shop"]["products"].size(), 12U);
    many += json["shop"]["products"].size() > 3 ? 1 : 0;
  }
  EXPECT_GT(many, 0);
  EXPECT_LT(many, 20);
}

TEST(Timeline, LeavesKindsOfStepsOutOfSomeRuns) {
  std::set<std::string> ever;
  std::size_t least = 100;
  for (std::uint64_t run = 0; run < 50; ++run) {
    std::set<std::string> verbs;
    const Json timeline = generate(4, run)["timeline"];
    for (const Json& step : timeline) {
      for (const auto& [key, body] : step.items()) {
        if (key != "at") verbs.insert(key);
      }
    }
    ever.insert(verbs.begin(), verbs.end());
    least = std::min(least, verbs.size());
  }
  EXPECT_EQ(ever.size(), 16U);
  EXPECT_LT(least, 10U);
}

TEST(Timeline, LetsSweepsMeetFaultsWhenNothingIsRemembered) {
  int met = 0;
  int faults = 0;
  for (std::uint64_t run = 0; run < 200; ++run) {
    const Json timeline = generate(6, run)["timeline"];
    for (std::size_t i = 0; i + 1 < timeline.size(); ++i) {
      if (!timeline[i].contains("fail")) continue;
      ++faults;
      const Json& next = timeline[i + 1];
      const bool sweeps = next.contains("recalculate") || next.contains("cron");
      met += sweeps && next["at"] == timeline[i]["at"] ? 1 : 0;
    }
  }
  EXPECT_GT(met, faults / 4);
  EXPECT_LT(met, faults * 3 / 4);
}

TEST(Timeline, LetsASlowPanelBeSlowWhateverItIsAskedMostOften) {
  int everywhere = 0;
  int slow = 0;
  for (std::uint64_t run = 0; run < 400; ++run) {
    const Json timeline = generate(6, run)["timeline"];
    for (const Json& step : timeline) {
      if (!step.contains("fail") || step["fail"].value("delay", "") != "29s") continue;
      ++slow;
      const Json& fault = step["fail"];
      const bool limited = fault.contains("path") || fault.contains("page") ||
                           fault.contains("count") || fault.contains("nth");
      everywhere += limited ? 0 : 1;
    }
  }
  EXPECT_GT(everywhere, slow / 2);
  EXPECT_LT(everywhere, slow);
}

TEST(Timeline, ViolatesNothing) {
  for (std::uint64_t run = 0; run < 100; ++run) {
    const Outcome outcome = run_trial(generate(5, run), scenario::TransportKind::direct);
    EXPECT_TRUE(outcome.findings.empty())
        << run << ": " << outcome.findings.front().invariant << outcome.findings.front().detail;
  }
}

TEST(Durations, AreWrittenInTheirGreatestUnit) {
  using namespace std::chrono_literals;
  EXPECT_EQ(duration_text(0ms), "0s");
  EXPECT_EQ(duration_text(1500ms), "1500ms");
  EXPECT_EQ(duration_text(90s), "90s");
  EXPECT_EQ(duration_text(5min), "5m");
  EXPECT_EQ(duration_text(2h), "2h");
}

}  // namespace
}  // namespace vfstock::sim::fuzz
