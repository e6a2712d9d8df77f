// When customers come: a non-homogeneous Poisson process of batches, by inversion of its rate.
//
// The rate is constant over pieces: an hour of the week, a day of the trend, a level, a promotion.
// Unit-exponential steps are spent along the rate, so the n-th batch of a stream keeps its draw
// when a what-if changes the rate. Allocates nothing while it runs.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/forecast/chance.h"
#include "sim/forecast/event_queue.h"
#include "sim/forecast/levels.h"

namespace vfstock::sim::forecast {

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
  Levels levels;                // the stream's own
  Levels shared;                // beside them: the same for all streams that name this entity
  std::uint32_t shared_entity = 0;
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
  double boosts_at(double at, double& end) const;

  const ArrivalRate* rate_ = nullptr;
  double end_ = 0;  // ms
  double at_ = 0;
  double piece_rate_ = 0;  // batches per ms
  double piece_end_ = 0;
  LevelPath own_, shared_;
};

}  // namespace vfstock::sim::forecast
