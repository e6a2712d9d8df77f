// What customers of one product do, learnt from its history: how often batches come, at which
// hours, how large they are, how much the days differ, how long a VPS lasts.
//
// Hour of the day and day of the week multiply the rate, held near 1 by a prior where few counts
// speak; so is the trend. Days (or hours, in a short history) differ by a gamma level, so their
// counts are negative binomial. Lives are Kaplan and Meier's (1958). Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/forecast/fit/count_law.h"
#include "sim/forecast/fit/history.h"
#include "sim/forecast/fit/regression.h"
#include "sim/forecast/law.h"

namespace vfstock::sim::forecast::fit {

/// A batch: VPSes of one product in one order.
struct Batch {
  double at = 0;
  bool hour_known = true;
  std::int64_t vps = 0;
};

/// What is counted together.
enum class Period { hour, day };
inline double seconds_of(Period period) { return period == Period::hour ? hour_s : day_s; }

/// One product's past, cut into periods.
struct Past {
  std::string product;
  Period period = Period::day;
  double begin = 0, end = 0;   // whole periods
  std::vector<Batch> batches;  // ascending
  std::vector<const Sale*> sales;

  std::size_t periods() const;
  /// The past as it was after the first so many periods.
  Past until(std::size_t periods) const;
  /// By period: batches, or VPSes.
  std::vector<std::size_t> batch_counts() const;
  std::vector<std::size_t> vps_counts() const;
};

/// From the period of the product's first sale on. `history` must outlive it.
Past past_of(const History& history, const std::string& product, Period period);

/// How busy the hours of a week are, from Monday on; mean 1.
using WeekProfile = std::array<double, 168>;
WeekProfile week_profile(const Past& past);
/// Hours' worth of the profile between two moments, at most a week apart.
double busy_hours(const WeekProfile& profile, double from, double until);

/// How large the batches were.
SizeLaw sizes_of(const std::vector<Batch>& batches);

/// Counts per period against trend and profile.
struct Trend {
  CountModel model;  // intercept and months since the past's end, per busy hour
  double end = 0;

  double mean(const WeekProfile& profile, double from, double until) const;
  /// The coefficient of variation of what is known of the rate at this moment.
  double rate_error(double moment) const;
};
/// `poisson`: the days do not differ. Throws NoFit.
Trend trend_of(const Past& past, const WeekProfile& profile, const std::vector<std::size_t>& counts,
               bool poisson);
/// Batches, whose levels differ as much as the VPSes in them say: where large batches come on the
/// same days, VPSes vary more than batches and sizes by themselves would make them.
Trend batch_trend(const Past& past, const WeekProfile& profile, const SizeLaw& sizes);

struct DemandModel {
  std::string product;
  Period period = Period::day;
  double begin = 0, end = 0;
  std::int64_t batches = 0, vps = 0;  // seen
  WeekProfile profile{};
  Trend trend;         // of batches
  double per_day = 0;  // batches at `end`
  double growth_per_month = 0;
  double rate_error = 0;     // coefficient of variation, a month after `end`
  double day_deviation = 0;  // the same of the days' levels
  SizeLaw sizes;
  std::vector<Law::Observed> lives;             // seconds
  std::vector<Law::Point> survival;             // Kaplan and Meier's curve; empty: no life is known
  std::vector<double> ages;                     // seconds, of what still runs, by VPS
  std::map<std::int64_t, std::int64_t> groups;  // VPSes sold by group, where that is known
  std::map<std::int64_t, std::vector<double>> ages_by_group;

  /// The share that outlives all that was seen.
  double never_leaves() const { return survival.empty() ? 1 : survival.back().survival; }
};

/// Throws NoFit when the past holds no batch or less than two periods.
DemandModel model_of(const Past& past);

}  // namespace vfstock::sim::forecast::fit
