// One hypervisor's fit in every dimension, before addresses are looked at.
#pragma once

#include <span>

#include "engine/capacity/capacity.h"
#include "engine/capacity/datastores.h"
#include "engine/capacity/hypervisor.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// The derivation of one row. `binding` is the first of memory, cores, storage and servers that
/// attains `fits`, or storage where no named storage exists; `ipv4` is left empty. `shared` are the
/// row's entries of shared datastores, of which the whole counts, as if nobody else took any. `row`
/// must outlive the result.
HypervisorBreakdown resource_breakdown(const Hypervisor& row, std::span<const SharedEntry> shared,
                                       const Footprint& footprint, const Rules& rules);

}  // namespace vfstock::capacity
