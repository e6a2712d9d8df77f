#include "tests/oracle/plain_json.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/panel/json_pointer.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"
#include "engine/panel/whole_number.h"

namespace vfstock::oracle {
namespace {

using panel::append_key;
using panel::json_values_max;
using panel::JsonKind;
using panel::JsonValue;
using panel::Reason;
using panel::Unreadable;
using panel::whole_number;

using nlohmann::json;

// What the parser tells, turned into a document; every refusal throws, which stops the parser
// there.
class DocumentBuilder {
 public:
  DocumentBuilder(std::string_view text, int nesting) : text_(text), nesting_(nesting) {}

  json take() { return std::move(root_); }

  bool null() { return place(nullptr); }
  bool boolean(bool value) { return place(value); }
  bool number_integer(json::number_integer_t value) { return number(std::to_string(value)); }
  bool number_unsigned(json::number_unsigned_t value) { return number(std::to_string(value)); }
  bool number_float(json::number_float_t, const std::string& written) {
    if (!panel::has_short_exponent(written)) {
      throw Unreadable(Reason::malformed, "a number with a long exponent");
    }
    return number(written);
  }
  bool string(std::string& value) { return place(std::move(value)); }
  bool binary(json::binary_t&) { return false; }  // has no notation in JSON text

  bool start_object(std::size_t) { return open(json::object()); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_array() { return close(); }

  bool key(std::string& key) {
    auto& object = open_.back()->get_ref<json::object_t&>();
    const auto [entry, is_new] = object.try_emplace(key, nullptr);
    if (!is_new) {
      throw Unreadable(Reason::malformed,
                       fmt::format("at {}: the key appears twice", pointer(key)));
    }
    slot_ = &entry->second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception& error) {
    constexpr int number_overflow = 406;  // of nlohmann::json
    // The library's own text quotes the body, so it is not passed on.
    const std::size_t byte = std::min(position, text_.size());
    const auto line =
        1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
    const bool overflow = error.id == number_overflow;
    throw Unreadable(
        overflow ? Reason::malformed : Reason::not_json,
        fmt::format("{} at line {}, byte {}",
                    overflow ? "a number that does not fit" : "no valid JSON", line, byte));
  }

 private:
  bool number(std::string_view written) {
    if (const auto whole = whole_number(written)) return place(*whole);
    return place(a_fraction);
  }

  bool place(json value) {
    put(std::move(value));
    return true;
  }

  bool open(json container) {
    if (open_.size() >= static_cast<std::size_t>(std::max(nesting_, 0))) {
      throw Unreadable(Reason::too_large, fmt::format("nested deeper than {} levels", nesting_));
    }
    open_.push_back(put(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  json* put(json value) {
    if (++values_ > json_values_max) {
      throw Unreadable(Reason::too_large, fmt::format("more than {} values", json_values_max));
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      return &open_.back()->get_ref<json::array_t&>().emplace_back(std::move(value));
    }
    *slot_ = std::move(value);
    return slot_;
  }

  // Where `key` of the innermost object lies. Only for errors: it searches each level for the next.
  std::string pointer(std::string_view key) const {
    std::string text;
    for (std::size_t level = 0; level + 1 < open_.size(); ++level) {
      const json& parent = *open_[level];
      if (parent.is_array()) {
        text += fmt::format("/{}", parent.size() - 1);
        continue;
      }
      for (const auto& [name, child] : parent.get_ref<const json::object_t&>()) {
        if (&child == open_[level + 1]) append_key(text, name);
      }
    }
    append_key(text, key);
    return text;
  }

  std::string_view text_;
  int nesting_;
  json root_;
  std::vector<json*> open_;  // the containers around the current place, outermost first
  json* slot_ = nullptr;     // where the value of the last key of the innermost object goes
  std::size_t values_ = 0;
};

void refuse_what_the_parser_lets_pass(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    throw Unreadable(Reason::not_json, "begins with a byte order mark");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    throw Unreadable(Reason::not_json, fmt::format("a NUL byte at byte {}", nul));
  }
}

}  // namespace

json plain_json(std::string_view text, int nesting) {
  refuse_what_the_parser_lets_pass(text);
  DocumentBuilder builder(text, nesting);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    throw Unreadable(Reason::not_json, "no valid JSON");
  }
  return builder.take();
}

json as_json(const JsonValue& value) {
  const JsonValue* child = &value + 1;
  switch (value.kind) {
    case JsonKind::null:
      return nullptr;
    case JsonKind::boolean:
      return value.number == 1;
    case JsonKind::whole:
      return value.number;
    case JsonKind::fraction:
      return a_fraction;
    case JsonKind::text:
      return std::string(value.text);
    case JsonKind::array: {
      json read = json::array();
      for (std::int64_t i = 0; i < value.number; ++i, child += child->extent) {
        read.push_back(as_json(*child));
      }
      return read;
    }
    case JsonKind::object: {
      json read = json::object();
      for (std::int64_t i = 0; i < value.number; ++i, child += child->extent) {
        read[std::string(child->key)] = as_json(*child);
      }
      return read;
    }
  }
  return nullptr;
}

}  // namespace vfstock::oracle
