// Moments of the calendar as people write them in traces and plans.
#pragma once

#include <optional>
#include <string_view>

namespace vfstock::sim::forecast {

/// "2026-11-24", "2026-11-24T03:00", "2026-11-24 03:00:15" (a trailing Z is allowed) as seconds
/// since 1970-01-01 00:00 on the clock of whoever wrote it; nothing for anything else.
std::optional<double> calendar_seconds(std::string_view text);

}  // namespace vfstock::sim::forecast
