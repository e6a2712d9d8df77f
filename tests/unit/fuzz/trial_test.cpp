// Timelines that generated search has come upon, and on which the checker must agree with a right
// engine.
#include "sim/fuzz/trial.h"

#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock::sim::fuzz {
namespace {

std::vector<std::string> violated(std::string_view scenario) {
  std::vector<std::string> ids;
  const Outcome outcome =
      run_trial(document::parse(scenario, "test"), scenario::TransportKind::direct);
  for (const Finding& finding : outcome.findings) ids.push_back(finding.invariant);
  return ids;
}

// What the order needs is not known while its package's 404 waits for a probe; nor is then what is
// left for the product beside it.
TEST(Trial, AllowsAKeepWhileAnOrdersPackageWaitsForAProbe) {
  EXPECT_THAT(violated(R"({"name": "n", "description": "d",
    "panel": {"packages": [{"id": 2}], "groups": []},
    "shop": {"products": [
      {"id": 1, "configoption1": "1", "configoption2": "1", "qty": 1},
      {"id": 2, "configoption1": "1", "configoption2": "2", "qty": 1}]},
    "policy": {"reserve_pending": true},
    "timeline": [
      {"at": "0s", "order": {"services": [{"product": 1}]}},
      {"at": "0s", "fail": {"kind": "two-lengths", "nth": 1}},
      {"at": "0s", "recalculate": {}},
      {"at": "0s", "cron": {}}]})"),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace vfstock::sim::fuzz
