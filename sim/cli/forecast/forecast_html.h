// Forecasts, purchases and policy studies as their page wants them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "sim/cli/program.h"
#include "sim/document/document.h"
#include "sim/forecast/expectations.h"
#include "sim/forecast/figures.h"
#include "sim/forecast/policy_study.h"
#include "sim/report/forecast_result.h"

namespace vfstock::sim::cli {

/// What every page says of itself.
struct PageFacts {
  std::string version;
  forecast::Moment created;
  std::string command;  // what the forecast was asked
};

/// The date of creation is the environment's SOURCE_DATE_EPOCH where it is set, so that a page can
/// be made again byte for byte, otherwise this machine's clock. Throws UsageError for one that is
/// no number.
PageFacts page_facts(const boost::program_options::variables_map& values,
                     const Invocation& invocation);

/// A plan without a calendar begins, on its page, on the day on which the page is made; the
/// assumptions say so.
report::ForecastResult forecast_result(const forecast::Forecast& forecast,
                                       const std::vector<forecast::Comparison>& comparisons,
                                       const std::vector<forecast::Verdict>& verdicts,
                                       const PageFacts& facts);

report::ForecastResult policy_page(const forecast::Plan& plan,
                                   const std::vector<forecast::PolicyResult>& results,
                                   const PageFacts& facts);

/// The "backtest" that a demand fragment carries; nothing where it has none.
std::optional<report::ForecastBacktest> backtest_of(const document::Json& fragment);

}  // namespace vfstock::sim::cli
