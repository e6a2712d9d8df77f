// The clocks of this machine, for whoever works on a real shop.
#pragma once

#include <chrono>

#include "engine/base/clock.h"

namespace vfstock::live {

class RealClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::duration_cast<Instant>(std::chrono::steady_clock::now().time_since_epoch());
  }
  WallTime wall() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace vfstock::live
