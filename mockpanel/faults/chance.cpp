#include "mockpanel/faults/chance.h"

namespace vfstock::mockpanel::faults {
namespace {

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input moves every bit of
/// the output.
std::uint64_t mix(std::uint64_t bits) noexcept {
  bits += 0x9e3779b97f4a7c15U;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31);
}

std::uint64_t fold(std::uint64_t hash, std::string_view text) noexcept {
  for (const char c : text) hash = mix(hash ^ static_cast<unsigned char>(c));
  // The length keeps "ab", "c" apart from "a", "bc".
  return mix(hash ^ text.size());
}

}  // namespace

double fraction(std::int64_t seed, std::string_view rule, std::string_view route,
                std::int64_t ordinal) noexcept {
  std::uint64_t hash = mix(static_cast<std::uint64_t>(seed));
  hash = fold(hash, rule);
  hash = fold(hash, route);
  hash = mix(hash ^ static_cast<std::uint64_t>(ordinal));
  // 53 bits are what a double holds exactly: uniform in [0, 1), so 1 always strikes, 0 never.
  constexpr double unit = 0x1.0p-53;
  return static_cast<double>(hash >> 11) * unit;
}

bool strikes(double probability, std::int64_t seed, std::string_view rule, std::string_view route,
             std::int64_t ordinal) noexcept {
  return fraction(seed, rule, route, ordinal) < probability;
}

}  // namespace vfstock::mockpanel::faults
