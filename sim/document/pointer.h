// JSON pointers (RFC 6901) as errors show them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vfstock::sim::document {

/// "/key" with "~" and "/" of the key escaped.
std::string pointer_step(std::string_view key);
/// "/index".
std::string pointer_step(std::size_t index);

/// "FILE: POINTER: message" on one line: the empty pointer reads "the document", and control
/// characters are written as \u00XX.
std::string located(const std::string& file, const std::string& pointer,
                    const std::string& message);

}  // namespace vfstock::sim::document
