// Reading the JSON body of a request by a table of its fields, in the panel's words where it
// refuses one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace vfstock::mockpanel::api {

struct BodyField {
  enum class Type { integer, boolean, integers, text };

  std::string_view name;
  Type type = Type::integer;
  bool required = false;
  /// Of an integer its value, of a text its bytes.
  std::int64_t least = 0, most = 999999999;
};

struct Body {
  nlohmann::json json;
  /// What is missing, mistyped or out of range, a sentence each. Then `json` is not to be used.
  std::vector<std::string> problems;
  /// Fields that the table does not know.
  std::vector<std::string> unknown;

  bool has(const char* name) const;
  /// Empty when absent or null.
  std::optional<std::int64_t> number(const char* name) const;
  std::optional<bool> flag(const char* name) const;
  std::optional<std::string> text(const char* name) const;
};

/// A body of at most 64 KiB that is a JSON object; an empty one counts as {} unless a field is
/// required.
Body read_body(std::string_view text, std::span<const BodyField> fields);

}  // namespace vfstock::mockpanel::api
