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

/// How verdicts name a record of the panel: "package 7", "group 1".
std::string package_name(std::int64_t id);
std::string group_name(std::int64_t id);

}  // namespace vfstock::sim::invariants
