// How many servers of one footprint can truly be placed, wherever shared addresses and shared
// datastores lie.
//
// Hypervisors share IPv4 blocks and datastores, so their own figures cannot simply be added. With
// one address per server the answer is a maximum flow: from the pools and datastores (as many disks
// as their quotas take, a shared one once) through the hypervisors (what their slots, memory and
// cores take) and the enabled blocks bound to them to the addresses that are free. With several
// addresses per server, whole servers make it a harder problem, and the answer is a range.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mockpanel/model/placement.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {

/// nullopt: without limit. Equal when at most one address per server is needed.
struct Placeable {
  std::optional<std::int64_t> at_least;  // one way of placing so many is known
  std::optional<std::int64_t> at_most;   // no way of placing exceeds it
};

/// Over the placeable hypervisors of `groups` (repetitions count once, unknown ones nothing), in
/// the world's present state. Whether group or package are enabled does not matter.
Placeable placeable(const World& world, const std::vector<std::int64_t>& groups,
                    const Footprint& need);

/// Whole servers that the quotas and pools of one hypervisor take, addresses aside, as long as
/// nobody else takes of a shared datastore; nullopt: without limit. 0 when it is not placeable.
std::optional<std::int64_t> whole_servers(const World& world, const Hypervisor& hypervisor,
                                          const Footprint& need);

}  // namespace vfstock::mockpanel::model
