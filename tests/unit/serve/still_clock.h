// A clock that stands where a test puts it.
#pragma once

#include "engine/base/clock.h"

namespace vfstock::serve {

struct StillClock final : Clock {
  Instant now() const override { return at; }
  WallTime wall() const override { return WallTime{} + wall_offset + at; }

  Instant at{0};
  Milliseconds wall_offset{1'700'000'000'000};
};

}  // namespace vfstock::serve
