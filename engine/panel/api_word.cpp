#include "engine/panel/api_word.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

using Words = std::initializer_list<std::string_view>;

bool speaks_of(std::string_view text, Words words) {
  const std::string small = lower(text);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

bool is_one_of(std::string_view key, Words keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// The document, or why it is none.
std::optional<JsonDocument> parsed(std::string_view body, int nesting,
                                   std::optional<std::string>& fault) {
  try {
    return parse_json(body, nesting);
  } catch (const Unreadable& unreadable) {
    fault = trimmed(body).starts_with('<') ? "a web page"
                                           : fmt::format("no JSON ({})", unreadable.what());
    return std::nullopt;
  }
}

bool holds_others(const JsonValue& value) noexcept {
  return value.kind == JsonKind::object || value.kind == JsonKind::array;
}

/// A value and all that lies below it.
std::span<const JsonValue> all_of(const JsonValue& value) noexcept {
  return {&value, value.extent};
}

std::optional<std::string> fault_of(std::string_view text, bool must_name_a_record) {
  if (speaks_of(text, {"route", "page", "url", "endpoint", "method", "upstream", "backend",
                       "gateway", "host", "domain", "maintenance"})) {
    return "an answer about a route or a service";
  }
  const bool names_one =
      speaks_of(text, {"package", "group", "hypervisor", "record", "no query results for model"});
  if (must_name_a_record && !names_one) return "an answer that names no record";
  return std::nullopt;
}

bool is_trouble(std::string_view text) {
  return speaks_of(text, {"error", "maintenance", "exception"});
}

/// Whether any name or text of the document speaks of trouble.
bool speaks_of_trouble(const JsonValue& document) {
  const auto all = all_of(document);
  return std::any_of(all.begin(), all.end(), [](const JsonValue& value) {
    return lower(value.key) == "msg" || speaks_of(value.key, {"message"}) ||
           is_trouble(value.key) || is_trouble(value.text);
  });
}

/// The first thing that is wrong with what `value` says; `says_something` where it says anything.
std::optional<std::string> fault_of_texts(const JsonValue& value, bool& says_something) {
  for (const JsonValue& each : all_of(value)) {
    if (trimmed(each.text).empty()) continue;
    if (auto fault = fault_of(each.text, value.key != "msg")) return fault;
    says_something = true;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> no_word_about_a_record(std::string_view body, int nesting) {
  std::optional<std::string> fault;
  const auto document = parsed(body, nesting, fault);
  if (!document) return fault;
  const JsonValue& top = document->top();
  if (top.kind != JsonKind::object) return "JSON that is no object";
  bool says_something = false;
  const JsonValue* member = &top + 1;
  for (std::int64_t i = 0; i < top.number; ++i, member += member->extent) {
    if (is_one_of(member->key, {"success", "exception", "file", "line", "trace"})) continue;
    if (!is_one_of(member->key, {"msg", "message", "errors"})) {
      return "the answer of another service";
    }
    if ((fault = fault_of_texts(*member, says_something))) return fault;
  }
  if (!says_something) return "JSON that says nothing";
  return std::nullopt;
}

std::optional<std::string> no_word_of_a_panel(std::string_view body, int nesting) {
  std::optional<std::string> fault;
  const auto document = parsed(body, nesting, fault);
  if (!document) return fault;
  if (!holds_others(document->top())) return "neither a list nor an object";
  if (speaks_of_trouble(document->top())) return "it speaks of an error, a message or maintenance";
  return std::nullopt;
}

}  // namespace vfstock::panel
