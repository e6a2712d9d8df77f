// The engine starts anew after each step of every published timeline, with what it saved and
// without: whatever the scenario shows, no invariant is violated.
#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "sim/cli/scenario_files.h"
#include "sim/scenario/replay.h"

namespace vfstock::sim::scenario {
namespace {

/// The timeline without what it expects: a restart rightly changes counts and causes.
Scenario without_expectations(Scenario scenario) {
  std::erase_if(scenario.timeline,
                [](const Step& step) { return std::holds_alternative<Expect>(step.action); });
  return scenario;
}

Scenario restarted_after(const Scenario& scenario, std::size_t step, bool state_lost) {
  Scenario changed = scenario;
  Step restart = scenario.timeline[step];
  restart.verb = "restart";
  restart.action = Restart{state_lost};
  changed.timeline.insert(changed.timeline.begin() + static_cast<std::ptrdiff_t>(step) + 1,
                          restart);
  return changed;
}

class EveryTimeline : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(EveryTimeline, SurvivesARestartAtEachStep) {
  const Scenario scenario = without_expectations(read_scenario(GetParam()));
  constexpr std::size_t steps_max = 40;
  const std::size_t size = scenario.timeline.size();
  // Of a timeline of hundreds of steps a few restarts are enough; each replays it whole.
  const std::size_t stride = size > 200 ? size / 4 : 1 + size / steps_max;
  for (std::size_t step = 0; step < scenario.timeline.size(); step += stride) {
    for (const bool state_lost : {false, true}) {
      const report::ScenarioResult result =
          replay(restarted_after(scenario, step, state_lost), TransportKind::direct);
      for (const auto& violation : result.violations) {
        // A restart may leave a fault without a request to meet.
        if (violation.invariant == "expect" && violation.verdict == "unknown") continue;
        ADD_FAILURE() << "restart after step " << step << (state_lost ? ", state lost: " : ": ")
                      << violation.at << " " << violation.invariant << " " << violation.detail;
      }
    }
  }
}

/// Those that violate something show what goes wrong under other rules.
std::vector<std::filesystem::path> timelines_that_hold() {
  auto files = cli::scenario_files({VFSTOCK_SCENARIO_FOLDER});
  std::erase_if(files, [](const auto& file) { return !read_scenario(file).violates.empty(); });
  return files;
}

std::string test_name(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, EveryTimeline, ::testing::ValuesIn(timelines_that_hold()),
                         test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
