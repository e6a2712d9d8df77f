// Strict text -> document. The same bytes must mean the same to every reader, so what readers of
// JSON disagree on is refused: a byte order mark, NUL, invalid UTF-8, half a surrogate pair, a key
// twice in one object, anything after the document. Depth and size are bounded while reading, so
// hostile bodies cost little.
//
// Whole numbers are kept exactly: a number that is whole and within +-2^53 is JsonKind::whole
// however it was written ("5.0", "50e-1"); every other number is a fraction, which no needed field
// accepts.
// One that no double holds, or with an exponent of more than 19 digits, makes the text malformed.
//
//   const JsonDocument document = parse_json(body, 64);
//   const std::int64_t id = JsonPlace(document).at("data").at("id").whole();
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/panel/json_document.h"

namespace vfstock::panel {

/// Values (objects, arrays, strings, numbers, flags, nulls) in one document. A page of 200
/// hypervisors has some eight thousand; without a bound 32 MiB of "[]," would take gigabytes.
inline constexpr std::size_t json_values_max = 1'000'000;

/// Throws Unreadable: not_json (with line and byte), malformed (a key twice, with its JSON
/// pointer; a number that does not fit), too_large (deeper than `nesting` levels, or more than
/// json_values_max values).
JsonDocument parse_json(std::string_view text, int nesting);

}  // namespace vfstock::panel
