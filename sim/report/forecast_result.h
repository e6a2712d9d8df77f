// What a forecast says, as its page shows it: plain values, already counted and scaled. A part that
// is empty is not shown.
#pragma once

#include <array>
#include <chrono>
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

/// Stock at each sample: P10, P25, P50, P75, P90.
using Fan = std::vector<std::array<double, 5>>;

/// What a what-if makes of a product.
struct ProductWhatIf {
  std::string name;
  std::vector<double> days;  // of the fan
  Fan fan;
  std::string sold_out;  // its median, with date
  std::string verdict;   // "better", "worse", "no difference", "not clear"
};

struct ForecastProduct {
  std::string name, sentence;
  std::string location;  // that it is sold in, or that lacks
  std::string now;       // today's stock
  double stock_now = 0;
  std::array<std::string, 3> sold_out;           // P10, P50, P90 in words
  std::array<std::string, 3> sold_out_interval;  // their intervals in words
  Fan fan;
  std::vector<double> sold_out_by;                      // at each sample: the share of runs
  std::array<Ranged, 3> sold_out_days;                  // P10, P50, P90
  std::vector<std::pair<std::string, double>> binding;  // shares of hypervisors, of dimensions
  std::vector<Line> figures;
  std::vector<ProductWhatIf> what_ifs;
};

/// How full a location is, on average over the runs.
struct ForecastLocation {
  std::string name, sold_out;  // half of the runs sold out there: in words
  struct Series {
    std::string dimension;
    double now = 0;
    std::vector<double> shares;  // at each sample
  };
  std::vector<Series> series;  // dimensions that have a quota
};

struct ForecastWhatIf {
  struct Row {
    std::string what;
    Ranged less;          // less the plan's
    std::string verdict;  // as ProductWhatIf
    std::string unit;     // rows of one unit share a scale
    std::string words;    // the figure as text
  };
  std::string name;
  std::vector<Row> rows;
};

/// What a plan, what-if or policy loses and oversells, in VPSes per run.
struct TradeOff {
  std::string name;
  double lost = 0, oversold = 0;
  bool is_efficient = false;
};

/// Choices of a purchase, the cheapest first.
struct ForecastPurchase {
  std::string name;
  std::vector<std::string> sentences;
  struct Row {
    std::vector<std::string> cells;
    double cost = 0, share = 0;  // of the curve
    bool is_efficient = false, is_chosen = false;
  };
  std::vector<std::string> columns;
  std::vector<Row> rows;
  std::string cost_name, share_name;  // of the curve's axes
};

/// How the demand would have done in the past.
struct ForecastBacktest {
  std::vector<Line> lines;
  std::vector<double> pit;  // shares in ten bins; flat is right
};

struct ForecastResult {
  std::string name, description;
  std::int64_t runs = 0;
  std::optional<std::chrono::sys_seconds> begins;  // the first day, where days have dates
  std::vector<double> sample_days;
  double horizon_days = 0;
  std::vector<ForecastProduct> products;  // in the order of the summary
  std::vector<ForecastLocation> locations;
  std::vector<ForecastWhatIf> what_ifs;
  std::vector<TradeOff> trade_offs;  // the plan first
  std::optional<ForecastPurchase> purchase;
  std::optional<ForecastBacktest> backtest;
  std::vector<Line> expectations;
  std::vector<std::string> notes;
  std::vector<Line> assumptions;  // and seed, version, date of creation
};

}  // namespace vfstock::sim::report
