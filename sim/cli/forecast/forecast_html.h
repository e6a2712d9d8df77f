// A forecast as its page wants it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/forecast/figures.h"
#include "sim/report/forecast_result.h"

namespace vfstock::sim::cli {

/// `first_day` ("2026-12-01"): the date of the forecast's first day.
report::ForecastResult forecast_result(const forecast::Forecast& forecast,
                                       const std::vector<forecast::Comparison>& comparisons,
                                       const std::optional<std::string>& first_day);

}  // namespace vfstock::sim::cli
