// Every scenario over real sockets and in process: the same decisions, and each as it should be.
#include <gtest/gtest.h>

#include "sim/cli/scenario_files.h"
#include "sim/scenario/replay.h"

namespace vfstock::sim::scenario {
namespace {

class EveryScenario : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(EveryScenario, DecidesTheSameOverBothTransports) {
  const Scenario scenario = read_scenario(GetParam());
  const report::ScenarioResult direct = replay(scenario, TransportKind::direct);
  const report::ScenarioResult http = replay(scenario, TransportKind::http);
  EXPECT_TRUE(direct.passed);
  EXPECT_TRUE(http.passed);
  EXPECT_EQ(direct.fingerprint, http.fingerprint);
  EXPECT_EQ(direct.panel_requests, http.panel_requests);
}

TEST_P(EveryScenario, DecidesTheSameTwice) {
  const Scenario scenario = read_scenario(GetParam());
  EXPECT_EQ(replay(scenario, TransportKind::direct).fingerprint,
            replay(scenario, TransportKind::direct).fingerprint);
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, EveryScenario,
                         ::testing::ValuesIn(cli::scenario_files({VFSTOCK_SCENARIO_FOLDER})),
                         test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
