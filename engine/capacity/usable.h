// What a quota can still give to new servers once the safety buffer is set aside.
#pragma once

#include "engine/capacity/columns.h"
#include "engine/capacity/percent.h"

namespace vfstock::capacity {

/// max(0, free - ceil(max × buffer/100)) for each entry, exact; infinity without a quota. Allocates
/// nothing where `usable` has the right size already.
void find_usable(const QuotaColumn& quotas, const Percent& buffer, Column& usable);

}  // namespace vfstock::capacity
