// Vets a schema before it is used: only keywords we enforce, with arguments we understand.
#pragma once

#include <string>
#include <vector>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// The longest text a regular expression is run on; std::regex recurses once per character.
inline constexpr std::size_t pattern_text_max = 64;

/// Returns the schema's patterns. Throws std::logic_error "NAME: /json/pointer: message" for an
/// unknown keyword, an argument of the wrong shape, rules beside a $ref (draft-07 ignores them), or
/// a pattern without a maxLength of at most `pattern_text_max`.
std::vector<std::string> vet_schema(const std::string& name, const Json& schema);

}  // namespace vfstock::sim::document
