// The policy object of a scenario: a preset and what differs from it.
#pragma once

#include "engine/plan/policy.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"

namespace vfstock::sim::scenario {

plan::Policy read_policy(const document::Json& json, const fleet::Place& place);

/// "90s" and the like. Throws document::DocumentError when it is none or too long.
std::chrono::milliseconds read_duration(const document::Json& json, const fleet::Place& place);

}  // namespace vfstock::sim::scenario
