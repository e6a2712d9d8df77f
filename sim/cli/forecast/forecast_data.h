// A forecast for programs: JSON with a format version, and CSV (time, product, quantile, value).
#pragma once

#include <ostream>
#include <vector>

#include "sim/document/document.h"
#include "sim/forecast/estimate.h"
#include "sim/forecast/expectations.h"
#include "sim/forecast/figures.h"

namespace vfstock::sim::cli {

/// Value and 95 % interval; what is infinite is null.
document::Json json_of(const forecast::Estimate& estimate);

/// Infinite moments and upper ends are null: after the horizon.
document::Json forecast_json(const forecast::Forecast& forecast,
                             const std::vector<forecast::Comparison>& comparisons,
                             const std::vector<forecast::Verdict>& verdicts = {});

/// The stock's fan: a header, then a line per sample, product and quantile; time in days.
void write_forecast_csv(const forecast::Forecast& forecast, std::ostream& out);

}  // namespace vfstock::sim::cli
