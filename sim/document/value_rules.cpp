#include "sim/document/value_rules.h"

#include <algorithm>
#include <compare>
#include <map>

#include "sim/document/canonical.h"
#include "sim/document/nearest.h"
#include "sim/document/number.h"
#include "sim/document/utf8.h"
#include "sim/document/wording.h"

namespace vfstock::sim::document {
namespace {

bool is_of_type(const Json& value, const std::string& type) {
  if (type == "integer") return is_whole(value);
  if (type == "number") return value.is_number();
  return type == value.type_name();
}

Complaint type_complaint(const Json& schema, const Json& value) {
  if (has_allowed_type(schema, value)) return std::nullopt;
  std::vector<std::string> expected;
  for (const std::string& type : allowed_types(schema)) expected.push_back(type_in_words(type));
  return "expected " + either(expected) + ", found " + in_words(value);
}

Complaint const_complaint(const Json& schema, const Json& value) {
  const Json* constant = argument(schema, "const");
  if (!constant || canonical(*constant) == canonical(value)) return std::nullopt;
  return "expected " + in_words(*constant) + ", found " + in_words(value);
}

Complaint enum_complaint(const Json& schema, const Json& value) {
  const Json* options = argument(schema, "enum");
  if (!options) return std::nullopt;
  const std::string wanted = canonical(value);
  std::vector<std::string> words, names;
  for (const Json& option : *options) {
    if (canonical(option) == wanted) return std::nullopt;
    words.push_back(in_words(option));
    if (option.is_string()) names.push_back(option.get<std::string>());
  }
  return "expected " + either(words) + ", found " + in_words(value) +
         (value.is_string() ? did_you_mean(value.get_ref<const std::string&>(), names) : "");
}

Complaint number_complaint(const Json& schema, const Json& value) {
  if (!value.is_number()) return std::nullopt;
  const Json* minimum = argument(schema, "minimum");
  if (minimum && std::is_lt(compare_numbers(value, *minimum))) {
    return "expected at least " + minimum->dump() + ", found " + in_words(value);
  }
  const Json* maximum = argument(schema, "maximum");
  if (maximum && std::is_gt(compare_numbers(value, *maximum))) {
    return "expected at most " + maximum->dump() + ", found " + in_words(value);
  }
  return std::nullopt;
}

Complaint bounds_complaint(const Json& schema, std::size_t count, std::string_view noun,
                           const char* minimum_keyword, const char* maximum_keyword) {
  const Json* minimum = argument(schema, minimum_keyword);
  if (minimum && count < minimum->get<std::size_t>()) {
    return "expected at least " + counted(minimum->get<std::size_t>(), noun) + ", found " +
           std::to_string(count);
  }
  const Json* maximum = argument(schema, maximum_keyword);
  if (maximum && count > maximum->get<std::size_t>()) {
    return "expected at most " + counted(maximum->get<std::size_t>(), noun) + ", found " +
           std::to_string(count);
  }
  return std::nullopt;
}

Complaint string_complaint(const Json& schema, const Json& value, const Patterns& patterns) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  auto complaint =
      bounds_complaint(schema, code_points(text), "character", "minLength", "maxLength");
  const Json* pattern = argument(schema, "pattern");
  // Length first: it bounds what the regular expression is run on.
  if (complaint || !pattern) return complaint;
  const auto& expression = pattern->get_ref<const std::string&>();
  if (std::regex_search(text, patterns.at(expression))) return std::nullopt;
  const Json* description = argument(schema, "description");
  return in_words(value) + " does not match " + expression +
         (description ? " (" + description->get<std::string>() + ")" : "");
}

Complaint repetition_complaint(const Json& schema, const Json& items) {
  const Json* unique = argument(schema, "uniqueItems");
  if (!unique || !unique->get<bool>()) return std::nullopt;
  std::map<std::string, std::size_t> seen;
  std::size_t index = 0;
  for (const Json& item : items) {
    const auto [first, is_new] = seen.emplace(canonical(item), index);
    if (!is_new) {
      return "the items " + std::to_string(first->second) + " and " + std::to_string(index) +
             " are the same, " + in_words(item) + "; each may be there once";
    }
    ++index;
  }
  return std::nullopt;
}

}  // namespace

const Json* argument(const Json& schema, const char* keyword) {
  const auto found = schema.find(keyword);
  return found == schema.end() ? nullptr : &*found;
}

std::vector<std::string> allowed_types(const Json& schema) {
  const Json* type = argument(schema, "type");
  if (!type) return {};
  if (type->is_string()) return {type->get<std::string>()};
  return type->get<std::vector<std::string>>();
}

bool has_allowed_type(const Json& schema, const Json& value) {
  const std::vector<std::string> types = allowed_types(schema);
  return types.empty() || std::any_of(types.begin(), types.end(), [&value](const auto& type) {
           return is_of_type(value, type);
         });
}

Complaint value_complaint(const Json& schema, const Json& value, const Patterns& patterns) {
  if (auto complaint = type_complaint(schema, value)) return complaint;
  if (auto complaint = const_complaint(schema, value)) return complaint;
  if (auto complaint = enum_complaint(schema, value)) return complaint;
  if (auto complaint = number_complaint(schema, value)) return complaint;
  return string_complaint(schema, value, patterns);
}

Complaint size_complaint(const Json& schema, const Json& value) {
  if (value.is_array()) {
    if (auto complaint = bounds_complaint(schema, value.size(), "item", "minItems", "maxItems")) {
      return complaint;
    }
    return repetition_complaint(schema, value);
  }
  if (!value.is_object()) return std::nullopt;
  return bounds_complaint(schema, value.size(), "field", "minProperties", "maxProperties");
}

}  // namespace vfstock::sim::document
