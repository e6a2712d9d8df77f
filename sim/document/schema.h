// JSON Schemas that lie beside the documents, and the check of a document against one.
//
// The part of draft-07 that our schemas need: type, const, enum, minimum, maximum, minLength,
// maxLength, pattern, items (one schema for all), minItems, maxItems, uniqueItems, properties,
// required, additionalProperties, propertyNames, dependencies (fields that need others beside
// them), minProperties, maxProperties, anyOf, $ref to a definition of the same file
// ("#/definitions/x") or of another ("other.schema.json#/definitions/x"), and annotations. A schema
// that uses anything else is refused when it is added: a keyword that is read past would be a rule
// that silently does not hold.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/document/document.h"
#include "sim/document/value_rules.h"

namespace vfstock::sim::document {

/// Schemas by file name. Fill it, then share it: checking changes nothing.
class SchemaSet {
 public:
  /// `name` is the file name that references use, such as "fleet.schema.json". Throws
  /// std::logic_error for text that is no schema of the subset above, and for a name given twice.
  void add(std::string name, std::string_view text);

  /// Throws DocumentError for the first problem in the order of the document: where it is, what was
  /// expected, what was found. `file` is only named in it. Throws std::logic_error when `name`, or
  /// what its schema refers to, has not been added.
  void check(const std::string& name, const Json& document, const std::string& file) const;

 private:
  std::map<std::string, Json, std::less<>> schemas_;
  Patterns patterns_;
};

}  // namespace vfstock::sim::document
