// Walks a document along its schema and finds the first problem.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sim/document/document.h"
#include "sim/document/value_rules.h"

namespace vfstock::sim::document {

struct Problem {
  std::string pointer;  // from the value that was checked
  std::string message;
};

/// Borrows what it is made with. Recursion is bounded by the document's nesting and by a limit on
/// references that lead to references.
class SchemaChecker {
 public:
  using Schemas = std::map<std::string, Json, std::less<>>;

  SchemaChecker(const Schemas& schemas, const Patterns& patterns)
      : schemas_(schemas), patterns_(patterns) {}

  /// The first problem in the order of the document: an unknown field where it stands, a missing
  /// one at the end of its object. Throws std::logic_error when a schema is not there.
  std::optional<Problem> first_problem(const std::string& name, const Json& document) const;

 private:
  using Finding = std::optional<Problem>;
  // A schema and the file it stands in, which "#/definitions/..." refers to.
  struct Place {
    const std::string* name;
    const Json* schema;
  };

  Place root(std::string_view name) const;
  Place follow(Place place) const;
  Place target(const Place& from, const std::string& reference) const;
  Finding check(Place place, const Json& value) const;
  Finding check_branches(const Place& place, const Json& value) const;
  Finding check_items(const Place& place, const Json& array) const;
  Finding check_fields(const Place& place, const Json& object) const;
  Finding check_field(const Place& place, const std::string& key, const Json& value) const;
  Finding check_name(const Place& place, const std::string& key) const;
  static Finding check_required(const Place& place, const Json& object);
  static Finding check_dependencies(const Place& place, const Json& object);

  const Schemas& schemas_;
  const Patterns& patterns_;
};

}  // namespace vfstock::sim::document
