// Reading the body of a request by a table of its fields, in the panel's words where it refuses
// one.
//
// Values are taken as the panel's framework takes them: an integer may also be digits in a text
// ("20", "+1"), a float without a fraction or `true`; a boolean also 0, 1, "0" or "1"; texts are
// trimmed, and an empty one counts as absent. A strict reading takes the documented types alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::api {

struct BodyField {
  enum class Type { integer, boolean, integers, text, texts, number };

  std::string_view name;
  Type type = Type::integer;
  bool required = false;
  /// Of an integer or number its value, of a text its characters.
  std::int64_t least = 0, most = 999999999;
};

struct Body {
  /// The known fields in the type that the table says; absent ones are left out.
  Json json;
  /// What is missing, mistyped or out of range, a sentence each. Then `json` is not to be used.
  std::vector<std::string> problems;
  /// Fields that the table does not know.
  std::vector<std::string> unknown;

  bool has(const char* name) const { return json.contains(name); }
  /// Empty when absent or null.
  std::optional<std::int64_t> number(const char* name) const;
  std::optional<bool> flag(const char* name) const;
  std::optional<std::string> text(const char* name) const;
  std::optional<std::vector<std::int64_t>> numbers(const char* name) const;
  std::optional<std::vector<std::string>> texts(const char* name) const;
};

/// The fields of a body of at most 64 KiB: JSON, or unless `strict` a form of either kind.
Body read_body(const Request& request, std::span<const BodyField> fields, bool strict);

/// Every field of the body as it came, JSON or form; an empty object where there is none.
Json input_of(const Request& request);

}  // namespace vfstock::mockpanel::api
