// Moments as people write and read them, always UTC.
#pragma once

#include <optional>
#include <string>

#include "engine/base/clock.h"

namespace vfstock::sim::cli {

/// "2026-11-24", "2026-11-24T03:00", "2026-11-24T03:00:15"; a trailing Z is allowed.
std::optional<WallTime> moment_from(const std::string& text);

/// "2026-11-24T03:00:15Z"
std::string moment_text(WallTime time);

}  // namespace vfstock::sim::cli
