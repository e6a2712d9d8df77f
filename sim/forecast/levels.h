// How busy a time is compared with the mean: levels that multiply a rate of arrivals.
//
// One level per run (what is not known of the rate), one per day, one per shorter stretch, each a
// gamma of mean 1; and a level that walks: its logarithm takes a normal step per day, or per
// stretch where there are such, so what is not known grows with the horizon. All have mean 1 at
// every moment, so they spread counts without moving their mean. Streams that draw their levels
// under one name share them.
#pragma once

#include <cstdint>

#include "sim/forecast/chance.h"

namespace vfstock::sim::forecast {

inline constexpr double hour_ms = 3'600'000;
inline constexpr double day_ms = 24 * hour_ms;

/// Deviations of levels; 0: no such level.
struct Levels {
  double replicate = 0;    // coefficient of variation of the run's level
  double day = 0;          // the same of each day's
  double brief = 0;        // the same of each stretch's of `every`
  double every = hour_ms;  // ms, at least a minute
  double walk = 0;         // standard deviation of what the logarithm has moved in a day

  /// How long the shortest level lasts, ms.
  double step() const { return brief > 0 && every < day_ms ? every : day_ms; }
  bool any() const { return replicate > 0 || day > 0 || brief > 0 || walk > 0; }
};

/// The levels of one run, asked for in ascending order of time. Allocates nothing.
class LevelPath {
 public:
  /// `levels` must outlive it. `entity` names the draws.
  void begin(const Levels& levels, const Chance& chance, std::uint32_t entity);
  /// The product of the levels at `at` (ms, not negative); `end` is brought down to where the first
  /// of them changes.
  double at(double at, double& end);

 private:
  double walked_to(std::int64_t step);

  const Levels* levels_ = nullptr;
  Chance chance_{0, 0};
  std::uint32_t entity_ = 0;
  double replicate_ = 1;
  std::int64_t day_ = -1, stretch_ = -1, step_ = -1;
  double day_level_ = 1, brief_level_ = 1;
  double walk_log_ = 0;  // after step_
};

/// A draw of mean 1 with this coefficient of variation, from at most 64 draws of chance beginning
/// at `first_index`.
double gamma_level(double deviation, const Chance& chance, Purpose purpose, std::uint32_t entity,
                   std::uint32_t first_index);

}  // namespace vfstock::sim::forecast
