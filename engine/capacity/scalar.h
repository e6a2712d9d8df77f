// The plain reference: the rules of counting written as directly as they read, row by row.
//
// It exists to be obviously right. Tests hold the fast count to it, so it shares nothing with the
// fast count beyond the value types, and nothing in production calls it.
#pragma once

#include <span>

#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity::scalar {

/// As capacity::product_capacity().
Count product_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                       const Rules& rules);

}  // namespace vfstock::capacity::scalar
