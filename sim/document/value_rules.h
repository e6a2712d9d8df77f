// The rules of a JSON Schema that look at one value and not at what it holds.
//
// Each takes a schema (an object whose keywords schema_keywords.h has vetted) and a value, and
// returns what is wrong in words for people, or nothing. A rule about text says nothing about a
// number, as JSON Schema has it.
#pragma once

#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "sim/document/document.h"

namespace vfstock::sim::document {

using Complaint = std::optional<std::string>;

/// Compiled `pattern` keywords by their text.
using Patterns = std::map<std::string, std::regex, std::less<>>;

/// The argument of `keyword` in a schema, or nullptr.
const Json* argument(const Json& schema, const char* keyword);

/// The type names a schema allows; empty when it says nothing about types.
std::vector<std::string> allowed_types(const Json& schema);
bool has_allowed_type(const Json& schema, const Json& value);

/// type, const, enum, minimum, maximum, minLength, maxLength, pattern.
Complaint value_complaint(const Json& schema, const Json& value, const Patterns& patterns);

/// minItems, maxItems, uniqueItems, minProperties, maxProperties.
Complaint size_complaint(const Json& schema, const Json& value);

}  // namespace vfstock::sim::document
