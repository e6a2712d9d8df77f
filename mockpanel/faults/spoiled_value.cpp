#include "mockpanel/faults/spoiled_value.h"

#include <array>

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;
using Pointer = Json::json_pointer;

constexpr std::array<const char*, 2> needed{"/data/memory", "/data/0/resources/memory/free"};

bool lies_in(const Json& document, const Pointer& pointer) {
  return !pointer.empty() && document.contains(pointer);
}

Spot spot_of(const Rule& rule, Json& document) {
  Pointer pointer;
  if (rule.field) {
    pointer = Pointer(*rule.field);
  } else {
    for (const char* const each : needed) {
      if (lies_in(document, Pointer(each))) pointer = Pointer(each);
    }
  }
  if (!lies_in(document, pointer)) return {};
  return {&document.at(pointer.parent_pointer()), pointer.back(), &document.at(pointer)};
}

}  // namespace

void spoil_value(const Rule& rule, Delivery& delivery, Spoil spoil) {
  edit_document(delivery, [&](Json& document) {
    Spot spot = spot_of(rule, document);
    if (spot.value != nullptr) spoil(spot);
  });
  let_raw_text_in(delivery);
}

void add_tail(Spot& spot, std::string_view tail) {
  if (spot.value->is_number()) *spot.value = raw_text(spot.value->dump().append(tail));
}

}  // namespace vfstock::mockpanel::faults
