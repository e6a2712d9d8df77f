// Chance that does not depend on what else happens: a hash decides, nothing is drawn from a stream.
#pragma once

#include <cstdint>
#include <string_view>

namespace vfstock::mockpanel::faults {

/// Whether a fault of this probability (0 never, 1 always) strikes the `ordinal`-th request of
/// `route` that `rule` describes. The same five values always give the same verdict, so another
/// rule, another route or another order of routes shifts nothing.
bool strikes(double probability, std::int64_t seed, std::string_view rule, std::string_view route,
             std::int64_t ordinal) noexcept;

/// A fraction from 0 to below 1, uniform over the ordinals. The same four values always give the
/// same one.
double fraction(std::int64_t seed, std::string_view rule, std::string_view route,
                std::int64_t ordinal) noexcept;

}  // namespace vfstock::mockpanel::faults
