// The clock of a replay: it moves only when the runner moves it.
#pragma once

#include <chrono>

#include "engine/base/clock.h"

namespace vfstock::sim::scenario {

class VirtualClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  WallTime wall() const override { return start_of_time() + now_ + wall_step_; }

  void advance_by(std::chrono::milliseconds span) { now_ += span; }
  /// Somebody sets the calendar; monotonic time goes on.
  void step_wall(std::chrono::milliseconds by) { wall_step_ += by; }
  /// Never moves back: a step that was overtaken runs now.
  void advance_to(Instant instant) { now_ = instant > now_ ? instant : now_; }

 private:
  static WallTime start_of_time() {
    using namespace std::chrono;
    return sys_days{year{2026} / January / 1};
  }
  Instant now_{0};
  std::chrono::milliseconds wall_step_{0};
};

}  // namespace vfstock::sim::scenario
