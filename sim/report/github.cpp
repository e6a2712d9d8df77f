#include "sim/report/github.h"

#include <fmt/format.h>

#include "sim/report/clean_text.h"

namespace vfstock::sim::report {

namespace {

/// Message text: what would end the command is percent-encoded. Properties also encode separators.
std::string encoded(std::string_view text, bool property) {
  std::string safe;
  for (const char c : clean(text)) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    safe += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return safe;
}

std::string error_command(const ScenarioResult& result, const std::string& message) {
  return fmt::format("::error file={},title={}::{}\n", encoded(result.file, true),
                     encoded(result.name, true), encoded(message, false));
}

}  // namespace

std::string github_commands(std::span<const ScenarioResult> results) {
  std::string commands;
  for (const ScenarioResult& result : results) {
    if (result.passed) continue;
    for (const ViolationLine& violation : result.violations) {
      commands +=
          error_command(result, fmt::format("{} {} {}: {}", violation.at, violation.invariant,
                                            violation.verdict, violation.detail));
    }
    if (result.violations.empty()) commands += error_command(result, "the scenario failed");
  }
  return commands;
}

}  // namespace vfstock::sim::report
