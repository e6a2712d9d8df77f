// Whether the loop still moves: the one thing that /livez and systemd's watchdog ask.
//
// Each step says how long it may take at most; the loop is alive while the newest step's time has
// not run out. A step that ends in time says so by beginning the next. May be used by several
// threads.
#pragma once

#include <atomic>

#include "engine/base/clock.h"

namespace vfstock::serve {

class Heart {
 public:
  /// A statement to a database ends within 45 s (mysql_database.h), and a step gives up at the
  /// first that does not succeed. With the watchdog's ten seconds (vfstock.service) a loop that
  /// stalls is ended within a minute.
  static constexpr Milliseconds usual_step{48'000};

  explicit Heart(const Clock& clock) : clock_(clock) { beat(); }

  /// A step begins that ends within `longest`.
  void beat(Milliseconds longest = usual_step) noexcept {
    good_until_.store((clock_.now() + longest).count());
  }
  bool is_alive() const noexcept { return clock_.now().count() <= good_until_.load(); }

 private:
  const Clock& clock_;
  std::atomic<Milliseconds::rep> good_until_{0};
};

}  // namespace vfstock::serve
