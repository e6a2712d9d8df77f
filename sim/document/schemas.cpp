#include "sim/document/schemas.h"

#include <stdexcept>

namespace vfstock::sim::document {

std::string_view schema_text(std::string_view file_name) {
  for (const PublishedSchema& schema : published_schema_texts()) {
    if (schema.file_name == file_name) return schema.text;
  }
  throw std::out_of_range("there is no published schema " + std::string(file_name));
}

const SchemaSet& published_schemas() {
  static const SchemaSet set = [] {
    SchemaSet filled;
    for (const PublishedSchema& schema : published_schema_texts()) {
      filled.add(std::string(schema.file_name), schema.text);
    }
    return filled;
  }();
  return set;
}

}  // namespace vfstock::sim::document
