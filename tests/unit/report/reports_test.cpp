#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/report/github.h"
#include "sim/report/html.h"
#include "sim/report/json_report.h"
#include "sim/report/junit.h"
#include "sim/report/terminal.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ScenarioResult passed() {
  ScenarioResult result;
  result.name = "Stock stays honest";
  result.file = "a.json";
  result.passed = true;
  result.events = 4;
  result.products = {{1, 12, 3}, {2, std::nullopt, 0}};
  result.panel_requests = 9;
  result.fingerprint = "00ff";
  return result;
}

ScenarioResult hostile() {
  ScenarioResult result;
  result.name = "\"<b>&]]>\n100%,x:y";
  result.file = "b,c:d.json";
  result.violations = {{"3h", "truth-on-found", "violated", "qty 5 & not <7>\nnext"}};
  result.transcript = {"<script>"};
  return result;
}

TEST(JsonReport, HoldsEveryDocumentedField) {
  const auto json = replay_json(std::vector{passed(), hostile()});
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["passed"], 1);
  EXPECT_EQ(json["failed"], 1);
  const auto& first = json["scenarios"][0];
  EXPECT_EQ(first["products"][0]["qty"], 12);
  EXPECT_TRUE(first["products"][1]["qty"].is_null());
  EXPECT_EQ(first["panel_requests"], 9);
  EXPECT_EQ(first["events"], 4);
  EXPECT_EQ(first["fingerprint"], "00ff");
  EXPECT_EQ(json["scenarios"][1]["violations"][0]["invariant"], "truth-on-found");
}

TEST(JunitReport, EscapesWhatXmlWouldReadAsMarkup) {
  const std::string xml = junit_xml(std::vector{passed(), hostile()});
  EXPECT_THAT(xml, HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(xml, HasSubstr("&quot;&lt;b&gt;&amp;]]&gt;"));
  EXPECT_THAT(xml, Not(HasSubstr("<b>")));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"truth-on-found\">"));
}

TEST(GithubReport, EncodesWhatWouldEndTheCommand) {
  const std::string commands = github_commands(std::vector{passed(), hostile()});
  EXPECT_THAT(commands, HasSubstr("file=b%2Cc%3Ad.json,"));
  EXPECT_THAT(commands, HasSubstr("100%25%2Cx%3Ay"));
  EXPECT_EQ(std::count(commands.begin(), commands.end(), '\n'), 1);
}

TEST(GithubReport, SaysNothingWhenAllPassed) {
  EXPECT_EQ(github_commands(std::vector{passed()}), "");
}

TEST(TerminalReport, TellsTheStoryOfFailuresOnly) {
  std::ostringstream out;
  ScenarioResult oversold = passed();
  oversold.oversold_places = 7;
  oversold.violations = {{"1h", "provisionable", "violated", "wanted by violates"}};
  print_replay(std::vector{oversold, hostile()}, out, false);
  EXPECT_THAT(out.str(), HasSubstr("pass  Stock stays honest  [7 places oversold]"));
  EXPECT_THAT(out.str(), Not(HasSubstr("wanted by violates")));
  EXPECT_THAT(out.str(), HasSubstr("3h  truth-on-found violated: qty 5"));
  EXPECT_THAT(out.str(), HasSubstr("1 passed, 1 failed\n"));
  EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
}

TEST(HtmlReport, EscapesEverythingThatComesFromScenarios) {
  const std::string page = replay_page(std::vector{passed(), hostile()});
  EXPECT_THAT(page, HasSubstr("1 of 2 scenarios passed"));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, HasSubstr("qty 5 &amp; not &lt;7&gt;"));
}

}  // namespace
}  // namespace vfstock::sim::report
