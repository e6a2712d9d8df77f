// How many servers of a product the panel can truly place.
#pragma once

#include "mockpanel/model/flow.h"
#include "sim/invariants/expected.h"

namespace vfstock::sim::invariants {

/// In the true state that `expected` rests on, which is not null.
mockpanel::model::Placeable true_room(const Expected& expected);

}  // namespace vfstock::sim::invariants
