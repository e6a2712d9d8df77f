#include "sim/report/terminal.h"

#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/hostile_result.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string printed(const std::vector<ScenarioResult>& results, bool colours = false) {
  std::ostringstream out;
  print_replay(results, out, colours);
  return out.str();
}

TEST(TerminalReport, IsBriefAboutWhatPassedAndTellsWhatFailed) {
  EXPECT_EQ(printed({passed_result(), failed_result()}),
            "pass  A quiet day\n"
            "FAIL  A bad day\n"
            "      scenarios/bad.json\n"
            "      5m  keep-on-unavailable violated: product 3: qty 12 -> 0\n"
            "      6m  provisionable unknown: product 4\n"
            "1 passed, 1 failed\n");
}

TEST(TerminalReport, TellsOfOversoldPlacesEvenWhereThePolicyAllowsThem) {
  ScenarioResult result = passed_result();
  result.oversold_places = 7;
  EXPECT_THAT(printed({result}), HasSubstr("7 places oversold"));
}

TEST(TerminalReport, IsSilentAboutViolationsThatAScenarioAskedFor) {
  ScenarioResult result = failed_result();
  result.passed = true;
  EXPECT_EQ(printed({result}), "pass  A bad day\n1 passed, 0 failed\n");
}

TEST(TerminalReport, IsColouredOnlyWhenAsked) {
  EXPECT_THAT(printed({passed_result()}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(printed({passed_result()}, true), HasSubstr("\x1b[32mpass\x1b[0m"));
  EXPECT_THAT(printed({failed_result()}, true), HasSubstr("\x1b[31mFAIL\x1b[0m"));
}

TEST(TerminalReport, LetsNoNameOrDetailReachTheTerminalsControls) {
  EXPECT_THAT(printed({hostile_result()}), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace vfstock::sim::report
