#include "sim/report/terminal.h"

#include <fmt/format.h>

#include "sim/report/clean_text.h"

namespace vfstock::sim::report {

namespace {

constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view plain = "\x1b[0m";

std::string verdict(bool passed, bool colours) {
  const std::string_view word = passed ? "pass" : "FAIL";
  if (!colours) return std::string(word);
  return fmt::format("{}{}{}", passed ? green : red, word, plain);
}

void print_violations(const ScenarioResult& result, std::ostream& out) {
  for (const ViolationLine& violation : result.violations) {
    out << fmt::format("      {}  {} {}: {}\n", violation.at, violation.invariant,
                       violation.verdict, clean(violation.detail));
  }
}

}  // namespace

void print_replay(std::span<const ScenarioResult> results, std::ostream& out, bool colours) {
  std::size_t passed = 0;
  for (const ScenarioResult& result : results) {
    passed += result.passed ? 1 : 0;
    const std::string oversold = result.oversold_places > 0
                                     ? fmt::format("  [{} places oversold]", result.oversold_places)
                                     : "";
    out << fmt::format("{}  {}{}\n", verdict(result.passed, colours), clean(result.name), oversold);
    if (result.passed) continue;
    out << "      " << clean(result.file) << "\n";
    print_violations(result, out);
  }
  out << fmt::format("{} passed, {} failed\n", passed, results.size() - passed);
}

}  // namespace vfstock::sim::report
