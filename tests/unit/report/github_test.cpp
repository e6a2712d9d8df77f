#include "sim/report/github.h"

#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/hostile_result.h"

namespace vfstock::sim::report {
namespace {

TEST(GitHubReport, HasALineForEachViolation) {
  EXPECT_EQ(github_commands(std::vector{passed_result(), failed_result()}),
            "::error file=scenarios/bad.json,title=A bad day::"
            "5m keep-on-unavailable violated: product 3: qty 12 -> 0\n"
            "::error file=scenarios/bad.json,title=A bad day::"
            "6m provisionable unknown: product 4\n");
}

TEST(GitHubReport, IsEmptyWhenAllPassed) {
  EXPECT_EQ(github_commands(std::vector{passed_result()}), "");
}

TEST(GitHubReport, NamesAFailureWithoutAViolation) {
  ScenarioResult result = failed_result();
  result.violations.clear();
  EXPECT_EQ(github_commands(std::vector{result}),
            "::error file=scenarios/bad.json,title=A bad day::the scenario failed\n");
}

TEST(GitHubReport, LetsNoTextEndTheLineOrTheProperties) {
  const std::string commands = github_commands(std::vector{hostile_result()});
  EXPECT_EQ(std::ranges::count(commands, '\n'), 1);
  EXPECT_EQ(std::ranges::count(commands, '\r'), 0);
  EXPECT_TRUE(commands.starts_with(
      "::error file=odd%2Cname%3A%25.json,title=\"quoted\" <b> & 100 %25%2C a%3A b ]]>%0A"
      "%3A%3Aerror%3A%3Afake::5m truth-on-found violated: line one"))
      << commands;
  EXPECT_THAT(commands, ::testing::HasSubstr("50%25"));
}

}  // namespace
}  // namespace vfstock::sim::report
