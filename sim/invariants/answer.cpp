#include "sim/invariants/answer.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/invariants/own_json.h"
#include "sim/invariants/same_name.h"

namespace vfstock::sim::invariants {
namespace {

/// The media type without parameters, in lower case; empty when there is none.
std::string media_type(const Exchanged& exchange) {
  for (const auto& [name, value] : exchange.headers) {
    if (lower(name) != "content-type") continue;
    std::string type = lower(value.substr(0, value.find(';')));
    type.erase(0, type.find_first_not_of(" \t"));
    type.erase(type.find_last_not_of(" \t") + 1);
    return type;
  }
  return {};
}

/// A type as a story may name it: whatever the other side sent there, it stays short and plain.
std::string named(const std::string& type) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7f; };
  if (type.empty()) return "no type";
  const bool fit = type.size() <= 60 && std::all_of(type.begin(), type.end(), plain);
  return fit ? type : "an unreadable type";
}

bool holds(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return text.find(word) != std::string::npos; });
}

/// Every text below `value`, in lower case, each on a line of its own.
std::string texts_of(const nlohmann::json& value) {
  if (value.is_string()) return lower(value.get<std::string>()) + "\n";
  std::string texts;
  if (!value.is_structured()) return texts;
  for (const nlohmann::json& each : value) texts += texts_of(each);
  return texts;
}

/// A 404 speaks of a record when its body is the panel's way of saying so (`msg`), or a framework's
/// (`message`, `errors`) that names a record; and of nothing else: not of a route, a page, a
/// service.
bool speaks_of_a_record(const std::string& body) {
  const JsonText text = read_json(body);
  if (!text.document || !text.document->is_object()) return false;
  std::string own, of_framework;
  for (const auto& [key, value] : text.document->items()) {
    if (key == "msg") {
      own = texts_of(value);
    } else if (key == "message" || key == "errors") {
      of_framework += texts_of(value);
    } else if (key != "success" && key != "exception" && key != "file" && key != "line" &&
               key != "trace") {
      return false;
    }
  }
  if (holds(own + of_framework, {"route", "page", "url", "endpoint", "method", "upstream",
                                 "backend", "gateway", "host", "domain", "maintenance"})) {
    return false;
  }
  const auto blank = [](const std::string& words) {
    return words.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
  };
  if (!blank(own)) return true;
  return holds(of_framework,
               {"package", "group", "hypervisor", "record", "no query results for model"});
}

bool is_json(const std::string& type) {
  return type == "application/json" || type.ends_with("+json");
}

Answer not_found(const Exchanged& exchange, const std::string& type) {
  const bool later =
      std::any_of(exchange.headers.begin(), exchange.headers.end(),
                  [](const auto& header) { return same_name(header.first, "retry-after"); });
  if (later) return {Says::nothing, false, "answered 404 with Retry-After", {}};
  if (!is_json(type)) return {Says::nothing, false, "answered 404 as " + named(type), {}};
  if (!speaks_of_a_record(exchange.body)) {
    return {Says::nothing, false, "answered 404 with no word about a record", {}};
  }
  return {Says::not_found, false, "answered 404", {}};
}

Answer document(const Exchanged& exchange, const std::string& type) {
  const bool plain = type == "application/json";
  const bool akin = type.ends_with("+json") || type == "text/json";
  if (!plain && !akin) {
    return {Says::nothing, false, "answered 200 as " + named(type), {}};
  }
  JsonText text = read_json(exchange.body);
  if (!text.document) {
    return {Says::nothing, false, "answered 200 with a body that " + text.complaint, {}};
  }
  return {Says::document, akin, "answered 200", std::move(*text.document)};
}

/// Older than what may be remembered of it, by its own word or that of a cache on its way.
bool is_stale(const Exchanged& exchange, std::chrono::seconds oldest) {
  return std::any_of(exchange.headers.begin(), exchange.headers.end(), [&](const auto& header) {
    const auto& [name, value] = header;
    if (same_name(name, "age")) {
      const bool plain = !value.empty() && value.size() < 18 &&
                         value.find_first_not_of("0123456789") == std::string::npos;
      return !plain || std::stoll(value) > oldest.count();
    }
    if (!same_name(name, "warning")) return false;
    return value.starts_with("110") || value.starts_with("111") || value.starts_with("112") ||
           value.starts_with("113") || holds(value, {", 110 ", ", 111 ", ", 112 ", ", 113 "});
  });
}

/// Any name or text that speaks of trouble.
bool speaks_of_trouble(const nlohmann::json& value) {
  const auto troubled = [](const std::string& text) {
    return holds(lower(text), {"error", "maintenance", "exception"});
  };
  if (value.is_string()) return troubled(value.get<std::string>());
  if (value.is_array()) return std::any_of(value.begin(), value.end(), speaks_of_trouble);
  if (!value.is_object()) return false;
  for (const auto& [key, member] : value.items()) {
    const std::string name = lower(key);
    if (troubled(key) || name == "msg" || holds(name, {"message"})) return true;
    if (speaks_of_trouble(member)) return true;
  }
  return false;
}

}  // namespace

bool vouches(const Answer& answer) {
  return answer.says == Says::document && answer.document.is_structured() &&
         !speaks_of_trouble(answer.document);
}

Answer read_answer(const Exchanged& exchange, std::chrono::seconds oldest) {
  if (exchange.status == 0) return {Says::nothing, false, "did not answer", {}};
  const std::string status = std::to_string(exchange.status);
  if (!exchange.whole) {
    return {Says::nothing, false, "answered " + status + " but was cut off", {}};
  }
  if ((exchange.status == 200 || exchange.status == 404) && is_stale(exchange, oldest)) {
    return {Says::nothing, false, "answered " + status + " from long ago", {}};
  }
  const std::string type = media_type(exchange);
  if (exchange.status == 404) return not_found(exchange, type);
  if (exchange.status == 200) return document(exchange, type);
  return {Says::nothing, false, "answered " + status, {}};
}

}  // namespace vfstock::sim::invariants
