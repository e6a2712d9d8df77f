// The engine's only view of time. Production passes the real clocks, simulations a virtual one.
//
// `now()` is monotonic and rules limits, lifetimes and deadlines; `wall()` is the calendar and only
// dates journal entries. The engine never waits: whoever calls it decides when.
#pragma once

#include <chrono>

namespace vfstock {

using Milliseconds = std::chrono::milliseconds;
/// Monotonic time since an arbitrary start.
using Instant = Milliseconds;
using WallTime = std::chrono::sys_time<Milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual WallTime wall() const = 0;
};

}  // namespace vfstock
