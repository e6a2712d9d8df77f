#include "sim/document/nearest.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "engine/base/text.h"

namespace vfstock::sim::document {
namespace {

constexpr std::size_t name_bytes_max = 64;

// Three rows of the usual table are enough: a swap looks two rows back.
std::size_t edits(const std::string& from, const std::string& to) {
  std::vector<std::size_t> older(to.size() + 1), previous(to.size() + 1), current(to.size() + 1);
  for (std::size_t column = 0; column <= to.size(); ++column) previous[column] = column;
  for (std::size_t row = 1; row <= from.size(); ++row) {
    current[0] = row;
    for (std::size_t column = 1; column <= to.size(); ++column) {
      const std::size_t changed = from[row - 1] == to[column - 1] ? 0 : 1;
      current[column] =
          std::min({previous[column] + 1, current[column - 1] + 1, previous[column - 1] + changed});
      const bool swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] &&
                           from[row - 2] == to[column - 1];
      if (swapped) current[column] = std::min(current[column], older[column - 2] + 1);
    }
    std::swap(older, previous);
    std::swap(previous, current);
  }
  return previous[to.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view typed,
                                   std::span<const std::string> candidates) {
  if (typed.size() > name_bytes_max) return std::nullopt;
  const std::string wanted = lower(typed);
  std::optional<std::string> best;
  std::size_t fewest = 0;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > name_bytes_max) continue;
    const std::size_t distance = edits(wanted, lower(candidate));
    const std::size_t longer = std::max(wanted.size(), candidate.size());
    const bool plausible = distance < longer && distance <= std::max<std::size_t>(1, longer / 3);
    if (plausible && (!best || distance < fewest)) {
      best = candidate;
      fewest = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view typed, std::span<const std::string> candidates) {
  const auto name = nearest(typed, candidates);
  return name ? "; did you mean '" + *name + "'?" : std::string();
}

}  // namespace vfstock::sim::document
