#include "sim/fuzz/mood.h"

#include <numeric>

namespace vfstock::sim::fuzz {
namespace {

using namespace std::chrono_literals;

// How much of each kind of step a run of no particular mood has, in the order of Move.
constexpr std::array<std::int64_t, moves> usual{8, 6, 4, 6, 2, 8, 5, 2, 3, 2, 5, 9, 3, 2, 2, 1};

// Lifetimes, windows and delays of the rules, and what lies just beside them.
constexpr std::array edges{1s,   4s,   5s,   29s,  30s,  31s,   59s,   60s,   61s,  89s,
                           90s,  119s, 120s, 121s, 180s, 299s,  300s,  301s,  599s, 600s,
                           601s, 659s, 899s, 900s, 960s, 7199s, 7200s, 7201s, 330s, 150s};

template <std::size_t count>
std::size_t weighted(Dice& dice, const std::array<std::int64_t, count>& weights) {
  std::int64_t rest = dice.below(std::accumulate(weights.begin(), weights.end(), std::int64_t{0}));
  std::size_t chosen = 0;
  while (rest >= weights[chosen]) rest -= weights[chosen++];
  return chosen;
}

}  // namespace

Mood::Mood(Dice& dice) {
  for (std::size_t i = 0; i < moves; ++i) {
    if (dice.chance(25)) continue;
    weights_[i] = usual[i] * (dice.chance(20) ? dice.between(2, 6) : 1);
  }
  // Without any of these nothing is ever decided.
  weights_[static_cast<std::size_t>(dice.pick(std::array{Move::cron, Move::recalculate}))] += 6;
  for (const std::string_view name : fault_classes()) {
    if (dice.chance(55)) continue;
    for (const FaultSample& sample : fault_menu()) {
      if (sample.fault_class == name) faults_.push_back(&sample);
    }
  }
  for (std::int64_t& weight : gaps_) weight = dice.between(0, 4);
  gaps_[static_cast<std::size_t>(Gap::edges)] += 2;
}

Move Mood::next_move(Dice& dice) const { return static_cast<Move>(weighted(dice, weights_)); }

const FaultSample* Mood::next_fault(Dice& dice) const {
  return faults_.empty() ? nullptr : dice.pick(faults_);
}

std::chrono::milliseconds Mood::next_gap(Dice& dice) const {
  switch (static_cast<Gap>(weighted(dice, gaps_))) {
    case Gap::none:
      return 0ms;
    case Gap::moments:
      return std::chrono::milliseconds{dice.chance(80) ? dice.between(1, 40) * 1000
                                                       : dice.between(1, 40'000)};
    case Gap::edges:
      return dice.pick(edges);
    case Gap::minutes:
      return std::chrono::minutes{dice.between(1, 20)};
    case Gap::hours:
      return std::chrono::minutes{30 * dice.between(1, 8)};
  }
  return 0ms;
}

std::string duration_text(std::chrono::milliseconds span) {
  const std::int64_t count = span.count();
  if (count % 1000 != 0) return std::to_string(count) + "ms";
  if (count % 60'000 != 0 || count == 0) return std::to_string(count / 1000) + "s";
  if (count % 3'600'000 != 0) return std::to_string(count / 60'000) + "m";
  return std::to_string(count / 3'600'000) + "h";
}

}  // namespace vfstock::sim::fuzz
