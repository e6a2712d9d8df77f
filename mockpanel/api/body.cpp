#include "mockpanel/api/body.h"

#include <algorithm>
#include <utility>

namespace vfstock::mockpanel::api {
namespace {

using nlohmann::json;
using Type = BodyField::Type;

bool in_range(const json& value, const BodyField& field) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(field.most)) {
    return false;
  }
  const auto number = value.get<std::int64_t>();
  return number >= field.least && number <= field.most;
}

bool is_text(const json& value, const BodyField& field) {
  if (!value.is_string()) return false;
  const auto bytes = static_cast<std::int64_t>(value.get_ref<const std::string&>().size());
  return bytes >= field.least && bytes <= field.most;
}

bool is_integers(const json& value) {
  return value.is_array() && std::all_of(value.begin(), value.end(), [](const json& entry) {
           return entry.is_number_integer();
         });
}

/// What is wrong with the value; empty when nothing.
std::string complaint(const json& value, const BodyField& field) {
  const std::string range = std::to_string(field.least) + " and " + std::to_string(field.most);
  switch (field.type) {
    case Type::boolean:
      return value.is_boolean() ? "" : "must be true or false.";
    case Type::integers:
      return is_integers(value) ? "" : "must be an array of integers.";
    case Type::text:
      return is_text(value, field) ? "" : "must be between " + range + " characters.";
    case Type::integer:
      break;
  }
  return in_range(value, field) ? "" : "must be an integer between " + range + ".";
}

std::optional<std::string> problem(const BodyField& field, const json& body) {
  const std::string subject = "The " + std::string(field.name) + " field ";
  const auto found = body.find(field.name);
  if (found == body.end() || found->is_null()) {
    if (field.required) return subject + "is required.";
    return std::nullopt;
  }
  const std::string wrong = complaint(*found, field);
  if (wrong.empty()) return std::nullopt;
  return subject + wrong;
}

}  // namespace

bool Body::has(const char* name) const {
  const auto found = json.find(name);
  return found != json.end() && !found->is_null();
}

std::optional<std::int64_t> Body::number(const char* name) const {
  if (!has(name)) return std::nullopt;
  return json[name].get<std::int64_t>();
}

std::optional<bool> Body::flag(const char* name) const {
  if (!has(name)) return std::nullopt;
  return json[name].get<bool>();
}

std::optional<std::string> Body::text(const char* name) const {
  if (!has(name)) return std::nullopt;
  return json[name].get<std::string>();
}

Body read_body(std::string_view text, std::span<const BodyField> fields) {
  Body body;
  // Far beyond any real request; keeps a hostile nesting from costing memory.
  constexpr std::size_t bytes_max = 65536;
  const bool needed = std::any_of(fields.begin(), fields.end(),
                                  [](const BodyField& field) { return field.required; });
  if (text.empty() && !needed) {
    body.json = json::object();
    return body;
  }
  body.json = text.size() > bytes_max ? json() : json::parse(text, nullptr, false);
  if (!body.json.is_object()) {
    body.problems.emplace_back("The request body must be a JSON object of at most 64 KiB.");
    return body;
  }
  for (const BodyField& field : fields) {
    if (auto found = problem(field, body.json)) body.problems.push_back(std::move(*found));
  }
  for (const auto& [name, value] : body.json.items()) {
    const auto known = [&key = name](const BodyField& field) { return field.name == key; };
    if (std::none_of(fields.begin(), fields.end(), known)) body.unknown.push_back(name);
  }
  return body;
}

}  // namespace vfstock::mockpanel::api
