// Replay results for a person at a terminal.
#pragma once

#include <ostream>
#include <span>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

/// A line per scenario, the story of each failure under it, and a closing count.
void print_replay(std::span<const ScenarioResult> results, std::ostream& out, bool colours);

}  // namespace vfstock::sim::report
