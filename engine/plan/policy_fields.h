// The policy's fields by name and as text, from the table in policy.h: what command line, scenario
// files, plan files, journal and help say of them. Pure functions.
//
//   set(policy, *policy_field("storage_match"), "pool-id");
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/policy.h"

namespace vfstock::plan {

/// How a field's values are written.
enum class PolicyKind { flag, number, text, time, choice, caps };
PolicyKind kind(const PolicyField& field) noexcept;

/// By name; null when there is none.
const PolicyField* policy_field(std::string_view name) noexcept;

/// "storage-match": the name on the command line, in the environment and in configuration files.
std::string option_name(const PolicyField& field);
/// The field that an option is about; null when it is about none.
const PolicyField* field_of_option(std::string_view option) noexcept;

/// Every value that can be chosen, "on" and "off" included; empty for numbers, times and texts.
std::vector<std::string_view> values(const PolicyField& field);
/// "storage-type, storage-type-other or pool-id", "a number from 0 to 100", ...
std::string values_text(const PolicyField& field);

/// The policy's value as people write it: "pool-id", "on", "90s"; empty when it is not set.
std::string value_text(const Policy& policy, const PolicyField& field);

/// Sets the field to what `text` says, or says what was expected instead and changes nothing.
std::optional<std::string> set(Policy& policy, const PolicyField& field, std::string_view text);

/// What a person chose: a preset under "policy", and fields by their option names.
using PolicyWords = std::map<std::string, std::string>;

/// Throws std::invalid_argument, which names the option and what was expected.
Policy policy_from(const PolicyWords& words);

}  // namespace vfstock::plan
