#include "sim/report/junit.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/report/hostile_result.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(JUnitReport, HasACaseForEachScenario) {
  const std::vector results{passed_result(), failed_result()};
  EXPECT_EQ(junit_xml(results),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuite name=\"vfstock replay\" tests=\"2\" failures=\"1\">\n"
            "  <testcase classname=\"vfstock.replay\" name=\"A quiet day\" "
            "file=\"scenarios/quiet.json\"/>\n"
            "  <testcase classname=\"vfstock.replay\" name=\"A bad day\" "
            "file=\"scenarios/bad.json\">\n"
            "    <failure message=\"keep-on-unavailable\">"
            "5m keep-on-unavailable violated: product 3: qty 12 -&gt; 0&#10;"
            "6m provisionable unknown: product 4&#10;</failure>\n"
            "  </testcase>\n"
            "</testsuite>\n");
}

TEST(JUnitReport, SaysThatAScenarioFailedEvenWithoutAViolation) {
  ScenarioResult result = failed_result();
  result.violations.clear();
  EXPECT_THAT(junit_xml(std::vector{result}), HasSubstr("<failure message=\"failed\">"));
}

TEST(JUnitReport, SurvivesHostileNames) {
  const std::string xml = junit_xml(std::vector{hostile_result()});
  EXPECT_THAT(xml, HasSubstr("name=\"&quot;quoted&quot; &lt;b&gt; &amp; 100 %, a: b ]]&gt;&#10;"));
  EXPECT_THAT(xml, Not(HasSubstr("]]>")));
  EXPECT_THAT(xml, Not(HasSubstr("<script>")));
  EXPECT_THAT(xml, Not(HasSubstr("\x1b")));
  EXPECT_THAT(xml, Not(HasSubstr("\xFF")));
}

}  // namespace
}  // namespace vfstock::sim::report
