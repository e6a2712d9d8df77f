// The policy's choices as people write them in scenario files, configuration and options.
//
// Enums: capacity::StorageMatch ("storage-type", "storage-type-other", "pool-id"),
// capacity::Ipv4Cap ("exact", "group-nested", "nested", "group-max"), capacity::ServerSlots
// ("ignore", "enforce"), capacity::SharedStorage ("none", "by-name"), Ipv4Zero ("one", "none"),
// Maintenance ("ignore", "exclude"), Forget ("all-groups", "default-group", "none"), AcceptWhen
// ("all-provisioned", "first-provisioned"), BrakeRelease ("second-look", "forced"), OptionOverrides
// ("package", "largest").
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/plan/policy.h"

namespace vfstock::plan {

template <class Enum>
std::string_view text_of(Enum choice) noexcept;

/// Exact, in lower case; nullopt for anything else.
template <class Enum>
std::optional<Enum> parse_choice(std::string_view text) noexcept;

/// Every text of an enum in its order, for "expected one of ...".
template <class Enum>
std::vector<std::string_view> choices();

}  // namespace vfstock::plan
