// A scenario: a panel, a shop, a policy and a timeline, read from one JSON file.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/plan/policy.h"
#include "mockpanel/model/world.h"
#include "sim/document/document.h"
#include "sim/fleet/shop.h"
#include "sim/scenario/step.h"

namespace vfstock::sim::scenario {

struct Scenario {
  std::string file, name, description;
  mockpanel::model::World panel;
  fleet::Shop shop;
  plan::Policy policy;         // of the engine
  plan::Policy judged_by;      // what the checker demands; the engine's own unless the file says
  bool states_policy = false;  // the file names a policy, so that how to count is no open question
  std::string panel_host;      // the configured panel's host name, for server groups
  std::set<std::string> violates;  // exactly these invariants must be violated
  std::vector<Step> timeline;      // sorted by time
};

/// `preset` replaces the scenario's own preset; what the scenario overrides stays overridden.
/// Throws document::DocumentError with file and JSON pointer for anything that is not a scenario:
/// syntax, unknown fields, unsorted steps, ids that name nothing.
Scenario read_scenario(const std::filesystem::path& file,
                       const std::optional<std::string>& preset = std::nullopt);

/// The same from a document that scenario.schema.json has passed, or that was made to its measure;
/// `file` is named in errors, and a fleet is looked for beside it.
Scenario scenario_from(const document::Json& json, const std::filesystem::path& file,
                       const std::optional<std::string>& preset = std::nullopt);

}  // namespace vfstock::sim::scenario
