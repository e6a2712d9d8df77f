// Figures of forecasts in words.
#pragma once

#include <string>

#include <fmt/format.h>

namespace vfstock::sim::cli {

/// "12.3 %", of a share from 0 to 1.
inline std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

}  // namespace vfstock::sim::cli
