// IPv4 blocks for panels of which only the figures are known.
//
// The panel's answer says how many free addresses each hypervisor sees, not in which blocks they
// lie. Nested blocks reproduce every figure with the fewest addresses: whoever sees fewer sees a
// part of what the others see. That is the tightest world that agrees with the figures, so what can
// be placed there can be placed however the blocks really lie.
#pragma once

#include <cstdint>
#include <map>

#include "mockpanel/model/world.h"

namespace vfstock::sim::fleet {

/// Hypervisor id -> free IPv4 addresses that it reports.
using Figures = std::map<std::int64_t, std::int64_t>;

/// Adds one block per distinct positive figure and binds it to every hypervisor that sees as much.
/// A hypervisor tries the block that the fewest others share first.
void add_nested_blocks(mockpanel::model::World& world, const Figures& figures);

}  // namespace vfstock::sim::fleet
