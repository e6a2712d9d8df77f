// Placement: which hypervisor of a group takes a server, and why one does not.
//
// Every quota that is not 0 is enforced. Pure functions over the world; nothing is allocated here.
#pragma once

#include <cstdint>
#include <string>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {

/// What one server takes, besides one server slot.
struct Footprint {
  std::int64_t memory_mb = 0;
  std::int64_t cores = 0;
  std::int64_t storage_gb = 0;       // of the primary disk
  std::int64_t storage_profile = 0;  // as in World::pool_for
  std::int64_t ipv4 = 0;             // addresses
  std::int64_t additional_gb = 0;    // further disks on the default mountpoint, for flow.h alone
};

/// The first thing that a hypervisor lacks, in this order.
enum class Lack { nothing, readiness, servers, memory, cores, storage, addresses };

/// Whether a pool may hold a primary disk of this storage profile, whatever its size.
bool matches(const Pool& pool, bool is_local, std::int64_t storage_profile) noexcept;

/// The pool for the primary disk when further disks of `additional_gb` go to the default
/// mountpoint, null when they do not fit together.
const Pool* disk_pool(const World& world, const Hypervisor& hypervisor, const Footprint& need,
                      std::int64_t additional_gb);

/// Why this hypervisor does not take the server.
Lack lack(const World& world, const Hypervisor& hypervisor, const Footprint& need,
          std::int64_t additional_gb);

/// The hypervisor that World::placement chooses, null when none takes the server.
const Hypervisor* choose(const World& world, std::int64_t group, const Footprint& need,
                         std::int64_t additional_gb);

/// A sentence for people on why no hypervisor of the group takes the server.
std::string refusal(const World& world, std::int64_t group, const Footprint& need,
                    std::int64_t additional_gb);

}  // namespace vfstock::mockpanel::model
