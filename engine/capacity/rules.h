// What is asked of a group of hypervisors: one VPS's footprint, and the rules of counting.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "engine/capacity/percent.h"

namespace vfstock::capacity {

/// A disk besides the primary one. Without gigabytes there is none.
struct FurtherDisk {
  std::int64_t storage_gb = 0;
  std::int64_t storage_profile = 0;  // as of Footprint
  friend auto operator<=>(const FurtherDisk&, const FurtherDisk&) = default;
};
/// As many as the panel's packages can have.
using FurtherDisks = std::array<FurtherDisk, 2>;

/// What one VPS needs. A need of 0 or less does not limit.
struct Footprint {
  std::int64_t memory_mb = 0;
  std::int64_t cores = 0;
  std::int64_t storage_gb = 0;
  /// Storage type code, or pool id; 0 or less names the default mountpoint.
  std::int64_t storage_profile = 0;
  std::int64_t ipv4_addresses = 1;  // 0 or less: addresses do not limit
  FurtherDisks further_disks = {};
  friend auto operator<=>(const Footprint&, const Footprint&) = default;
};

/// Which storage pools a positive storage profile names. A profile of 0 or less always means the
/// default mountpoint alone. A hypervisor without the named storage takes nothing.
enum class StorageMatch {
  storage_type,        // default mountpoint and other pools whose storageType equals the profile
  storage_type_other,  // the same without the default mountpoint
  pool_id,             // the other pool whose id equals the profile
};

/// How free IPv4 addresses cap a product.
enum class Ipv4Cap {
  exact,  // by the panel's blocks and who draws from them; as group_nested where it tells none
  group_nested,  // nested within each group; the groups add up
  nested,        // what can be placed however blocks are shared, over all the product's groups
  group_max,     // a group takes at most max_h floor(free_h / addresses)
};

/// Whether a hypervisor's quota of servers counts.
enum class ServerSlots { ignore, enforce };

/// Whether datastores that a group's hypervisors share are counted once (datastores.h).
enum class SharedStorage { none, by_name };

struct Rules {
  Percent buffer{10};
  StorageMatch storage_match = StorageMatch::storage_type;
  Ipv4Cap ipv4_cap = Ipv4Cap::group_max;
  ServerSlots server_slots = ServerSlots::ignore;
  SharedStorage shared_storage = SharedStorage::none;
  friend bool operator==(const Rules&, const Rules&) = default;
};

}  // namespace vfstock::capacity
