#include "engine/panel/json_place.h"

#include <fmt/format.h>

#include "engine/panel/json_pointer.h"
#include "engine/panel/unreadable.h"
#include "engine/panel/whole_number.h"

namespace vfstock::panel {
namespace {

// What a value is, in words; numbers that are refused as numbers are told apart from other types.
std::string_view kind_of(const JsonValue& value) {
  switch (value.kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "boolean";
    case JsonKind::whole:
      return "number";
    case JsonKind::fraction:
      return "a number that is not whole or too large";
    case JsonKind::text:
      return "string";
    case JsonKind::array:
      return "array";
    case JsonKind::object:
      return "object";
  }
  return "nothing";
}

}  // namespace

std::optional<JsonPlace> JsonPlace::find(std::string_view key) const& {
  if (value_->kind != JsonKind::object) refuse("an object");
  const JsonValue* member = value_ + 1;
  for (std::int64_t i = 0; i < value_->number; ++i, member += member->extent) {
    if (member->key == key) return JsonPlace(*member, this, 0);
  }
  return std::nullopt;
}

JsonPlace JsonPlace::at(std::string_view key) const& {
  if (const auto member = find(key)) return *member;
  std::string where = pointer();
  append_key(where, key);
  throw Unreadable(Reason::malformed, fmt::format("at {}: missing", where));
}

JsonPlace::Elements JsonPlace::elements() const& {
  if (value_->kind != JsonKind::array) refuse("an array");
  return Elements(*this);
}

bool JsonPlace::is_object() const noexcept { return value_->kind == JsonKind::object; }

bool JsonPlace::is_nothing() const noexcept {
  const bool holds = value_->kind == JsonKind::array || value_->kind == JsonKind::object;
  return value_->kind == JsonKind::null || (holds && value_->number == 0);
}

bool JsonPlace::is_array() const noexcept { return value_->kind == JsonKind::array; }

bool JsonPlace::is_flag() const noexcept {
  if (value_->kind == JsonKind::boolean) return true;
  return value_->kind == JsonKind::whole && (value_->number == 0 || value_->number == 1);
}

std::int64_t JsonPlace::whole() const {
  if (value_->kind == JsonKind::whole) return value_->number;
  if (value_->kind == JsonKind::text) {
    if (const auto number = digit_string(value_->text)) return *number;
  }
  refuse("a whole number within 2^53");
}

std::int64_t JsonPlace::unquoted_whole() const {
  if (value_->kind != JsonKind::whole) refuse("a whole number within 2^53");
  return value_->number;
}

bool JsonPlace::flag() const {
  if (!is_flag()) refuse("true, false, 1 or 0");
  return value_->number == 1;
}

std::string JsonPlace::text_or_empty() const { return std::string(value_->text); }

void JsonPlace::refuse(std::string_view expected) const {
  const std::string where = pointer();
  throw Unreadable(Reason::malformed,
                   fmt::format("at {}: expected {}, found {}", where.empty() ? "the top" : where,
                               expected, kind_of(*value_)));
}

std::string JsonPlace::pointer() const {
  if (parent_ == nullptr) return {};
  std::string text = parent_->pointer();
  if (parent_->value_->kind == JsonKind::array) return text + fmt::format("/{}", index_);
  append_key(text, value_->key);
  return text;
}

}  // namespace vfstock::panel
