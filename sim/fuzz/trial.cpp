#include "sim/fuzz/trial.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "sim/invariants/story.h"
#include "sim/scenario/player.h"
#include "sim/scenario/scenario.h"

namespace vfstock::sim::fuzz {

const Finding* Outcome::of(const std::string& invariant) const {
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.invariant == invariant;
  });
  return found == findings.end() ? nullptr : &*found;
}

Outcome run_trial(const document::Json& document, scenario::TransportKind transport,
                  const Onlooker& onlooker) {
  const scenario::Scenario scenario = scenario::scenario_from(document, "generated");
  scenario::Stage stage(scenario, transport);
  scenario::Recorder& recorder = stage.recorder();
  recorder.keep_no_transcript();
  if (onlooker) recorder.on_record(onlooker);
  Outcome outcome;
  outcome.steps = static_cast<std::int64_t>(scenario.timeline.size());
  std::string thrown;
  try {
    scenario::Player player(stage);
    outcome.misfits = player.play_what_fits(scenario.timeline);
    outcome.unmet_faults = static_cast<std::int64_t>(player.unmet_faults().size());
  } catch (const std::exception& error) {
    thrown = error.what();
  }
  for (const invariants::Violation& violation : recorder.violations()) {
    outcome.findings.push_back({invariants::clock_text(violation.at), violation.invariant,
                                std::string(invariants::name(violation.verdict)),
                                violation.detail});
  }
  if (!thrown.empty()) {
    outcome.findings.push_back({invariants::clock_text(stage.clock().now()), unexpected, "violated",
                                "the engine threw: " + thrown});
  }
  outcome.fingerprint = recorder.fingerprint();
  outcome.requests = recorder.requests();
  return outcome;
}

document::Json without_steps(document::Json document, const std::vector<std::size_t>& steps) {
  document::Json kept = document::Json::array();
  document::Json& timeline = document["timeline"];
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (std::find(steps.begin(), steps.end(), i) == steps.end()) {
      kept.push_back(std::move(timeline[i]));
    }
  }
  timeline = std::move(kept);
  return document;
}

}  // namespace vfstock::sim::fuzz
