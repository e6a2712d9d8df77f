#include "sim/document/schema_checker.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "sim/document/nearest.h"
#include "sim/document/pointer.h"
#include "sim/document/wording.h"

namespace vfstock::sim::document {
namespace {

constexpr int references_max = 32;  // that lead to one another; more is a circle

std::optional<Problem> here(const Complaint& complaint) {
  if (!complaint) return std::nullopt;
  return Problem{"", *complaint};
}

std::optional<Problem> within(const std::string& step, std::optional<Problem> problem) {
  if (problem) problem->pointer.insert(0, step);
  return problem;
}

std::vector<std::string> known_fields(const Json& schema) {
  std::vector<std::string> names;
  if (const Json* properties = argument(schema, "properties")) {
    for (const auto& [name, property] : properties->items()) names.push_back(name);
  }
  return names;
}

std::string unknown_field(const std::string& key, const Json& schema) {
  const std::vector<std::string> known = known_fields(schema);
  const std::string guess = did_you_mean(key, known);
  const std::string choice =
      known.empty() ? "; no field is allowed here" : "; known are " + either(known);
  return "unknown field '" + key + "'" + (guess.empty() ? choice : guess);
}

// How much a value looks like what a branch is about: its type counts, then the fields it shares.
std::size_t likeness(const Json& schema, const Json& value) {
  if (!has_allowed_type(schema, value)) return 0;
  const std::vector<std::string> known = known_fields(schema);
  const auto shared = std::count_if(known.begin(), known.end(), [&value](const auto& name) {
    return value.is_object() && value.contains(name);
  });
  return 1 + static_cast<std::size_t>(shared);
}

/// The fields of which anyOf demands one, where that is all that its branches do; else empty.
std::vector<std::string> one_field_of(const Json& branches) {
  std::vector<std::string> names;
  for (const Json& branch : branches) {
    const Json* const required = argument(branch, "required");
    if (!required || branch.size() != 1 || required->size() != 1) return {};
    names.push_back(required->front().get<std::string>());
  }
  return names;
}

}  // namespace

std::optional<Problem> SchemaChecker::first_problem(const std::string& name,
                                                    const Json& document) const {
  return check(root(name), document);
}

SchemaChecker::Place SchemaChecker::root(std::string_view name) const {
  const auto found = schemas_.find(name);
  if (found == schemas_.end()) {
    throw std::logic_error("the schema " + std::string(name) + " has not been added");
  }
  return Place{&found->first, &found->second};
}

SchemaChecker::Place SchemaChecker::follow(Place place) const {
  for (int followed = 0; followed < references_max; ++followed) {
    const Json* reference = argument(*place.schema, "$ref");
    if (!reference) return place;
    place = target(place, reference->get_ref<const std::string&>());
  }
  throw std::logic_error(*place.name + ": references that lead in a circle");
}

SchemaChecker::Place SchemaChecker::target(const Place& from, const std::string& reference) const {
  const auto hash = reference.find('#');
  const Place file =
      hash == 0 ? root(*from.name) : root(std::string_view(reference).substr(0, hash));
  const Json::json_pointer pointer(reference.substr(hash + 1));
  if (!file.schema->contains(pointer)) {
    throw std::logic_error(*from.name + ": the reference " + reference + " leads nowhere");
  }
  return Place{file.name, &file.schema->at(pointer)};
}

SchemaChecker::Finding SchemaChecker::check(Place place, const Json& value) const {
  place = follow(place);
  if (auto problem = here(value_complaint(*place.schema, value, patterns_))) return problem;
  if (value.is_array()) {
    if (auto problem = check_items(place, value)) return problem;
  }
  if (value.is_object()) {
    if (auto problem = check_fields(place, value)) return problem;
  }
  if (auto problem = check_branches(place, value)) return problem;
  return here(size_complaint(*place.schema, value));
}

// anyOf. Of several branches that fail, the one that was most likely meant is worth reporting.
SchemaChecker::Finding SchemaChecker::check_branches(const Place& place, const Json& value) const {
  const Json* branches = argument(*place.schema, "anyOf");
  if (!branches) return std::nullopt;
  Finding reported;
  std::size_t reported_likeness = 0;
  std::vector<std::string> types;
  for (const Json& branch : *branches) {
    const Place target = follow(Place{place.name, &branch});
    Finding problem = check(target, value);
    if (!problem) return std::nullopt;
    const std::size_t branch_likeness = likeness(*target.schema, value);
    if (branch_likeness > reported_likeness) {
      reported = std::move(problem);
      reported_likeness = branch_likeness;
    }
    for (const std::string& type : allowed_types(*target.schema)) {
      types.push_back(type_in_words(type));
    }
  }
  if (const auto fields = one_field_of(*branches); !fields.empty() && value.is_object()) {
    return Problem{"", "expected at least one of the fields " + either(fields)};
  }
  if (reported) return reported;
  return Problem{"", "expected " + either(types) + ", found " + in_words(value)};
}

SchemaChecker::Finding SchemaChecker::check_items(const Place& place, const Json& array) const {
  const Json* items = argument(*place.schema, "items");
  if (!items) return std::nullopt;
  std::size_t index = 0;
  for (const Json& item : array) {
    if (auto problem = within(pointer_step(index), check(Place{place.name, items}, item))) {
      return problem;
    }
    ++index;
  }
  return std::nullopt;
}

SchemaChecker::Finding SchemaChecker::check_fields(const Place& place, const Json& object) const {
  for (const auto& [key, value] : object.items()) {
    if (auto problem = within(pointer_step(key), check_name(place, key))) return problem;
    if (auto problem = within(pointer_step(key), check_field(place, key, value))) return problem;
  }
  if (auto problem = check_required(place, object)) return problem;
  return check_dependencies(place, object);
}

SchemaChecker::Finding SchemaChecker::check_name(const Place& place, const std::string& key) const {
  const Json* names = argument(*place.schema, "propertyNames");
  if (!names) return std::nullopt;
  return check(Place{place.name, names}, Json(key));
}

SchemaChecker::Finding SchemaChecker::check_field(const Place& place, const std::string& key,
                                                  const Json& value) const {
  if (const Json* properties = argument(*place.schema, "properties")) {
    const auto property = properties->find(key);
    if (property != properties->end()) return check(Place{place.name, &*property}, value);
  }
  const Json* additional = argument(*place.schema, "additionalProperties");
  if (!additional) return std::nullopt;
  if (additional->is_object()) return check(Place{place.name, additional}, value);
  if (additional->get<bool>()) return std::nullopt;
  return Problem{"", unknown_field(key, *place.schema)};
}

SchemaChecker::Finding SchemaChecker::check_required(const Place& place, const Json& object) {
  const Json* required = argument(*place.schema, "required");
  if (!required) return std::nullopt;
  for (const Json& name : *required) {
    const auto& key = name.get_ref<const std::string&>();
    if (!object.contains(key)) return Problem{"", "the field '" + key + "' is missing"};
  }
  return std::nullopt;
}

SchemaChecker::Finding SchemaChecker::check_dependencies(const Place& place, const Json& object) {
  const Json* dependencies = argument(*place.schema, "dependencies");
  if (!dependencies) return std::nullopt;
  for (const auto& [key, needed] : dependencies->items()) {
    if (!object.contains(key)) continue;
    for (const Json& name : needed) {
      const auto& field = name.get_ref<const std::string&>();
      if (object.contains(field)) continue;
      return Problem{pointer_step(key), "means nothing without the field '" + field + "'"};
    }
  }
  return std::nullopt;
}

}  // namespace vfstock::sim::document
