// Numbers as JSON Schema sees them: 1 and 1.0 are the same whole number.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// Whether `value` is a number without a fraction, however it is written and however large.
bool is_whole(const Json& value);

/// A whole number that fits 64 bits; nullopt for every other value.
std::optional<std::int64_t> whole_number(const Json& value);

/// Orders two numbers exactly, also a 64-bit one against a double. Both must be numbers.
std::partial_ordering compare_numbers(const Json& left, const Json& right);

}  // namespace vfstock::sim::document
