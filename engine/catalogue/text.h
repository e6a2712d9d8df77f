// Reading of text columns filled by people.
#pragma once

#include <cstdint>
#include <string_view>

namespace vfstock::catalogue {

/// The leading decimal digits after optional white space and sign, saturating at the limits of the
/// type: "3|London" is 3, " 7" is 7, "-2" is -2, "London" and "" are 0.
std::int64_t leading_integer(std::string_view text) noexcept;

}  // namespace vfstock::catalogue
