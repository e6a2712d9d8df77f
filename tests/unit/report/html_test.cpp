#include "sim/report/html.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/hostile_result.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReplayPage, OpensWhatFailedAndFoldsWhatPassed) {
  const std::string page = replay_page(std::vector{passed_result(), failed_result()});
  EXPECT_THAT(page, HasSubstr("1 of 2 scenarios passed"));
  EXPECT_THAT(page, HasSubstr("<details class=\"passed\"><summary><b>passed</b> A quiet day"));
  EXPECT_THAT(page, HasSubstr("<details class=\"failed\" open>"));
  EXPECT_THAT(page, HasSubstr("product 3: qty 12 -&gt; 0"));
}

TEST(ReplayPage, LoadsNothingAndRunsNothing) {
  const std::string page = replay_page(std::vector{failed_result()});
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(HasSubstr("http")));
}

TEST(ReplayPage, SurvivesHostileNames) {
  ScenarioResult result = hostile_result();
  result.transcript = {"5m  </pre><script>alert(1)</script>"};
  const std::string page = replay_page(std::vector{result});
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, HasSubstr("&lt;/pre&gt;&lt;script&gt;"));
}

}  // namespace
}  // namespace vfstock::sim::report
