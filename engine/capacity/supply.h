// What one hypervisor can still give, and how many VPSes that makes: a single term of fit_sum().
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/capacity/fit_sum.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// After the buffer, in each resource's unit: whole numbers from 0 to 2^53, or infinity where
/// nothing limits.
struct Supply {
  double memory_mb = 0;
  double cores = 0;
  double storage_gb = 0;       // of the named pool that can give most; 0 without one
  double storage_present = 0;  // infinity where a named pool exists, else 0
  double servers = 0;
};

/// ⌊minimum over the resources that limit of supply / need⌋, exact; infinity where none limits.
inline double fit(const Supply& supply, const Footprint& footprint) noexcept {
  double smallest = supply.servers;
  const auto limit = [&](double usable, std::int64_t need) {
    smallest = std::min(smallest, usable / divisor(need));
  };
  if (footprint.memory_mb > 0) limit(supply.memory_mb, footprint.memory_mb);
  if (footprint.cores > 0) limit(supply.cores, footprint.cores);
  if (footprint.storage_gb > 0) {
    limit(supply.storage_gb, footprint.storage_gb);
  } else {
    limit(supply.storage_present, 1);
  }
  return smallest < exact_sum_below ? static_cast<double>(static_cast<std::int64_t>(smallest))
                                    : smallest;
}

}  // namespace vfstock::capacity
