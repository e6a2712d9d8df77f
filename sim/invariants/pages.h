// Whether the pages of a group belong together, and the group that they make.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/reading.h"
#include "sim/invariants/recount.h"

namespace vfstock::sim::invariants {

/// What pages that contradict each other say; nullopt when they agree so far. `pages` in the order
/// in which they were asked for, page `n` being the n-th.
std::optional<std::string> contradiction(const std::vector<const PageFacts*>& pages);

/// The hypervisors of all pages.
GroupFacts joined(const std::vector<const PageFacts*>& pages);

}  // namespace vfstock::sim::invariants
