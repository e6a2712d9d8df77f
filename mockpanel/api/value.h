// Single values as the panel's framework takes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mockpanel/api/answer.h"

namespace vfstock::mockpanel::api {

/// Without the blanks, tabs, line ends and NULs around it.
std::string_view trimmed(std::string_view text) noexcept;

/// What PHP's FILTER_VALIDATE_INT takes: digits without leading zeros, a sign before and blanks
/// around them allowed. Nullopt also beyond 64 bits.
std::optional<std::int64_t> integer(std::string_view text);

/// The same of a JSON value: an integer, a float without a fraction, `true` as 1, or such a text.
std::optional<std::int64_t> integer_from(const Json& value);

/// true, false, 0, 1, "0" or "1".
std::optional<bool> boolean_from(const Json& value);

/// A JSON number, or digits with an optional fraction in a text.
std::optional<double> number_from(const Json& value);

}  // namespace vfstock::mockpanel::api
