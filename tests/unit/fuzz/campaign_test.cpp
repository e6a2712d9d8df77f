// A campaign gives the same whatever its threads, stops at the first violation, and counts.
#include "sim/fuzz/campaign.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "sim/fuzz/witness.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

Json usual(std::uint64_t run) { return generate(9, run, 12); }

/// Every tenth timeline expects what is not so.
Json wrong_at_tens(std::uint64_t run) {
  Json json = usual(run);
  if (run % 10 != 9) return json;
  Json step;
  step["at"] = "0s";
  step["expect"] = {{"product", 1}, {"qty", -77}};
  json["timeline"].insert(json["timeline"].begin(), step);
  return json;
}

CampaignOptions options(std::uint64_t runs, int jobs) {
  CampaignOptions chosen;
  chosen.runs = runs;
  chosen.jobs = jobs;
  return chosen;
}

TEST(Campaign, GivesTheSameOnAnyNumberOfThreads) {
  const CampaignResult one = run_campaign(usual, options(150, 1));
  const CampaignResult three = run_campaign(usual, options(150, 3));
  EXPECT_EQ(one.fingerprint, three.fingerprint);
  EXPECT_EQ(one.runs, 150U);
  EXPECT_EQ(one.requests, three.requests);
  EXPECT_EQ(one.coverage.faults, three.coverage.faults);
  EXPECT_EQ(one.coverage.probes, three.coverage.probes);
  EXPECT_FALSE(one.hit);
}

TEST(Campaign, StopsAtTheFirstViolation) {
  for (const int jobs : {1, 3}) {
    const CampaignResult result = run_campaign(wrong_at_tens, options(150, jobs));
    ASSERT_TRUE(result.hit);
    EXPECT_EQ(result.hit->run, 9U);
    EXPECT_EQ(result.runs, 10U);
    EXPECT_EQ(result.hit->outcome.findings.front().invariant, "expect");
  }
}

TEST(Campaign, CountsEveryViolationWhenItGoesOn) {
  CampaignOptions chosen = options(30, 2);
  chosen.keep_going = true;
  const CampaignResult result = run_campaign(wrong_at_tens, chosen);
  EXPECT_EQ(result.runs, 30U);
  EXPECT_EQ(result.violated.at("expect").runs, 3U);
  EXPECT_EQ(result.violated.at("expect").alone, 3U);
  EXPECT_EQ(result.violated.at("expect").first_run, 9U);
}

TEST(Campaign, EndsWhenItIsEnough) {
  CampaignOptions chosen = options(100'000, 1);
  chosen.is_enough = [](std::uint64_t done) { return done >= 60; };
  EXPECT_EQ(run_campaign(usual, chosen).runs, 64U);
}

TEST(Campaign, SeesFaultsAndRarePaths) {
  const CampaignResult result = run_campaign(usual, options(60, 1));
  EXPECT_FALSE(result.coverage.faults.empty());
  EXPECT_GT(result.coverage.probes.at("decision: capacity"), 0U);
  for (const auto& [path, visits] : result.coverage.probes) {
    EXPECT_EQ(std::count(rare_paths().begin(), rare_paths().end(), path), 1) << path;
  }
}

TEST(Witness, IsASmallScenarioOfWhatWasFound) {
  const Witness witness =
      make_witness(wrong_at_tens(9), "expect", scenario::TransportKind::direct, "Run 9");
  EXPECT_EQ(witness.steps, 1);
  EXPECT_EQ(witness.finding.invariant, "expect");
  const Json read = document::parse(witness_text(witness.scenario), "witness");
  EXPECT_EQ(read, witness.scenario);
  const Outcome again = run_trial(read, scenario::TransportKind::direct);
  EXPECT_NE(again.of("expect"), nullptr);
  EXPECT_TRUE(again.misfits.empty());
}

}  // namespace
}  // namespace vfstock::sim::fuzz
