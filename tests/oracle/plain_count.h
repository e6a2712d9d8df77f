// The plain reference: the rules of counting written as directly as they read, row by row.
//
// It exists to be obviously right. Tests hold the fast count to it, so it shares nothing with the
// fast count beyond the value types, and nothing in production calls it.
#pragma once

#include <span>

#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::oracle {

/// As capacity::product_capacity().
capacity::Count product_capacity(std::span<const capacity::HypervisorColumns* const> groups,
                                 const capacity::Footprint& footprint, const capacity::Rules& rules,
                                 const capacity::AddressBlocks* blocks = nullptr);

}  // namespace vfstock::oracle
