// The checker's own strict reading of JSON text.
//
// The JSON library takes duplicate keys, a byte order mark and a NUL byte in its stride; an answer
// with any of these must not be believed. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace vfstock::sim::invariants {

struct JsonText {
  std::optional<nlohmann::json> document;  // absent: the bytes are not to be believed
  std::string complaint;                   // why not, e.g. "gives the key \"id\" twice"
};

/// `bytes` as one JSON document, whole, in UTF-8, of at most 32 MiB and 64 levels.
JsonText read_json(const std::string& bytes);

}  // namespace vfstock::sim::invariants
