// One hypervisor's resources as the panel reports them, already decoded and checked.
//
// Units are the panel's: megabytes of memory, cores, gigabytes of storage. All numbers lie within
// +-2^53 (the decoder refuses others). Pure values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vfstock::capacity {

/// An administrative quota. `max` 0 means no quota; `free` is max - allocated and may be negative.
struct Quota {
  std::int64_t max = 0;
  std::int64_t free = 0;
  friend bool operator==(const Quota&, const Quota&) = default;
};

/// A place for disks. `storage_type` is an opaque code that a package's storage profile names.
struct StoragePool {
  std::int64_t id = 0;  // 0 for the default mountpoint, which has no id
  bool enabled = false;
  std::int64_t storage_type = 0;
  Quota gigabytes;
  /// The name of a datastore, which other hypervisors of the group may use as well; empty: it is
  /// none.
  std::string datastore = {};
  friend bool operator==(const StoragePool&, const StoragePool&) = default;
};

struct Hypervisor {
  std::int64_t id = 0;
  std::string name;
  bool enabled = false;
  bool commissioned = false;
  bool prohibited = false;
  bool maintenance = false;  // where the policy asks for it; groups do not tell
  Quota memory_mb;
  Quota cores;
  std::optional<Quota> servers;              // only read when server slots are enforced
  std::optional<StoragePool> local_storage;  // the default mountpoint
  std::vector<StoragePool> other_storage;
  std::optional<std::int64_t> ipv4_free;  // free addresses this node sees; absent = no figure

  /// Takes new servers at all: enabled, commissioned, not prohibited, not in maintenance.
  bool eligible() const noexcept { return enabled && commissioned && !prohibited && !maintenance; }

  friend bool operator==(const Hypervisor&, const Hypervisor&) = default;
};

}  // namespace vfstock::capacity
