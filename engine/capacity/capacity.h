// How many more VPSes of one footprint fit: the arithmetic that everything else exists to protect.
//
// product_capacity() is the fast count over columns; breakdown() is the same count with its whole
// derivation. Tests hold both to the plain version in tests/oracle/.
// Pure functions: no I/O, no clock, no allocation in the inner loops.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// How many footprints the groups still take together, after their IPv4 caps. `groups` are the
/// groups of one product that were found; the order does not matter. `blocks`: null where the panel
/// tells none.
Count product_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                       const Rules& rules, const AddressBlocks* blocks = nullptr);

/// The dimension that limits; ties go to the first in this order.
enum class Dimension { memory, cores, storage, servers, ipv4, none };
std::string_view name(Dimension dimension) noexcept;  // "memory", ...; "none" for none

/// Why a hypervisor takes nothing whatever its resources.
enum class Skipped { no, disabled, not_commissioned, prohibited, maintenance };
std::string_view name(Skipped skipped) noexcept;  // "disabled", ...; "" for no

/// One hypervisor's part in a group's capacity. `fits` is the minimum over memory, cores, storage
/// and servers, before any IPv4 cap, and 0 when skipped.
struct HypervisorBreakdown {
  std::int64_t id = 0;
  std::string_view name;  // points into the group's rows
  Skipped skipped = Skipped::no;
  bool storage_found = true;  // false: no enabled storage that the package's profile names
  Count memory, cores, storage, servers;  // fit of each dimension (unlimited where not enforced)
  std::optional<Count> ipv4;  // floor(free / addresses) where addresses limit and a figure is known
  Count fits;
  Dimension binding = Dimension::none;
};

struct GroupBreakdown {
  Count capacity;                       // after the group's own IPv4 cap
  Count before_ipv4;                    // what can be placed without addresses
  std::optional<Count> ipv4_cap;        // nullopt: no cap applies
  Dimension binding = Dimension::none;  // what limits the group: ipv4, or the largest share of fits
  std::vector<HypervisorBreakdown> hypervisors;
};

struct Breakdown {
  Count capacity;  // what product_capacity() says
  std::vector<GroupBreakdown> groups;
  /// What binds, each a phrase for people: the limits that add up to `capacity`, a minimum cut.
  /// Empty where nothing limits.
  std::vector<std::string> binds;
};

Breakdown breakdown(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                    const Rules& rules, const AddressBlocks* blocks = nullptr);

}  // namespace vfstock::capacity
