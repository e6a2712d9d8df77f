// How errors name values and kinds of values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// "null", "true", "7", "\"short text\"", "an array of 3", "an object of 2 fields". Long text is
/// cut.
std::string in_words(const Json& value);

/// A JSON Schema type name in plain words: "integer" is "a whole number".
std::string type_in_words(const std::string& type);

/// "1 field", "2 fields".
std::string counted(std::size_t count, std::string_view noun);

/// "a", "a or b", "a, b or c".
std::string either(const std::vector<std::string>& alternatives);

}  // namespace vfstock::sim::document
