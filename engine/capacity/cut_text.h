// A minimum cut in words: which hypervisors' memory, cores or slots, which addresses and which
// pools bind. Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/capacity/placement.h"
#include "engine/capacity/product_placement.h"

namespace vfstock::capacity {

/// One phrase for each kind of limit, such as "cores of hypervisors 1, 2 and 7". `shown` are the
/// breakdowns of the product's groups.
std::vector<std::string> cut_text(const Placement& placement, const ProductPlacement& of,
                                  GroupColumns groups, std::span<const GroupBreakdown> shown);

}  // namespace vfstock::capacity
