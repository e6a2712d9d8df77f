// How old a response says that it is. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "engine/panel/transport.h"

namespace vfstock::panel {

/// Why a response is older than `longest` allows: its Age exceeds it or cannot be read, or a cache
/// on the way warns that it is stale (Warning 110 to 113). nullopt: nothing says so.
std::optional<std::string> too_old(const Answer& answer, std::chrono::seconds longest);

}  // namespace vfstock::panel
