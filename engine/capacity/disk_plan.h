// Where the disks of a VPS with more than one go on a hypervisor: each on a pool that its profile
// names, several perhaps on one.
//
// All VPSes of a product are placed alike, on those pools that take most of them. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/capacity/count.h"
#include "engine/capacity/datastores.h"
#include "engine/capacity/hypervisor.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// Whether a VPS has disks besides the primary one.
bool has_further_disks(const Footprint& footprint);

struct DiskPlan {
  /// Of a shared datastore, and what one VPS takes of it.
  struct Shared {
    std::size_t datastore = 0;
    std::int64_t storage_gb = 0;
  };
  Count fits;  // as if nobody else used the shared datastores
  Count own;   // on the pools that nobody else uses
  std::vector<Shared> shared;
};

/// nullopt: a disk finds no enabled pool. `shared`: the row's entries of shared datastores.
std::optional<DiskPlan> disk_plan(const Hypervisor& row, std::span<const SharedEntry> shared,
                                  const Footprint& footprint, const Rules& rules);

}  // namespace vfstock::capacity
