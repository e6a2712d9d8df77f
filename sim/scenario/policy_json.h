// The policy object of a scenario: a preset and what differs from it.
#pragma once

#include <string>

#include "engine/plan/policy.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"

namespace vfstock::sim::scenario {

/// The fields that a scenario may set: not those that are about the wire, nor those
/// that the checker takes for granted.
bool is_for_scenarios(const plan::PolicyField& field) noexcept;

/// Throws document::DocumentError where a value is out of its field's range.
plan::Policy read_policy(const document::Json& json, const fleet::Place& place);

/// The field's value as the policy object holds it: true for "on", 50 for "50".
document::Json policy_value(const plan::PolicyField& field, const std::string& text);

/// What the scenarios' schema must say of the field.
document::Json policy_schema(const plan::PolicyField& field);

/// "90s" and the like. Throws document::DocumentError when it is none or too long.
std::chrono::milliseconds read_duration(const document::Json& json, const fleet::Place& place);

}  // namespace vfstock::sim::scenario
