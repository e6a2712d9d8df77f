// Chance in a forecast: counter-based, so that no draw depends on which draws came before it.
//
// Every draw is named by (seed, replicate, purpose, entity, index). The n-th customer of a stream
// comes at the same moment and stays as long in every what-if, whoever was admitted before, which
// is what makes paired differences cheap. Philox4x32-10 (Salmon et al., SC'11) by Random123. Pure
// values, safe to share.
#pragma once

#include <cmath>
#include <cstdint>

#include <Random123/philox.h>

namespace vfstock::sim::forecast {

/// What a draw is for. The numbers are part of what a seed means: add at the end.
enum class Purpose : std::uint32_t {
  arrival = 1,     // entity: stream; index: batch
  vps = 2,         // entity: stream; index: VPS
  level = 3,       // entity: stream; index: attempt; the replicate's level
  day_level = 4,   // entity: stream; index: 64 × day + attempt
  weather = 5,     // index: change of weather
  running = 6,     // entity: kind of running VPS; index: VPS
  probe = 7,       // index: probe
  lead_time = 16,  // entity: operation; when its hypervisors are there
};

/// Two independent draws of 64 bits.
struct Bits {
  std::uint64_t first = 0, second = 0;
};

/// Uniform in the open interval (0, 1): never a value whose logarithm is infinite.
inline double unit(std::uint64_t bits) noexcept {
  return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
}

/// Exponential with mean 1.
inline double exponential(std::uint64_t bits) noexcept { return -std::log(unit(bits)); }

/// All chance of one replicate.
class Chance {
 public:
  Chance(std::uint64_t seed, std::uint32_t replicate) noexcept
      : key_{{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}},
        replicate_(replicate) {}

  Bits bits(Purpose purpose, std::uint32_t entity, std::uint32_t index) const noexcept {
    const philox4x32_ctr_t counter{
        {index, entity, static_cast<std::uint32_t>(purpose), replicate_}};
    const philox4x32_ctr_t drawn = philox4x32(counter, key_);
    return {joined(drawn.v[0], drawn.v[1]), joined(drawn.v[2], drawn.v[3])};
  }

 private:
  static std::uint64_t joined(std::uint32_t low, std::uint32_t high) noexcept {
    return std::uint64_t{high} << 32 | low;
  }
  philox4x32_key_t key_;
  std::uint32_t replicate_;
};

}  // namespace vfstock::sim::forecast
