// The checker's own count of how many VPSes fit, in plain whole numbers.
//
// Slow and literal on purpose: one hypervisor after the other, one rule after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/invariants/buffer.h"
#include "sim/invariants/checker.h"
#include "sim/invariants/places.h"
#include "sim/invariants/reading.h"

namespace vfstock::sim::invariants {

struct Counted {
  PackageFacts package;
  std::optional<std::int64_t> addresses;  // IPv4 per VPS; absent: no constraint
  Buffer buffer;
};

using GroupFacts = std::vector<HypervisorFacts>;

/// Over the groups of one product that were found, in any order.
Places recount(const std::vector<const GroupFacts*>& groups, const Counted& counted,
               const Expectations& expectations);

}  // namespace vfstock::sim::invariants
