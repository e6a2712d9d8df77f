// Replay results as JUnit XML, which every CI system reads.
#pragma once

#include <span>
#include <string>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

/// One suite, one test case per scenario. Durations are left out: replays run in virtual time.
std::string junit_xml(std::span<const ScenarioResult> results);

}  // namespace vfstock::sim::report
