// A clock that stands still until it is told to move.
#pragma once

#include "engine/base/clock.h"

namespace vfstock::panel {

class FakeClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  WallTime wall() const override { return start_ + now_; }
  void advance(Milliseconds by) { now_ += by; }
  void set_wall(WallTime wall) { start_ = wall - now_; }

 private:
  Instant now_{1'000'000};
  // 2026-01-15 12:00:00 UTC less the time above, so that wall() starts there.
  WallTime start_ = std::chrono::sys_days{std::chrono::year{2026} / 1 / 15} +
                    std::chrono::hours{12} - Milliseconds{1'000'000};
};

}  // namespace vfstock::panel
