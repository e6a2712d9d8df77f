// When zeros that come from missing or disabled records must, or may, be withheld: the checker's
// own reckoning of the brake.
#pragma once

#include <cstdint>
#include <optional>
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
  void restarted(bool state_lost);

 private:
  struct Fall {
    std::set<std::int64_t> surely, perhaps;  // products to be emptied in this way
    std::size_t stocked = 0;
  };
  Fall fall(const Refresh& refresh) const;
  bool is_too_much(std::size_t falling, std::size_t stocked) const;
  void remember(const Refresh& refresh, bool holds);

  const Expectations& expectations_;
  std::optional<Time> held_since_;
  std::set<std::int64_t> emptied_;  // in this way, since the last sweep
};

}  // namespace vfstock::sim::invariants
