// The style of a forecast's page.
#pragma once

#include <string_view>

namespace vfstock::sim::report {

/// CSS: light and dark, print in greys, and below 40rem one column with the tight charts.
std::string_view forecast_page_style() noexcept;

}  // namespace vfstock::sim::report
