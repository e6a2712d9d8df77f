// Parts of the checker's count that both of its ways to count use: one quota, one pool, one
// hypervisor's addresses.
#pragma once

#include <cstdint>
#include <string>

#include "sim/invariants/recount.h"

namespace vfstock::sim::invariants {

Places fit(const Quota& quota, std::int64_t need, const Buffer& buffer);
/// By memory, cores and slots.
Places fit_compute(const HypervisorFacts& hypervisor, const Counted& counted,
                   const Expectations& expectations);
bool is_candidate(const Storage& storage, bool is_local, std::int64_t profile,
                  const std::string& match);
std::int64_t addressable(const HypervisorFacts& hypervisor, std::int64_t addresses);
bool has_figure(const GroupFacts& group);

}  // namespace vfstock::sim::invariants
