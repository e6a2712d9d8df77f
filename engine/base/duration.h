// Durations as people write them in options, policies and scenarios: "500ms", "90s", "5m", "2h",
// "3d".
//
// One whole number and one unit, nothing else: no sign, space, fraction or sum of units, so that
// two readers cannot disagree. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vfstock {

/// The longest duration that is read: far beyond any scenario, and far from overflow when added up.
inline constexpr std::chrono::milliseconds duration_max = std::chrono::hours{24 * 3650};

/// The duration in `text`, from 0 to `duration_max`; empty when it is anything else.
std::optional<std::chrono::milliseconds> duration_from(std::string_view text);

/// The shortest text that duration_from reads back as `duration`: "2m" for 120 s, "90s" for 90 s,
/// "0s" for nothing. A negative duration, which no text can ask for, is written with a minus sign.
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace vfstock
