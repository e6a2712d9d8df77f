// The checker's own count where hypervisors of a group share datastores, or the panel's address
// blocks are known: a maximum flow from storage through hypervisors to addresses.
#pragma once

#include <vector>

#include "sim/invariants/recount.h"

namespace vfstock::sim::invariants {

/// Whether a datastore stands behind several entries of one group, and counts once.
bool shares_datastores(const std::vector<const GroupFacts*>& groups,
                       const Expectations& expectations);

/// What the panel told of its blocks last with these groups, where that counts; null where it does
/// not, or was not told with all that report addresses.
const BlocksTold* blocks_told(const std::vector<const GroupFacts*>& groups,
                              const Expectations& expectations);

/// As recount(), by `blocks` unless null. Numbers of VPSes beyond 2^44 of a single hypervisor or
/// pool count as 2^44.
Places recount_shared(const std::vector<const GroupFacts*>& groups, const Counted& counted,
                      const Expectations& expectations, const BlocksTold* blocks);

}  // namespace vfstock::sim::invariants
