// Dates as HTTP writes them (RFC 9110, section 5.6.7).
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/clock.h"

namespace vfstock {

/// Reads the preferred form, "Sun, 06 Nov 1994 08:49:37 GMT"; nullopt for anything else.
std::optional<WallTime> http_date(std::string_view text) noexcept;

}  // namespace vfstock
