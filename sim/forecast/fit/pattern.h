// How demand spreads over the hours of a week, and over the hours of a day how large orders are.
//
// An hour of the day and a day of the week multiply the rate. Each factor is held near 1 by a gamma
// prior, as if some orders had come in perfect proportion, so that few orders make no pattern;
// where there are fewer than `orders_min`, or less than two weeks for the days of the week, none is
// learnt. The last half year counts. Pure functions.
#pragma once

#include <array>
#include <cstdint>

#include "sim/forecast/fit/count_law.h"
#include "sim/forecast/fit/past.h"

namespace vfstock::sim::forecast::fit {

inline constexpr double pattern_orders_min = 30;
inline constexpr double weekday_days_min = 14;

struct Pattern {
  WeekProfile hours;                    // mean 1
  std::array<double, 24> size_factors;  // of what a batch wants beyond its first VPS
  bool has_hours = false, has_weekdays = false, has_sizes = false;

  Pattern();
  /// The mean factor of the sizes in a period, weighted by how busy its hours are.
  double size_factor(double from, double until) const;
};

/// What patterns are learnt from; grows with the past.
class PatternCounts {
 public:
  explicit PatternCounts(const Past& past) : past_(past) {}
  /// Takes in all periods before this one.
  void advance(std::size_t period);
  Pattern pattern() const;

 private:
  void add(double hour, double sign);
  void add_batch(const Batch& batch, double sign);

  const Past& past_;
  double until_ = 0, since_ = 0;      // hours since the past began
  std::size_t next_ = 0, first_ = 0;  // batches
  std::array<double, 168> orders_{}, open_{};
  std::array<double, 24> sized_orders_{}, beyond_{}, beyond_squares_{};
};

}  // namespace vfstock::sim::forecast::fit
