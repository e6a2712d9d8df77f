#include "sim/document/schema.h"

#include <stdexcept>
#include <utility>

#include "sim/document/pointer.h"
#include "sim/document/schema_checker.h"
#include "sim/document/schema_keywords.h"

namespace vfstock::sim::document {

void SchemaSet::add(std::string name, std::string_view text) {
  if (schemas_.contains(name)) throw std::logic_error(name + ": this schema is added twice");
  Json schema;
  try {
    schema = parse(text, name);
  } catch (const DocumentError& error) {
    throw std::logic_error(error.what());
  }
  for (const std::string& pattern : vet_schema(name, schema)) {
    patterns_.emplace(pattern, std::regex(pattern));
  }
  schemas_.emplace(std::move(name), std::move(schema));
}

void SchemaSet::check(const std::string& name, const Json& document,
                      const std::string& file) const {
  const SchemaChecker checker(schemas_, patterns_);
  if (const auto problem = checker.first_problem(name, document)) {
    throw DocumentError(located(file, problem->pointer, problem->message));
  }
}

}  // namespace vfstock::sim::document
