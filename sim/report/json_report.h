// Replay results for programs: the versioned object of `replay --json`.
#pragma once

#include <span>

#include <nlohmann/json.hpp>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

/// Format 1. Fields are only ever added.
nlohmann::ordered_json replay_json(std::span<const ScenarioResult> results);

}  // namespace vfstock::sim::report
