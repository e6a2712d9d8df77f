#include "engine/panel/json_place.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/panel/json_pointer.h"
#include "engine/panel/unreadable.h"
#include "engine/panel/whole_number.h"

namespace vfstock::panel {
namespace {

std::optional<std::int64_t> whole_of(const nlohmann::json& value) {
  if (value.is_number_unsigned()) {
    const auto number = value.get<std::uint64_t>();
    if (number > static_cast<std::uint64_t>(whole_number_max)) return std::nullopt;
    return static_cast<std::int64_t>(number);
  }
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number > whole_number_max || number < -whole_number_max) return std::nullopt;
    return number;
  }
  return std::nullopt;  // integral floats are integers in the document already
}

// What a value is, in words; numbers that are refused as numbers are told apart from other types.
std::string_view kind_of(const nlohmann::json& value) {
  if (value.is_number_float()) return "a number that is not whole or too large";
  return value.type_name();
}

}  // namespace

std::optional<JsonPlace> JsonPlace::find(std::string_view key) const& {
  if (!value_->is_object()) refuse("an object");
  const auto member = value_->find(key);
  if (member == value_->end()) return std::nullopt;
  return JsonPlace(*member, this, key, 0);
}

JsonPlace JsonPlace::at(std::string_view key) const& {
  if (const auto member = find(key)) return *member;
  std::string where = pointer();
  append_key(where, key);
  throw Unreadable(Reason::malformed, fmt::format("at {}: missing", where));
}

std::size_t JsonPlace::size() const {
  if (!value_->is_array()) refuse("an array");
  return value_->size();
}

JsonPlace JsonPlace::element(std::size_t index) const& {
  return JsonPlace((*value_)[index], this, {}, index);
}

bool JsonPlace::is_object() const noexcept { return value_->is_object(); }

bool JsonPlace::is_array() const noexcept { return value_->is_array(); }

bool JsonPlace::is_null() const noexcept { return value_->is_null(); }

bool JsonPlace::is_empty_array() const noexcept { return value_->is_array() && value_->empty(); }

std::int64_t JsonPlace::whole() const {
  std::optional<std::int64_t> number = whole_of(*value_);
  if (value_->is_string()) number = digit_string(value_->get_ref<const std::string&>());
  if (!number) refuse("a whole number within 2^53");
  return *number;
}

std::int64_t JsonPlace::unquoted_whole() const {
  const std::optional<std::int64_t> number = whole_of(*value_);
  if (!number) refuse("a whole number within 2^53");
  return *number;
}

bool JsonPlace::flag() const {
  if (value_->is_boolean()) return value_->get<bool>();
  const std::int64_t number = whole_of(*value_).value_or(-1);
  if (number < 0 || number > 1) refuse("true, false, 1 or 0");
  return number == 1;
}

std::string JsonPlace::text_or_empty() const {
  return value_->is_string() ? value_->get<std::string>() : std::string();
}

void JsonPlace::refuse(std::string_view expected) const {
  const std::string where = pointer();
  throw Unreadable(Reason::malformed,
                   fmt::format("at {}: expected {}, found {}", where.empty() ? "the top" : where,
                               expected, kind_of(*value_)));
}

std::string JsonPlace::pointer() const {
  if (parent_ == nullptr) return {};
  std::string text = parent_->pointer();
  if (parent_->value_->is_array()) return text + fmt::format("/{}", index_);
  append_key(text, key_);
  return text;
}

}  // namespace vfstock::panel
