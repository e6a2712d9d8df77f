// Between the keeper's moments, which are monotonic, and what survives a restart, which is calendar
// time. Pure functions.
#pragma once

#include <algorithm>

#include "engine/base/clock.h"

namespace vfstock::schedule {

/// Both clocks at one moment.
struct Now {
  Instant instant{};
  WallTime wall{};

  explicit Now(const Clock& clock) : instant(clock.now()), wall(clock.wall()) {}

  WallTime wall_of(Instant moment) const { return wall + (moment - instant); }
  /// A moment that lies behind us. What claims to come from the future counts as now.
  Instant past(WallTime moment) const {
    return instant - std::max(wall - sane(moment), Milliseconds{0});
  }
  /// A moment that lies behind us by two clocks: what both say has passed. A calendar that jumps is
  /// no passing of time; and a monotonic clock that stands before the moment was started anew
  /// since, so that it has at least run until now.
  Instant past(WallTime moment, Instant steady) const {
    const Instant since_start = std::max(instant, Instant{0});
    const Milliseconds ran = steady <= instant ? instant - steady : since_start;
    return std::max(past(moment), instant - ran);
  }
  /// A moment that may lie ahead of us, at most `longest`: a clock set back must not postpone it.
  Instant ahead(WallTime moment, Milliseconds longest) const {
    return instant + std::min<Milliseconds>(sane(moment) - wall, longest);
  }

 private:
  // What was stored may be damaged: no moment is further away than a year.
  WallTime sane(WallTime moment) const {
    constexpr std::chrono::hours year{366 * 24};
    return std::clamp(moment, wall - year, wall + year);
  }
};

}  // namespace vfstock::schedule
