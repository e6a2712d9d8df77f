#include "sim/document/canonical.h"

#include <map>

#include "sim/document/number.h"

namespace vfstock::sim::document {

std::string canonical(const Json& value) {
  if (value.is_number_float()) {
    const auto whole = whole_number(value);
    return whole ? std::to_string(*whole) : value.dump();
  }
  if (value.is_array()) {
    std::string text = "[";
    for (const Json& item : value) text += canonical(item) + ",";
    return text + "]";
  }
  if (value.is_object()) {
    std::map<std::string, std::string> fields;
    for (const auto& [key, field] : value.items()) fields.emplace(key, canonical(field));
    std::string text = "{";
    for (const auto& [key, field] : fields) text += Json(key).dump() + ":" + field + ",";
    return text + "}";
  }
  return value.dump();
}

}  // namespace vfstock::sim::document
