// The charts of a forecast's page: inline SVG, colours from the page's style, meaning never by
// colour alone.
//
// Classes that a page must style: axis, grid, wide, narrow, median, curve, mark, zero, interval,
// point, hollow, chosen, bar, band-0 to band-5, line-0 to line-7.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/chart_parts.h"
#include "sim/report/forecast_result.h"

namespace vfstock::sim::report {

/// The days that charts of one forecast show.
struct Days {
  std::chrono::sys_seconds begins;
  double horizon = 0;
  std::span<const double> samples;
};

/// How many what-ifs are drawn over a fan; more would not be told apart.
inline constexpr std::size_t overlays_max = 6;

/// Stock over time, from today's, with the medians of what-ifs over it and the curve of how many
/// runs are sold out under it on the same axis.
std::string fan_and_exceedance(const ForecastProduct& product, const Days& days,
                               const Canvas& canvas);
/// How full a location is, a line per dimension.
std::string utilisation_chart(const ForecastLocation& location, const Days& days,
                              const Canvas& canvas);
/// What is served, by cost: the efficient choices filled and joined, the chosen one ringed.
std::string purchase_curve(const ForecastPurchase& purchase, const Canvas& canvas);
/// Lost sales to the right, oversold upwards; numbered in order.
std::string trade_off_chart(const std::vector<TradeOff>& points, const Canvas& canvas);
/// Ten bars; a line where each of them should end.
std::string pit_chart(const std::vector<double>& shares, const Canvas& canvas);
/// Shares side by side, each with its own pattern.
std::string share_bands(const std::vector<std::pair<std::string, double>>& shares,
                        const std::string& label, const Canvas& canvas);
/// One interval on a line from -reach to reach.
std::string interval(const Ranged& figure, double reach, const std::string& label);

}  // namespace vfstock::sim::report
