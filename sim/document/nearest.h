// The known name that somebody most likely meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vfstock::sim::document {

/// The candidate with the fewest edits (a letter added, dropped, changed, or two neighbours
/// swapped; letter case counts for nothing) from `typed`, the first of equals. Nullopt when even
/// that one shares no letter or is further than a third of the longer name's length (one edit at
/// least): a wild guess is worse than none. Names beyond 64 bytes are nobody's typo.
std::optional<std::string> nearest(std::string_view typed, std::span<const std::string> candidates);

/// "; did you mean 'X'?", or nothing.
std::string did_you_mean(std::string_view typed, std::span<const std::string> candidates);

}  // namespace vfstock::sim::document
