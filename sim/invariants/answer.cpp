#include "sim/invariants/answer.h"

#include <algorithm>
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

Answer not_found(const Exchanged& exchange, const std::string& type) {
  const bool says_html = type.find("html") != std::string::npos;
  const std::size_t first = exchange.body.find_first_not_of(" \t\r\n");
  const bool looks_html = first != std::string::npos && exchange.body[first] == '<';
  if (looks_html) return {Says::nothing, false, "answered 404 with a web page", {}};
  const bool later =
      std::any_of(exchange.headers.begin(), exchange.headers.end(),
                  [](const auto& header) { return same_name(header.first, "retry-after"); });
  if (later) return {Says::nothing, false, "answered 404 with Retry-After", {}};
  // Announced as a web page but without one: proxies do that, and so does a panel without a body.
  return {Says::not_found, says_html, "answered 404", {}};
}

/// A type as a story may name it: whatever the other side sent there, it stays short and plain.
std::string named(const std::string& type) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7f; };
  if (type.empty()) return "no type";
  const bool fit = type.size() <= 60 && std::all_of(type.begin(), type.end(), plain);
  return fit ? type : "an unreadable type";
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

}  // namespace

Answer read_answer(const Exchanged& exchange) {
  if (exchange.status == 0) return {Says::nothing, false, "did not answer", {}};
  const std::string status = std::to_string(exchange.status);
  if (!exchange.whole) {
    return {Says::nothing, false, "answered " + status + " but was cut off", {}};
  }
  const std::string type = media_type(exchange);
  if (exchange.status == 404) return not_found(exchange, type);
  if (exchange.status == 200) return document(exchange, type);
  return {Says::nothing, false, "answered " + status, {}};
}

}  // namespace vfstock::sim::invariants
