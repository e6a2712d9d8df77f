// Moments as the tables hold them: milliseconds since 1970.
#pragma once

#include <cstdint>

#include "engine/panel/clock.h"

namespace vfstock::sqlite {

inline std::int64_t milliseconds_of(panel::WallTime time) {
  return time.time_since_epoch().count();
}

inline panel::WallTime wall_time_of(std::int64_t milliseconds) {
  return panel::WallTime(std::chrono::milliseconds(milliseconds));
}

}  // namespace vfstock::sqlite
