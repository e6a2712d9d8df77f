// An explanation as JSON for programs and as a table for people.
#pragma once

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/schedule/keeper.h"

namespace vfstock::sim::cli {

/// The versioned object of `explain --json`.
nlohmann::ordered_json explanation_json(const plan::Explanation& explanation);

/// The decision, then every group with every hypervisor: the fit of each dimension and what binds.
void print_explanation(const plan::Explanation& explanation, std::ostream& out);

}  // namespace vfstock::sim::cli
