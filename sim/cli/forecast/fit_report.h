// What fit has learnt: for people, for programs, and the backtest period by period.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/forecast/fit/backtest.h"
#include "sim/forecast/fit/demand_model.h"
#include "sim/forecast/fit/history.h"

namespace vfstock::sim::cli {

struct FittedProduct {
  std::string name;  // for people
  forecast::fit::DemandModel model;
  forecast::fit::Backtest backtest;
};

struct FitReport {
  std::string source;
  forecast::fit::Period period = forecast::fit::Period::day;
  double end = 0;  // of the history
  std::vector<FittedProduct> products;
  std::vector<std::string> remarks;
};

/// Where the demand comes from and how much of the past its 80 % interval would have covered.
std::string how_good(const FitReport& report);
void print_fit(const FitReport& report, std::ostream& out);
/// `fragment`: the demand as a plan takes it, where it could be written.
document::Json fit_json(const FitReport& report, const std::optional<document::Json>& fragment);
/// time,product,observed,p10,p25,p50,p75,p90: a line per period that was held out.
void write_backtest_csv(const FitReport& report, std::ostream& out);

}  // namespace vfstock::sim::cli
