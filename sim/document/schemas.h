// The schemas that lie in scenarios/ and that editors use, as part of the program, so that it
// checks documents wherever it is installed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/document/schema.h"

namespace vfstock::sim::document {

struct PublishedSchema {
  std::string_view file_name;  // such as "fleet.schema.json"
  std::string_view text;
};

/// All of them, in the order of their names.
std::span<const PublishedSchema> published_schema_texts() noexcept;

/// The text of one. Throws std::out_of_range for a name that is not among them.
std::string_view schema_text(std::string_view file_name);

/// All of them, vetted once and shared.
const SchemaSet& published_schemas();

}  // namespace vfstock::sim::document
