// Moments as the tables hold them: milliseconds since 1970.
#pragma once

#include <cstdint>

#include "engine/base/clock.h"

namespace vfstock::sqlite {

inline std::int64_t milliseconds_of(WallTime time) { return time.time_since_epoch().count(); }

inline WallTime wall_time_of(std::int64_t milliseconds) {
  return WallTime(std::chrono::milliseconds(milliseconds));
}

}  // namespace vfstock::sqlite
