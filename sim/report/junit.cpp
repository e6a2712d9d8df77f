#include "sim/report/junit.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {

namespace {

std::string story(const ScenarioResult& result) {
  std::string text;
  for (const ViolationLine& violation : result.violations) {
    text += fmt::format("{} {} {}: {}\n", violation.at, violation.invariant, violation.verdict,
                        violation.detail);
  }
  return text;
}

std::string test_case(const ScenarioResult& result) {
  const std::string head =
      fmt::format("  <testcase classname=\"vfstock.replay\" name=\"{}\" file=\"{}\"",
                  escaped(result.name), escaped(result.file));
  if (result.passed) return head + "/>\n";
  const std::string first =
      result.violations.empty() ? "failed" : result.violations.front().invariant;
  return fmt::format("{}>\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n", head,
                     escaped(first), escaped(story(result)));
}

}  // namespace

std::string junit_xml(std::span<const ScenarioResult> results) {
  const auto failures = std::count_if(results.begin(), results.end(),
                                      [](const ScenarioResult& result) { return !result.passed; });
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"vfstock replay\" tests=\"{}\" "
      "failures=\"{}\">\n",
      results.size(), failures);
  for (const ScenarioResult& result : results) xml += test_case(result);
  return xml + "</testsuite>\n";
}

}  // namespace vfstock::sim::report
