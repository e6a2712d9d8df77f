// Figures and counts of the right answer that lie.
#pragma once

#include <cstdint>
#include <functional>

#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

struct Delivery;

/// Changes what a VPS needs and what there is of it, in packages and resources alike.
void change_figures(Delivery& delivery, const std::function<std::int64_t(std::int64_t)>& change);

/// Sets this count of a list's envelope to the rule's `value`, or to what `lie` makes of it.
void change_count(const Rule& rule, Delivery& delivery, const char* field,
                  const std::function<std::int64_t(std::int64_t)>& lie);

}  // namespace vfstock::mockpanel::faults
