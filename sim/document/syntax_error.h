// What is said about text that is not JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vfstock::sim::document {

/// "FILE:LINE:COLUMN: message", where `offset` counts the bytes before the offending one.
std::string at_byte(const std::string& file, std::string_view text, std::size_t offset,
                    const std::string& message);

/// The same from the JSON library's complaint: `position` is its count of bytes read. The text that
/// it read last is left out, because it can be as long as the file.
std::string syntax_error(const std::string& file, std::string_view text, std::size_t position,
                         std::string_view complaint);

}  // namespace vfstock::sim::document
