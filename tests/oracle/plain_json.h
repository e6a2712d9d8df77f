// The strict reading of JSON as a library for documents does it, value by value into a tree: slow,
// plain, and what engine/panel/json_text.h must agree with on every text.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "engine/panel/json_document.h"

namespace vfstock::oracle {

/// What stands for any number that is not whole or beyond 2^53: no needed field accepts its value.
inline const nlohmann::json a_fraction = nlohmann::json::binary({});

/// Throws panel::Unreadable as panel::parse_json does, with the same reasons.
nlohmann::json plain_json(std::string_view text, int nesting);

/// A value of the engine's document, with what lies below it, as the same kind of tree.
nlohmann::json as_json(const panel::JsonValue& value);

}  // namespace vfstock::oracle
