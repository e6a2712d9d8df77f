#include "engine/panel/api_word.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/text.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

using nlohmann::json;
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
std::optional<json> parsed(std::string_view body, int nesting, std::optional<std::string>& fault) {
  try {
    return parse_json(body, nesting);
  } catch (const Unreadable& unreadable) {
    fault = trimmed(body).starts_with('<') ? "a web page"
                                           : fmt::format("no JSON ({})", unreadable.what());
    return std::nullopt;
  }
}

/// The texts of `errors`: a string, a list of them, or lists of them by field.
void add_texts(const json& errors, std::vector<std::string>& texts) {
  if (errors.is_string()) texts.push_back(errors.get<std::string>());
  if (!errors.is_structured()) return;
  for (const json& each : errors) add_texts(each, texts);
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
bool speaks_of_trouble(const json& value) {
  if (value.is_string()) return is_trouble(value.get_ref<const std::string&>());
  if (!value.is_structured()) return false;
  if (!value.is_object()) return std::any_of(value.begin(), value.end(), speaks_of_trouble);
  const auto& members = value.get_ref<const json::object_t&>();
  return std::any_of(members.begin(), members.end(), [&](const auto& member) {
    return lower(member.first) == "msg" || speaks_of(member.first, {"message"}) ||
           is_trouble(member.first) || speaks_of_trouble(member.second);
  });
}

}  // namespace

std::optional<std::string> no_word_about_a_record(std::string_view body, int nesting) {
  std::optional<std::string> fault;
  const auto document = parsed(body, nesting, fault);
  if (!document) return fault;
  if (!document->is_object()) return "JSON that is no object";
  bool says_something = false;
  for (const auto& [key, value] : document->items()) {
    if (is_one_of(key, {"success", "exception", "file", "line", "trace"})) continue;
    if (!is_one_of(key, {"msg", "message", "errors"})) return "the answer of another service";
    std::vector<std::string> texts;
    add_texts(value, texts);
    for (const std::string& text : texts) {
      if (trimmed(text).empty()) continue;
      if ((fault = fault_of(text, key != "msg"))) return fault;
      says_something = true;
    }
  }
  if (!says_something) return "JSON that says nothing";
  return std::nullopt;
}

std::optional<std::string> no_word_of_a_panel(std::string_view body, int nesting) {
  std::optional<std::string> fault;
  const auto document = parsed(body, nesting, fault);
  if (!document) return fault;
  if (!document->is_structured()) return "neither a list nor an object";
  if (speaks_of_trouble(*document)) return "it speaks of an error, a message or maintenance";
  return std::nullopt;
}

}  // namespace vfstock::panel
