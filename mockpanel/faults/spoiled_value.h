// One value of the right answer, and what a content kind does to it.
#pragma once

#include <string>
#include <string_view>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

/// A value of the document and where it stands: key in an object, or index in an array.
struct Spot {
  api::Json* parent = nullptr;
  std::string key;
  api::Json* value = nullptr;
};

using Spoil = void (*)(Spot&);

/// Spoils the value that the rule's `field` names, or a figure that every client needs: of a
/// package its memory, of a group what memory the first hypervisor has free. An answer without such
/// a value stays as it is.
void spoil_value(const Rule& rule, Delivery& delivery, Spoil spoil);

/// The number with `tail` behind it; anything else is left alone.
void add_tail(Spot& spot, std::string_view tail);

}  // namespace vfstock::mockpanel::faults
