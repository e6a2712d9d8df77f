// Charts as inline SVG: no script, colours from the page's style, meaning never by colour alone.
//
// Text in them is escaped. Classes that a page must style: axis, grid, wide, narrow, median, curve,
// mark, zero, interval, point, band-0 to band-5.
#pragma once

#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/forecast_result.h"

namespace vfstock::sim::report {

/// Moments to draw a line at, with what to call them.
using Marks = std::vector<std::pair<double, std::string>>;

/// Stock over time, with the curve of how many runs are sold out under it on the same axis.
std::string fan_and_exceedance(const ForecastProduct& product, std::span<const double> days,
                               double horizon, const Marks& marks);
/// Shares side by side, each with its own pattern and its name.
std::string share_bands(const std::vector<std::pair<std::string, double>>& shares,
                        const std::string& label);
/// One interval on a line that shows 0 when it is in reach.
std::string interval(const Ranged& figure, double reach, const std::string& label);
/// Lost sales to the right, oversold upwards; numbered in order.
std::string trade_off_chart(const std::vector<TradeOff>& points);

}  // namespace vfstock::sim::report
