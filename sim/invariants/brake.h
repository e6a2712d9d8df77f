// When falls to 0, or to less than a quarter, must or may be withheld: the checker's own reckoning
// of the brake.
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "sim/invariants/invariant.h"

namespace vfstock::sim::invariants {

class Brake {
 public:
  explicit Brake(const Expectations& expectations) : expectations_(expectations) {}

  /// True when a sweep that begins now is the second look, which asks for everything anew.
  bool is_second_look(const RefreshBegins& begins) const;
  /// Judges the refresh that is over, and marks the courses whose zero was rightly withheld.
  void judge(Refresh& refresh, const RefreshEnds& ends, Findings& findings);
  void restarted(bool state_lost, bool clock_stepped);

 private:
  struct Fall {
    std::set<std::int64_t> surely, perhaps;  // products that are to fall
    std::size_t stocked = 0;
  };
  Fall fall(const Refresh& refresh) const;
  bool is_fall(const Course& course, std::int64_t to) const;
  bool second_look_releases() const;
  bool is_too_much(std::size_t falling, std::size_t stocked) const;
  bool withholds(const Refresh& refresh, const Fall& fall, std::size_t falling,
                 std::int64_t id) const;
  void hold(const Refresh& refresh, Time now, const std::set<std::int64_t>& withheld);
  void remember(const Refresh& refresh, bool holds);

  const Expectations& expectations_;
  std::map<std::int64_t, Time> held_;  // product -> since when its fall is withheld
  std::set<std::int64_t> open_;        // of these: the calendar was set, so the next look is open
  std::set<std::int64_t> emptied_;     // fell to 0 since the last sweep
};

}  // namespace vfstock::sim::invariants
