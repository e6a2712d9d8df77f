// Results with everything in them that a report could trip over.
#pragma once

#include <string>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

inline ScenarioResult passed_result() {
  ScenarioResult result;
  result.name = "A quiet day";
  result.file = "scenarios/quiet.json";
  result.passed = true;
  result.events = 4;
  result.products = {{3, 12, 1}, {4, std::nullopt, 0}};
  result.panel_requests = 9;
  result.fingerprint = "00ff";
  return result;
}

inline ScenarioResult failed_result() {
  ScenarioResult result = passed_result();
  result.name = "A bad day";
  result.file = "scenarios/bad.json";
  result.passed = false;
  result.violations = {
      {"5m", "keep-on-unavailable", "violated", "product 3: qty 12 -> 0"},
      {"6m", "provisionable", "unknown", "product 4"},
  };
  return result;
}

inline ScenarioResult hostile_result() {
  ScenarioResult result = failed_result();
  result.name = "\"quoted\" <b> & 100 %, a: b ]]>\n::error::fake";
  result.file = "odd,name:%.json";
  result.violations = {{"5m", "truth-on-found", "violated",
                        "line one\r\n::error::two \x1b[31mred\x1b[0m \xFF ]]> <script> 50%"}};
  return result;
}

}  // namespace vfstock::sim::report
