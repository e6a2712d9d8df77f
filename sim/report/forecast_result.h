// What a forecast says, as its page shows it: plain values, already counted and scaled.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vfstock::sim::report {

/// A figure with its 95 % interval; infinite: not within the horizon, or not known.
struct Ranged {
  double value = 0, low = 0, high = 0;
};

/// A row of a table: what it is, and the figure as text.
using Line = std::pair<std::string, std::string>;

struct ForecastProduct {
  std::string name, sentence;
  std::vector<std::array<double, 5>> fan;  // stock at each sample: P10, P25, P50, P75, P90
  std::vector<double> sold_out_by;         // at each sample: the share of runs
  std::array<Ranged, 3> sold_out_days;     // P10, P50, P90
  std::vector<std::pair<std::string, double>> binding;  // shares of hypervisors, of dimensions
  std::vector<Line> figures;
};

struct ForecastWhatIf {
  std::string name;
  std::vector<std::pair<std::string, Ranged>> differences;  // less the plan's
};

/// What a plan or what-if loses and oversells, in VPSes per run.
struct TradeOff {
  std::string name;
  double lost = 0, oversold = 0;
};

struct ForecastResult {
  std::string name, description;
  std::int64_t runs = 0;
  std::optional<std::string> first_day;  // "2026-12-01", where days are to have dates
  std::vector<double> sample_days;
  double horizon_days = 0;
  std::vector<ForecastProduct> products;
  std::vector<ForecastWhatIf> what_ifs;
  std::vector<TradeOff> trade_offs;  // the plan first
};

}  // namespace vfstock::sim::report
