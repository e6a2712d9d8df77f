// When customers come: a non-homogeneous Poisson process of batches, by inversion of its rate.
//
// The rate is constant over pieces: an hour of the week, a day of the trend and of the day's level,
// a promotion. Unit-exponential steps are spent along the rate, so the n-th batch of a stream keeps
// its draw when a what-if changes the rate. Allocates nothing while it runs.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/forecast/chance.h"
#include "sim/forecast/event_queue.h"

namespace vfstock::sim::forecast {

inline constexpr double hour_ms = 3'600'000;
inline constexpr double day_ms = 24 * hour_ms;

/// A stretch of time in which customers come `factor` times as often.
struct Boost {
  double from = 0, until = 0;  // ms
  double factor = 1;
};

/// How often batches come. Times are ms.
struct ArrivalRate {
  double per_day = 0;
  double from = 0, until = 0;   // none outside
  std::vector<double> hours;    // multipliers: none, 24 (of the day) or 168 (of the week), mean 1
  double growth_per_month = 0;  // 0.1: ten percent more every 30 days, day by day
  double replicate_deviation = 0;  // coefficient of variation of the gamma level of a replicate
  double day_deviation = 0;        // the same of each day's own level
  std::vector<Boost> boosts;
};

/// One replicate's batches of one stream.
class Arrivals {
 public:
  /// `rate` must outlive it. Nobody comes after `horizon` (ms).
  void begin(const ArrivalRate& rate, const Chance& chance, std::uint32_t stream, double horizon);
  /// The moment of the next batch; infinity: no more.
  double next(double unit_exponential);

 private:
  void enter_piece(double at);
  double level_of_day(std::int64_t day) const;
  double boosts_at(double at, double& end) const;

  const ArrivalRate* rate_ = nullptr;
  Chance chance_{0, 0};
  std::uint32_t stream_ = 0;
  double end_ = 0;  // ms
  double at_ = 0;
  double piece_rate_ = 0;  // batches per ms
  double piece_end_ = 0;
  double replicate_level_ = 1;
  std::int64_t day_ = -1;
  double day_factor_ = 1;  // trend and level of `day_`
};

}  // namespace vfstock::sim::forecast
