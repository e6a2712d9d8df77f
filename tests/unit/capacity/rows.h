// Hypervisors for tests: one that nothing limits, to be narrowed by each test.
#pragma once

#include "engine/capacity/hypervisor.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity::test {

/// Eligible, without any quota; a default mountpoint of storage type 0; no address figure.
inline Hypervisor unlimited_hypervisor(std::int64_t id = 1) {
  Hypervisor row;
  row.id = id;
  row.enabled = true;
  row.commissioned = true;
  row.local_storage = StoragePool{0, true, 0, {}};
  return row;
}

/// As above, with room for `fits` VPSes of memory under a footprint of 1 MB and no buffer.
inline Hypervisor fitting(std::int64_t fits, std::optional<std::int64_t> ipv4_free = {}) {
  Hypervisor row = unlimited_hypervisor();
  row.memory_mb = {fits == 0 ? 1 : fits, fits};
  row.ipv4_free = ipv4_free;
  return row;
}

inline Rules without_buffer() {
  Rules rules;
  rules.buffer = Percent{0};
  return rules;
}

inline Rules nested() {
  Rules rules = without_buffer();
  rules.ipv4_cap = Ipv4Cap::nested;
  return rules;
}

/// 1 MB, 1 core, 1 GB on the default mountpoint, one address.
inline constexpr Footprint smallest{.memory_mb = 1, .cores = 1, .storage_gb = 1};

}  // namespace vfstock::capacity::test
