// A forecast as one self-contained page: opens from disk, no script, light and dark, prints, reads
// on a phone, without colour vision and by keyboard.
#pragma once

#include <string>

#include "sim/report/forecast_result.h"

namespace vfstock::sim::report {

/// Names may hold any text; it is escaped.
std::string forecast_page(const ForecastResult& result);

}  // namespace vfstock::sim::report
