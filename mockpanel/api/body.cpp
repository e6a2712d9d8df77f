#include "mockpanel/api/body.h"

#include <algorithm>
#include <utility>

#include "mockpanel/api/form.h"
#include "mockpanel/api/value.h"

namespace vfstock::mockpanel::api {
namespace {

using FieldType = BodyField::Type;

/// Far beyond any real request; keeps a hostile nesting from costing memory.
constexpr std::size_t body_bytes_max = 65536;

bool starts_with_name(std::string_view text, std::string_view name) {
  return same_name(text.substr(0, name.size()), name);
}

/// PHP's json_encode() writes an array without fields as a list, and takes one for the other.
Json parsed(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  return json == Json::array() ? Json::object() : json;
}

/// The body's fields, or what is no object. An empty body has none.
Json read_fields(const Request& request, bool strict) {
  const std::string_view text = trimmed(request.body);
  if (text.empty()) return Json::object();
  if (text.size() > body_bytes_max) return nullptr;
  if (strict) return Json::parse(text, nullptr, false);
  const std::string_view type = field(request.headers, "Content-Type").value_or("");
  if (starts_with_name(type, "multipart/form-data")) return read_multipart(request.body, type);
  // Many clients send JSON under the type that their library puts there.
  const bool form = starts_with_name(type, "application/x-www-form-urlencoded");
  return form && !text.starts_with('{') ? read_form(text) : parsed(text);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
  }));
}

/// Lists come as arrays, and from forms as objects whose keys do not matter.
template <typename Take>
std::optional<Json> list(const Json& value, Take take) {
  if (!value.is_array() && !value.is_object()) return std::nullopt;
  Json taken = Json::array();
  for (const Json& entry : value) {
    auto one = take(entry);
    if (!one) return std::nullopt;
    taken.push_back(*std::move(one));
  }
  return taken;
}

std::optional<std::string> text_from(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  return std::string(trimmed(value.get_ref<const std::string&>()));
}

bool within(const BodyField& field, double value) {
  return value >= static_cast<double>(field.least) && value <= static_cast<double>(field.most);
}

/// The value in the field's own type, empty when it has another or is out of range.
std::optional<Json> taken(const Json& value, const BodyField& field) {
  switch (field.type) {
    case FieldType::boolean:
      return boolean_from(value);
    case FieldType::integers:
      return list(value, integer_from);
    case FieldType::texts:
      return list(value, text_from);
    case FieldType::number: {
      const auto number = number_from(value);
      return number && within(field, *number) ? std::optional<Json>(*number) : std::nullopt;
    }
    case FieldType::text: {
      const auto text = text_from(value);
      const bool fits = text && within(field, static_cast<double>(characters(*text)));
      return fits ? std::optional<Json>(*text) : std::nullopt;
    }
    case FieldType::integer:
      break;
  }
  const auto number = integer_from(value);
  const bool fits = number && *number >= field.least && *number <= field.most;
  return fits ? std::optional<Json>(*number) : std::nullopt;
}

/// Whether the value has the documented type itself.
bool is_documented(const Json& value, const BodyField& field) {
  switch (field.type) {
    case FieldType::boolean:
      return value.is_boolean();
    case FieldType::integers:
      return value.is_array() && std::all_of(value.begin(), value.end(), [](const Json& entry) {
               return entry.is_number_integer();
             });
    case FieldType::texts:
      return value.is_array();
    case FieldType::text:
      return value.is_string();
    case FieldType::number:
      return value.is_number();
    case FieldType::integer:
      break;
  }
  return value.is_number_integer();
}

std::string expectation(const BodyField& field) {
  const std::string range = std::to_string(field.least) + " and " + std::to_string(field.most);
  switch (field.type) {
    case FieldType::boolean:
      return "must be true or false.";
    case FieldType::integers:
      return "must be an array of integers.";
    case FieldType::texts:
      return "must be an array of strings.";
    case FieldType::text:
      return "must be between " + range + " characters.";
    case FieldType::number:
      return "must be a number between " + range + ".";
    case FieldType::integer:
      break;
  }
  return "must be an integer between " + range + ".";
}

bool is_absent(const Json& fields, const BodyField& field, bool strict) {
  const auto found = fields.find(field.name);
  if (found == fields.end() || found->is_null()) return true;
  return !strict && found->is_string() && trimmed(found->get_ref<const std::string&>()).empty();
}

/// Takes one field over into `body.json`, or says why not.
void take(const Json& fields, const BodyField& field, bool strict, Body& body) {
  const std::string subject = "The " + std::string(field.name) + " field ";
  if (is_absent(fields, field, strict)) {
    if (field.required) body.problems.push_back(subject + "is required.");
    return;
  }
  const Json& value = *fields.find(field.name);
  auto good = taken(value, field);
  if (!good || (strict && !is_documented(value, field))) {
    body.problems.push_back(subject + expectation(field));
    return;
  }
  body.json[std::string(field.name)] = *std::move(good);
}

template <typename Value>
std::optional<Value> get(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found == json.end() ? std::nullopt : std::optional<Value>(found->get<Value>());
}

}  // namespace

std::optional<std::int64_t> Body::number(const char* name) const {
  return get<std::int64_t>(json, name);
}

std::optional<bool> Body::flag(const char* name) const { return get<bool>(json, name); }

std::optional<std::string> Body::text(const char* name) const {
  return get<std::string>(json, name);
}

std::optional<std::vector<std::int64_t>> Body::numbers(const char* name) const {
  return get<std::vector<std::int64_t>>(json, name);
}

std::optional<std::vector<std::string>> Body::texts(const char* name) const {
  return get<std::vector<std::string>>(json, name);
}

Body read_body(const Request& request, std::span<const BodyField> fields, bool strict) {
  Body body;
  body.json = Json::object();
  const Json given = read_fields(request, strict);
  if (!given.is_object()) {
    body.problems.emplace_back("The request body must be a JSON object of at most 64 KiB.");
    return body;
  }
  for (const BodyField& field : fields) take(given, field, strict, body);
  for (const auto& [name, value] : given.items()) {
    const auto known = [&key = name](const BodyField& field) { return field.name == key; };
    if (std::none_of(fields.begin(), fields.end(), known)) body.unknown.push_back(name);
  }
  return body;
}

Json input_of(const Request& request) {
  Json fields = read_fields(request, false);
  return fields.is_object() ? fields : Json::object();
}

}  // namespace vfstock::mockpanel::api
