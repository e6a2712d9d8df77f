// What can be placed where storage and addresses are shared, as directly as the rule reads: a plain
// network of all blocks, hypervisors and pools.
#pragma once

#include <span>

#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::oracle {

/// `blocks`: null where only figures are known.
capacity::Count plain_placement(std::span<const capacity::HypervisorColumns* const> groups,
                                const capacity::Footprint& footprint, const capacity::Rules& rules,
                                const capacity::AddressBlocks* blocks);

}  // namespace vfstock::oracle
