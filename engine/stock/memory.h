// Between the keeper's moments, which are monotonic, and what survives a restart, which is calendar
// time. Pure functions.
#pragma once

#include <algorithm>

#include "engine/panel/clock.h"

namespace vfstock::stock {

/// Both clocks at one moment.
struct Now {
  panel::Instant instant{};
  panel::WallTime wall{};

  explicit Now(const panel::Clock& clock) : instant(clock.now()), wall(clock.wall()) {}

  panel::WallTime wall_of(panel::Instant moment) const { return wall + (moment - instant); }
  /// A moment that lies behind us. What claims to come from the future counts as now.
  panel::Instant past(panel::WallTime moment) const {
    return instant - std::max(wall - sane(moment), panel::Milliseconds{0});
  }
  /// A moment that may lie ahead of us, at most `longest`: a clock set back must not postpone it.
  panel::Instant ahead(panel::WallTime moment, panel::Milliseconds longest) const {
    return instant + std::min<panel::Milliseconds>(sane(moment) - wall, longest);
  }

 private:
  // What was stored may be damaged: no moment is further away than a year.
  panel::WallTime sane(panel::WallTime moment) const {
    constexpr std::chrono::hours year{366 * 24};
    return std::clamp(moment, wall - year, wall + year);
  }
};

}  // namespace vfstock::stock
