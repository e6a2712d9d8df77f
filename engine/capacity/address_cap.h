// How free IPv4 addresses cap a product.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"

namespace vfstock::capacity {

/// How many VPSes of `addresses` (>= 1) each the free addresses of one hypervisor or pool serve.
constexpr Count servable(std::int64_t free_addresses, std::int64_t addresses) noexcept {
  return Count::of(free_addresses / addresses);
}

/// What the hypervisor sees that sees most; some hypervisor must be eligible.
inline std::int64_t most_addresses(const HypervisorColumns& columns) noexcept {
  return static_cast<std::int64_t>(columns.addresses()[columns.by_addresses().back()]);
}

/// The group's addresses read as one pool that each hypervisor sees: what the hypervisor that sees
/// most could serve. nullopt when the panel gives no figure; none served when only ineligible
/// hypervisors have one.
inline std::optional<Count> shared_pool_cap(const HypervisorColumns& columns,
                                            std::int64_t addresses) noexcept {
  if (!columns.has_address_figure()) return std::nullopt;
  if (columns.by_addresses().empty()) return Count{};
  return servable(most_addresses(columns), addresses);
}

}  // namespace vfstock::capacity
