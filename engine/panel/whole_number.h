// Exact reading of numbers: a need or a quota is never what binary floating point makes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vfstock::panel {

/// Magnitudes beyond this have lost digits in some client on the way; they are not believed.
inline constexpr std::int64_t whole_number_max = std::int64_t{1} << 53;

/// The value of a number in JSON's grammar ("5", "5.0", "50e-1") if it is whole and within
/// +-whole_number_max; nullopt otherwise ("5.5", "1e400", 2^53 + 1). `text` must be a JSON number.
std::optional<std::int64_t> whole_number(std::string_view text) noexcept;

/// Digits of an exponent. Nobody writes as many; readers of JSON stop somewhere beyond.
inline constexpr std::size_t exponent_digits_max = 19;
/// Whether the exponent of a JSON number has no more; true where it has none.
bool has_short_exponent(std::string_view text) noexcept;

/// The same for a string of decimal digits with an optional minus; nullopt for anything else.
std::optional<std::int64_t> digit_string(std::string_view text) noexcept;

}  // namespace vfstock::panel
