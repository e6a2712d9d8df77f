// What may be written as a header of an answer without changing how the answer is framed.
#pragma once

#include <string_view>

namespace vfstock::mockpanel::faults {

/// 1 to 100 letters, digits and hyphens.
bool is_header_name(std::string_view text) noexcept;

/// No control characters: a line break would start a header, or an answer, of its own.
bool is_header_value(std::string_view text) noexcept;

/// Content-Length, Transfer-Encoding, Connection, in any letter case: the wire alone writes these.
bool frames_the_answer(std::string_view name) noexcept;

/// 204 and 304 have no body and announce none.
constexpr bool may_have_body(int status) noexcept { return status != 204 && status != 304; }

/// Whether two header names are the same, letter case aside.
bool same_header(std::string_view left, std::string_view right) noexcept;

}  // namespace vfstock::mockpanel::faults
