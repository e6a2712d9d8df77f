// The mood of one run: which kinds of steps it knows and how often, which faults, and how time
// passes.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/fuzz/dice.h"
#include "sim/fuzz/fault_menu.h"

namespace vfstock::sim::fuzz {

enum class Move {
  cron,
  recalculate,
  view_cart,
  order,
  cancel,
  provision,
  terminate,
  change_package,
  provision_outside,
  terminate_outside,
  change,
  fail,
  heal,
  store_fail,
  restart,
  clock,
};
constexpr std::size_t moves = 16;

class Mood {
 public:
  explicit Mood(Dice& dice);

  Move next_move(Dice& dice) const;
  /// This run has steps of this kind.
  bool knows(Move move) const { return weights_[static_cast<std::size_t>(move)] > 0; }
  /// Null when this run leaves all faults out.
  const FaultSample* next_fault(Dice& dice) const;
  /// The time from one step to the next.
  std::chrono::milliseconds next_gap(Dice& dice) const;

 private:
  enum class Gap { none, moments, edges, minutes, hours };

  std::array<std::int64_t, moves> weights_{};
  std::array<std::int64_t, 5> gaps_{};
  std::vector<const FaultSample*> faults_;
};

/// "1500ms", "90s": the shortest way to write it.
std::string duration_text(std::chrono::milliseconds span);

}  // namespace vfstock::sim::fuzz
