// A forecast for planners: sentences first, then the figures behind them.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "sim/forecast/figures.h"

namespace vfstock::sim::cli {

/// "half of the runs sell out by day 28.9, one in ten by day 20.5."; with dates where the first day
/// is given ("2026-12-01").
std::string sell_out_sentence(const forecast::ProductFigures& product,
                              const std::optional<std::string>& first_day);

void print_forecast(const forecast::Forecast& forecast,
                    const std::vector<forecast::Comparison>& comparisons,
                    const std::optional<std::string>& first_day, std::ostream& out);

}  // namespace vfstock::sim::cli
