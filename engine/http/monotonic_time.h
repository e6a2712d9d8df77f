// The one real clock of the engine. A socket's deadline passes in real time whatever a simulation
// pretends, so this room measures elapsed time itself; nothing outside engine/http may.
#pragma once

#include <algorithm>
#include <chrono>

namespace vfstock::http {

using Moment = std::chrono::steady_clock::time_point;

inline Moment real_now() { return std::chrono::steady_clock::now(); }

/// `from + wait`, where a wait beyond a day counts as a day: no sum overflows, nothing waits
/// longer.
inline Moment after(Moment from, std::chrono::milliseconds wait) {
  return from + std::min<std::chrono::milliseconds>(wait, std::chrono::hours{24});
}

/// Whole milliseconds until `then`, rounded up so that waiting them never ends too soon; 0 when
/// past.
inline std::chrono::milliseconds until(Moment then, Moment now) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(then - now);
  return std::max(left, std::chrono::milliseconds{0});
}

}  // namespace vfstock::http
