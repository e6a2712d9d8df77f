// Wording of what the checker found: short stories with virtual times.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// "5m0s", "4m59.9s", "2h0m0s".
std::string clock_text(Time time);

/// "product 3: qty 12 -> 0"
std::string write_text(const Wrote& wrote);

}  // namespace vfstock::sim::invariants
