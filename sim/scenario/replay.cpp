#include "sim/scenario/replay.h"

#include <algorithm>
#include <set>
#include <variant>

#include "sim/invariants/story.h"
#include "sim/scenario/player.h"

namespace vfstock::sim::scenario {

namespace {

/// A scenario passes when exactly the invariants that it names are violated, and none is in doubt.
bool as_expected(const std::set<std::string>& wanted,
                 const std::vector<invariants::Violation>& found) {
  std::set<std::string> violated;
  for (const invariants::Violation& violation : found) {
    if (violation.verdict != invariants::Verdict::violated) return false;
    violated.insert(violation.invariant);
  }
  return violated == wanted;
}

/// What a person must know when `violates` was not met, although nothing else went wrong.
void tell_what_held(const Scenario& scenario, Recorder& recorder) {
  std::set<std::string> violated;
  for (const auto& violation : recorder.violations()) violated.insert(violation.invariant);
  for (const std::string& wanted : scenario.violates) {
    if (!violated.contains(wanted)) {
      recorder.violated("expect", "/violates: " + wanted + " was to be violated, but it holds");
    }
  }
}

/// What never came about cannot have been survived.
void tell_what_was_not_reached(const Scenario& scenario, const Player& player, Recorder& recorder) {
  for (const std::string& fault : player.unmet_faults()) {
    recorder.unknown("expect", fault + ": the fault met nothing, so that nothing is known of it");
  }
  const bool expects =
      std::any_of(scenario.timeline.begin(), scenario.timeline.end(),
                  [](const Step& step) { return std::holds_alternative<Expect>(step.action); });
  if (recorder.refreshes() == 0 && !expects) {
    recorder.unknown("expect", "/timeline: nothing was decided and nothing is expected");
  }
}

}  // namespace

report::ScenarioResult replay(const Scenario& scenario, TransportKind transport) {
  Stage stage(scenario, transport);
  Player player(stage);
  player.play(scenario.timeline);

  Recorder& recorder = stage.recorder();
  tell_what_was_not_reached(scenario, player, recorder);
  report::ScenarioResult result;
  result.passed = as_expected(scenario.violates, recorder.violations());
  if (!result.passed) tell_what_held(scenario, recorder);
  result.name = scenario.name;
  result.file = scenario.file;
  result.events = static_cast<std::int64_t>(scenario.timeline.size());
  for (const invariants::Violation& violation : recorder.violations()) {
    result.violations.push_back({invariants::clock_text(violation.at), violation.invariant,
                                 std::string(invariants::name(violation.verdict)),
                                 violation.detail});
  }
  for (const invariants::Row& row : stage.seen_tables().rows) {
    result.products.push_back({row.id, row.qty, recorder.writes(row.id)});
  }
  result.panel_requests = recorder.requests();
  result.oversold_places = recorder.oversold();
  result.fingerprint = recorder.fingerprint();
  result.transcript = recorder.transcript();
  return result;
}

}  // namespace vfstock::sim::scenario
