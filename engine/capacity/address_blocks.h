// Blocks of IPv4 addresses and the hypervisors that draw from them, as a panel tells them.
//
// Panels from 7.1 on do; on older ones only each hypervisor's own figure is known. Pure values.
#pragma once

#include <cstdint>
#include <vector>

namespace vfstock::capacity {

struct AddressBlock {
  std::int64_t id = 0;
  std::int64_t free = 0;                  // addresses
  std::vector<std::int64_t> hypervisors;  // ids, ascending, each once
  friend bool operator==(const AddressBlock&, const AddressBlock&) = default;
};

/// All enabled blocks of a panel.
using AddressBlocks = std::vector<AddressBlock>;

}  // namespace vfstock::capacity
