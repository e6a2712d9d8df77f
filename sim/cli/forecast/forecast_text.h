// A forecast for planners: sentences first, then the figures behind them.
#pragma once

#include <ostream>
#include <vector>

#include "sim/forecast/figures.h"

namespace vfstock::sim::cli {

void print_forecast(const forecast::Forecast& forecast,
                    const std::vector<forecast::Comparison>& comparisons, std::ostream& out);

}  // namespace vfstock::sim::cli
