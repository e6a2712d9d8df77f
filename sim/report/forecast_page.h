// A forecast as one self-contained page: opens from disk, no script, light and dark, prints, reads
// without colour vision and by keyboard.
#pragma once

#include <string>

#include "sim/report/forecast_result.h"

namespace vfstock::sim::report {

/// "day 28.9"; with its date, "day 28.9 (2026-12-29)", where the first day ("2026-12-01") is given;
/// "beyond the horizon" for infinity.
std::string day_words(double day, const std::optional<std::string>& first_day);

/// Names may hold any text; it is escaped.
std::string forecast_page(const ForecastResult& result);

}  // namespace vfstock::sim::report
