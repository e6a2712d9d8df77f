// Replay results as one self-contained page: opens from disk, no script, light and dark, prints.
#pragma once

#include <span>
#include <string>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

/// Names and details may hold any text; it is escaped.
std::string replay_page(std::span<const ScenarioResult> results);

}  // namespace vfstock::sim::report
