// The sections of a forecast's page, each as HTML; empty where there is nothing to show.
#pragma once

#include <string>

#include "sim/report/forecast_result.h"

namespace vfstock::sim::report {

/// Products by sell-out date, with what what-ifs make of them.
std::string summary_section(const ForecastResult& result);
std::string expectation_section(const ForecastResult& result);
std::string product_section(const ForecastResult& result, std::size_t product);
std::string location_section(const ForecastResult& result);
std::string what_if_section(const ForecastResult& result);
std::string trade_off_section(const ForecastResult& result);
std::string purchase_section(const ForecastResult& result);
std::string backtest_section(const ForecastResult& result);
std::string assumption_section(const ForecastResult& result);

}  // namespace vfstock::sim::report
