// Every kind of fault meets a sweep, over real sockets and in process: the same decisions, no
// invariant violated, and the truth once the fault is over.
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "mockpanel/faults/kind.h"
#include "sim/scenario/replay.h"
#include "tests/integration/replay/sweep_under.h"

namespace vfstock::sim::scenario {
namespace {

void agree(const std::string& name, std::string_view kind, const std::string& where,
           const std::string& preset) {
  SCOPED_TRACE(where + " under " + preset);
  const ScenarioFile file(name, timeline_under(kind, where, preset));
  const Scenario scenario = read_scenario(file.path());
  const report::ScenarioResult direct = replay(scenario, TransportKind::direct);
  const report::ScenarioResult http = replay(scenario, TransportKind::http);
  for (const auto* result : {&direct, &http}) {
    for (const auto& violation : result->violations) {
      ADD_FAILURE() << (result == &direct ? "direct " : "http ") << violation.at << " "
                    << violation.invariant << " " << violation.verdict << ": " << violation.detail;
    }
  }
  EXPECT_EQ(direct.fingerprint, http.fingerprint);
  EXPECT_EQ(direct.panel_requests, http.panel_requests);
  if (!::testing::Test::HasFailure()) return;
  for (const std::string& line : http.transcript) fmt::print("  {}\n", line);
}

class EveryKind : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryKind, MeetsTheSameDecisionsOnBothTransports) {
  std::string name(GetParam());
  agree(name, GetParam(), R"("path": "/packages/1")", "default");
  agree(name, GetParam(), R"("path": "/compute/hypervisors/groups/1/resources")", "default");
  agree(name, GetParam(), R"("path": "/compute/hypervisors/groups/*/resources", "page": 2)",
        "default");
  agree(name, GetParam(), R"("probability": 0.5, "seed": 7)", "strict");
  agree(name, GetParam(), R"("path": "/connect")", "default");
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, ::testing::ValuesIn(mockpanel::faults::kind_names()),
                         test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
