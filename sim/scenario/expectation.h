// Compares what a scenario expects with what has been seen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/recorder.h"
#include "sim/scenario/step.h"

namespace vfstock::sim::scenario {

/// Every way in which `expect` does not hold, each in a sentence; empty when it holds. `qty` is the
/// qty of the product that `expect` names, if there is such a row.
std::vector<std::string> unmet(const Expect& expect, const Seen& seen,
                               std::optional<std::int64_t> qty);

}  // namespace vfstock::sim::scenario
