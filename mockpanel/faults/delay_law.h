// Delays that vary from request to request.
#pragma once

#include <chrono>
#include <string_view>

#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

/// The delay of the `ordinal`-th request of `route` that `rule` describes: like chance.h a matter
/// of these values alone. Never longer than an hour.
std::chrono::milliseconds drawn(const DelayLaw& law, std::int64_t seed, std::string_view rule,
                                std::string_view route, std::int64_t ordinal);

}  // namespace vfstock::mockpanel::faults
