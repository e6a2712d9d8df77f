// Every timeline of a small world up to a depth: nothing is left to chance.
//
// An alphabet of moves, each with its own span of time before it, and every word of `depth` letters
// over it, followed by the liveness phase. What may go wrong in so few steps goes wrong here.
#pragma once

#include <cstdint>
#include <string>

#include "sim/document/document.h"

namespace vfstock::sim::fuzz {

class Exhaustive {
 public:
  static constexpr int depth_max = 8;
  /// `depth` from 1 to `depth_max`.
  explicit Exhaustive(int depth) : depth_(depth) {}

  static std::uint64_t letters();
  std::uint64_t size() const;
  /// The `index`-th timeline, from 0; safe to call from several threads.
  document::Json timeline(std::uint64_t index) const;

 private:
  int depth_;
};

}  // namespace vfstock::sim::fuzz
