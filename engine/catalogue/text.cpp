#include "engine/catalogue/text.h"

#include <limits>

namespace vfstock::catalogue {

std::int64_t leading_integer(std::string_view text) noexcept {
  constexpr std::string_view white_space = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return 0;
  text.remove_prefix(first);
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);

  // Gathered below zero, where the range reaches one further than above.
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t below = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    const int digit = c - '0';
    below = below < (least + digit) / 10 ? least : below * 10 - digit;
    if (below == least) break;
  }
  if (negative) return below;
  return below == least ? std::numeric_limits<std::int64_t>::max() : -below;
}

}  // namespace vfstock::catalogue
