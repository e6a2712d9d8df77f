// One hypervisor's fit in every dimension, before addresses are looked at.
#pragma once

#include "engine/capacity/capacity.h"
#include "engine/capacity/hypervisor.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// The derivation of one row. `binding` is the first of memory, cores, storage and servers that
/// attains `fits`, or storage where no named storage exists; `ipv4` is left empty. `row` must
/// outlive the result.
HypervisorBreakdown resource_breakdown(const Hypervisor& row, const Footprint& footprint,
                                       const Rules& rules);

}  // namespace vfstock::capacity
