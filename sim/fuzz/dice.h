// Chance for generated timelines: every value follows from (seed, run, ordinal) alone.
//
// Each run has a stream of its own, so runs can be made in any order, on any number of threads, and
// again years later. Written out, because the standard distributions differ between libraries.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vfstock::sim::fuzz {

class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t run) : key_(mix(mix(seed) ^ (run * golden + 1))) {}

  std::uint64_t next() { return mix(key_ + golden * ++ordinal_); }
  /// From 0 to `bound` - 1; `bound` is at least 1. Its slight bias does not matter here.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound));
  }
  /// Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + below(most - least + 1);
  }
  bool chance(int percent) { return below(100) < percent; }
  /// One of them, each as likely; there is at least one.
  template <class Choices>
  auto pick(const Choices& choices) {
    return *(std::begin(choices) + below(static_cast<std::int64_t>(std::size(choices))));
  }

 private:
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
  // The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
  // generators, 2014).
  static constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  std::uint64_t key_;
  std::uint64_t ordinal_ = 0;
};

}  // namespace vfstock::sim::fuzz
