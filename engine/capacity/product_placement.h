// One product over its groups as a placement problem: what of its hypervisors' figures is shared,
// and under which reading of the IPv4 figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/placement.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

using GroupColumns = std::span<const HypervisorColumns* const>;

/// Whether counts of single hypervisors do not simply add up under an IPv4 cap: a datastore that
/// the footprint may need is shared, it has several disks, or the panel's blocks are known and
/// count
/// (`blocks` is not null).
bool needs_placement(GroupColumns groups, const Footprint& footprint, const Rules& rules,
                     const AddressBlocks* blocks);

struct ProductPlacement {
  struct Row {
    std::size_t group = 0, row = 0;
  };
  struct Pool {
    std::size_t group = 0, datastore = 0;  // among the group's shared_datastores()
  };
  /// What a supply of addresses is.
  struct Supply {
    enum class Kind {
      block,   // `id` is that of the block
      figure,  // what hypervisors see that see at most `free` addresses
    };
    Kind kind = Kind::figure;
    std::int64_t id = 0;
    std::int64_t free = 0;  // addresses
  };

  PlacementProblem problem;
  std::vector<Row> hosts;
  std::vector<Pool> pools;
  std::vector<Supply> supplies;
};

/// `blocks`: null where the panel tells none. Then, and where a hypervisor sees addresses that none
/// of them gives it, `exact` counts as `group_nested`.
ProductPlacement product_placement(GroupColumns groups, const Footprint& footprint,
                                   const Rules& rules, const AddressBlocks* blocks);

}  // namespace vfstock::capacity
