// Numbers of VPSes in the checker's own arithmetic: nullopt where nothing limits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace vfstock::sim::invariants {

/// A number of VPSes; nullopt: nothing limits it.
using Places = std::optional<std::int64_t>;

inline Places lesser(Places a, Places b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

inline Places greater(Places a, Places b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

inline Places sum(Places a, Places b) {
  if (!a || !b) return std::nullopt;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return *a > most - *b ? most : *a + *b;
}

}  // namespace vfstock::sim::invariants
