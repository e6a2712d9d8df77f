// Runs one scenario from its first step to its last and says what came of it.
#pragma once

#include "sim/report/replay_result.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/stage.h"

namespace vfstock::sim::scenario {

/// Throws document::DocumentError when a step names something that does not exist when it runs.
report::ScenarioResult replay(const Scenario& scenario, TransportKind transport);

}  // namespace vfstock::sim::scenario
