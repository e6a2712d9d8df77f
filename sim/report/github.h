// Replay failures as GitHub workflow commands, which become annotations on the scenario files.
#pragma once

#include <span>
#include <string>

#include "sim/report/replay_result.h"

namespace vfstock::sim::report {

/// One ::error line per violation of each failed scenario, at least one for each; empty when all
/// passed. No name or detail can end a line or begin a command of its own.
std::string github_commands(std::span<const ScenarioResult> results);

}  // namespace vfstock::sim::report
