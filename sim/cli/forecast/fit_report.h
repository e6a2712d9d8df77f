// What fit has learnt: for people, for programs, and the backtest period by period.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/forecast/fit/demand_model.h"
#include "sim/forecast/fit/history.h"

namespace vfstock::sim::cli {

struct FittedProduct {
  std::string name;  // for people
  forecast::fit::DemandModel model;
  std::vector<forecast::fit::Span> suspicious;  // as if sold out, and nobody said so
};

struct FitReport {
  std::string source;
  forecast::fit::Period period = forecast::fit::Period::day;
  double end = 0;  // of the history
  forecast::fit::PriorRange prior;
  double shared_ratio = 1;  // variance of the total's errors against independent products'
  std::vector<FittedProduct> products;
  std::vector<std::string> remarks;
};

/// Of all products together.
forecast::fit::Backtest backtests_of(const FitReport& report);
/// Where the demand comes from and how much of the past its 80 % interval would have covered.
std::string how_good(const FitReport& report);
void print_fit(const FitReport& report, std::ostream& out);
/// `fragment`: the demand as a plan takes it, where it could be written.
document::Json fit_json(const FitReport& report, const std::optional<document::Json>& fragment);
/// A line per period that was held out: time,product,observed,p10,p25,p50,p75,p90,p5,p95, then the
/// same of orders.
void write_backtest_csv(const FitReport& report, std::ostream& out);

}  // namespace vfstock::sim::cli
