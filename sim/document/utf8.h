// Whether bytes are UTF-8, and how many characters they hold.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace vfstock::sim::document {

/// The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: no overlong forms,
/// no surrogates, nothing beyond U+10FFFF); nullopt for text that is fine.
std::optional<std::size_t> malformed_utf8(std::string_view text) noexcept;

/// Code points in well-formed UTF-8, the unit of minLength and maxLength.
std::size_t code_points(std::string_view text) noexcept;

}  // namespace vfstock::sim::document
