// A JSON document as the decoder walks it: its values in the order of the text, each knowing how
// many values lie below it. Made by parse_json (json_text.h), read through JsonPlace
// (json_place.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace vfstock::panel {

enum class JsonKind : std::uint8_t { null, boolean, whole, fraction, text, array, object };

struct JsonValue {
  std::string_view key;   // under which it stands in its object; empty elsewhere
  std::string_view text;  // of a string, unescaped
  std::int64_t number =
      0;  // of a whole number; 0 or 1 of a boolean; children of an array or object
  std::uint32_t extent = 1;  // values from this one to the last one below it, both included
  JsonKind kind = JsonKind::null;
};

/// The values of one document, the outermost one first; never empty. The texts of keys and strings
/// live as long as the document.
class JsonDocument {
 public:
  JsonDocument(std::vector<JsonValue> values, std::shared_ptr<const void> texts)
      : values_(std::move(values)), texts_(std::move(texts)) {}

  const JsonValue& top() const& noexcept { return values_.front(); }
  const JsonValue& top() const&& = delete;

 private:
  std::vector<JsonValue> values_;
  std::shared_ptr<const void> texts_;
};

}  // namespace vfstock::panel
