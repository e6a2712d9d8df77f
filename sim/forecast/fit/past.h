// One product's past, cut into periods: how much was ordered in each, and how much of it could be.
//
// Times at which the shop showed 0 and times that somebody named as special are closed: what comes
// then says nothing of ordinary demand, and neither does its absence. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/forecast/fit/history.h"

namespace vfstock::sim::forecast::fit {

/// A batch: VPSes of one product in one order.
struct Batch {
  double at = 0;
  bool hour_known = true;
  std::int64_t vps = 0;
};

/// What is counted together.
enum class Period { five_minutes, hour, day };
double seconds_of(Period period);
const char* name_of(Period period);

/// How busy the hours of a week are, from Monday on; mean 1.
using WeekProfile = std::array<double, 168>;
std::size_t hour_of_week(double time);

struct Past {
  std::string product;
  Period period = Period::day;
  double begin = 0, end = 0;       // whole periods
  std::vector<Batch> batches;      // ascending
  std::vector<const Sale*> sales;  // also those after `end`: they may run
  std::vector<Span> closed;        // ascending, apart
  // By period: open batches and VPSes, and the sum of the batches' squared sizes.
  std::vector<double> batch_counts, vps_counts, squares;
  std::vector<double> most;  // by period: see peaks.h
  /// The share that was open of each hour, of each period where those are shorter; empty: all was.
  std::vector<double> open;

  std::size_t periods() const { return batch_counts.size(); }
  double begin_of(std::size_t number) const {
    return begin + static_cast<double>(number) * seconds_of(period);
  }
  bool is_open(double time) const;
};

/// The sales of each product, in order of time; `history` must outlive them.
std::map<std::string, std::vector<const Sale*>> sales_by_product(const History& history);
/// From the period of the first sale on, to the last whole period; `sales` of one product, in order
/// of time.
Past past_of(std::vector<const Sale*> sales, double end, Period period, std::vector<Span> closed);

/// How much of the time between two moments no span covers.
double open_share(double begin, double end, const std::vector<Span>& closed);

/// Busy hours in periods [from, until): as far as they were open, or as if they all were.
std::vector<double> open_hours(const Past& past, const WeekProfile& profile, std::size_t from,
                               std::size_t until);
std::vector<double> busy_hours(const Past& past, const WeekProfile& profile, std::size_t from,
                               std::size_t until);

}  // namespace vfstock::sim::forecast::fit
