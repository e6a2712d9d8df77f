// A shop's order history as sales: which rows count, from when to when.
#pragma once

#include <vector>

#include "engine/base/clock.h"
#include "engine/catalogue/order_history.h"
#include "sim/forecast/fit/history.h"

namespace vfstock::sim::forecast::fit {

/// The history ends with the last midnight at or before `as_of`; what came later is left out, since
/// that day is not over. Orders that never became a VPS (fraud, cancelled without an end, pending:
/// most of those are never paid) are not counted, and told. A life lasts from the day of the order
/// to the day of its end, and for half a day where both are the same.
History history_of(const std::vector<catalogue::SoldService>& sold, WallTime as_of);

}  // namespace vfstock::sim::forecast::fit
