#include "sim/document/schema_keywords.h"

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <stdexcept>

#include "sim/document/nearest.h"
#include "sim/document/number.h"
#include "sim/document/pointer.h"

namespace vfstock::sim::document {
namespace {

class Vetting {
 public:
  explicit Vetting(const std::string& name) : name_(name) {}

  void schema(const Json& schema, const std::string& at);
  std::vector<std::string> take_patterns() { return std::move(patterns_); }

 private:
  using Rule = void (Vetting::*)(const Json& argument, const std::string& at);
  static const std::map<std::string, Rule>& keywords();

  void annotation(const Json&, const std::string&) {}
  void schema_map(const Json& map, const std::string& at);
  void schema_list(const Json& list, const std::string& at);
  void schema_or_flag(const Json& argument, const std::string& at);
  void types(const Json& argument, const std::string& at);
  void names(const Json& argument, const std::string& at);
  void dependencies(const Json& argument, const std::string& at);
  void options(const Json& argument, const std::string& at);
  void number(const Json& argument, const std::string& at);
  void count(const Json& argument, const std::string& at);
  void flag(const Json& argument, const std::string& at);
  void pattern(const Json& argument, const std::string& at);
  void reference(const Json& argument, const std::string& at);

  void combination(const Json& schema, const std::string& at) const;
  void require(bool fine, const std::string& at, const std::string& message) const;

  const std::string& name_;
  std::vector<std::string> patterns_;
};

const std::map<std::string, Vetting::Rule>& Vetting::keywords() {
  static const std::map<std::string, Rule> table{
      {"$schema", &Vetting::annotation},
      {"$id", &Vetting::annotation},
      {"$comment", &Vetting::annotation},
      {"title", &Vetting::annotation},
      {"description", &Vetting::annotation},
      {"default", &Vetting::annotation},
      {"examples", &Vetting::annotation},
      {"definitions", &Vetting::schema_map},
      {"properties", &Vetting::schema_map},
      {"anyOf", &Vetting::schema_list},
      {"items", &Vetting::schema},
      {"additionalProperties", &Vetting::schema_or_flag},
      {"type", &Vetting::types},
      {"required", &Vetting::names},
      {"dependencies", &Vetting::dependencies},
      {"propertyNames", &Vetting::schema},
      {"enum", &Vetting::options},
      {"const", &Vetting::annotation},
      {"minimum", &Vetting::number},
      {"maximum", &Vetting::number},
      {"minItems", &Vetting::count},
      {"maxItems", &Vetting::count},
      {"minLength", &Vetting::count},
      {"maxLength", &Vetting::count},
      {"minProperties", &Vetting::count},
      {"maxProperties", &Vetting::count},
      {"uniqueItems", &Vetting::flag},
      {"pattern", &Vetting::pattern},
      {"$ref", &Vetting::reference},
  };
  return table;
}

void Vetting::schema(const Json& schema, const std::string& at) {
  require(schema.is_object(), at, "a schema is an object");
  for (const auto& [keyword, argument] : schema.items()) {
    const auto known = keywords().find(keyword);
    const std::string place = at + pointer_step(keyword);
    require(known != keywords().end(), place, "the keyword '" + keyword + "' is not supported");
    (this->*known->second)(argument, place);
  }
  combination(schema, at);
}

void Vetting::schema_map(const Json& map, const std::string& at) {
  require(map.is_object(), at, "expected an object of schemas");
  for (const auto& [key, value] : map.items()) schema(value, at + pointer_step(key));
}

void Vetting::schema_list(const Json& list, const std::string& at) {
  require(list.is_array() && !list.empty(), at, "expected a list of schemas");
  std::size_t index = 0;
  for (const Json& value : list) schema(value, at + pointer_step(index++));
}

void Vetting::schema_or_flag(const Json& argument, const std::string& at) {
  if (!argument.is_boolean()) schema(argument, at);
}

void Vetting::types(const Json& argument, const std::string& at) {
  static const std::vector<std::string> known{"null",   "boolean", "integer", "number",
                                              "string", "array",   "object"};
  if (argument.is_array()) {
    require(!argument.empty(), at, "expected at least one type");
    for (const Json& type : argument) types(type, at);
    return;
  }
  const bool is_known =
      argument.is_string() &&
      std::find(known.begin(), known.end(), argument.get<std::string>()) != known.end();
  require(is_known, at, "there is no such type");
}

void Vetting::names(const Json& argument, const std::string& at) {
  require(argument.is_array() && std::all_of(argument.begin(), argument.end(),
                                             [](const Json& name) { return name.is_string(); }),
          at, "expected a list of names");
}

void Vetting::dependencies(const Json& argument, const std::string& at) {
  require(argument.is_object(), at, "expected an object of lists of names");
  for (const auto& [key, value] : argument.items()) names(value, at + pointer_step(key));
}

void Vetting::options(const Json& argument, const std::string& at) {
  require(argument.is_array() && !argument.empty(), at, "expected a list of values");
}

void Vetting::number(const Json& argument, const std::string& at) {
  require(argument.is_number(), at, "expected a number");
}

void Vetting::count(const Json& argument, const std::string& at) {
  require(argument.is_number_integer() && argument.get<std::int64_t>() >= 0, at,
          "expected a whole number from 0");
}

void Vetting::flag(const Json& argument, const std::string& at) {
  require(argument.is_boolean(), at, "expected true or false");
}

void Vetting::pattern(const Json& argument, const std::string& at) {
  require(argument.is_string(), at, "expected a regular expression");
  patterns_.push_back(argument.get<std::string>());
  try {
    const std::regex compiled(patterns_.back());
  } catch (const std::regex_error& error) {
    require(false, at, std::string("not a regular expression: ") + error.what());
  }
}

void Vetting::reference(const Json& argument, const std::string& at) {
  const std::string text = argument.is_string() ? argument.get<std::string>() : "";
  require(text.find("#/definitions/") != std::string::npos, at,
          "expected \"#/definitions/x\" or \"other.schema.json#/definitions/x\"");
}

// What keywords mean beside one another.
void Vetting::combination(const Json& schema, const std::string& at) const {
  static const std::vector<std::string> harmless{"$ref",     "description", "title",
                                                 "$comment", "default",     "examples"};
  for (const auto& [keyword, argument] : schema.items()) {
    const bool fine = !schema.contains("$ref") ||
                      std::find(harmless.begin(), harmless.end(), keyword) != harmless.end();
    require(fine, at, "draft-07 ignores '" + keyword + "' beside $ref");
  }
  if (schema.contains("description")) {
    require(schema.at("description").is_string(), at, "a description is text");
  }
  if (!schema.contains("pattern")) return;
  require(
      schema.contains("maxLength") && schema.at("maxLength").get<std::size_t>() <= pattern_text_max,
      at, "a pattern needs a maxLength of at most " + std::to_string(pattern_text_max));
}

void Vetting::require(bool fine, const std::string& at, const std::string& message) const {
  if (!fine) throw std::logic_error(located(name_, at, message));
}

}  // namespace

std::vector<std::string> vet_schema(const std::string& name, const Json& schema) {
  Vetting vetting(name);
  vetting.schema(schema, "");
  return vetting.take_patterns();
}

}  // namespace vfstock::sim::document
