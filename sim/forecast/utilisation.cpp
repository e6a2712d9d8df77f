#include "sim/forecast/utilisation.h"

#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast {

Utilisation utilisation_of(const FleetColumns& fleet, std::int32_t group) {
  std::array<double, 4> used{}, quota{};
  const auto add = [&](std::size_t dimension, const Quota& one) {
    if (one.max <= 0) return;
    used[dimension] += static_cast<double>(one.allocated);
    quota[dimension] += static_cast<double>(one.max);
  };
  const FleetColumns::Members all = fleet.members(group);
  for (std::int32_t h = all.begin; h < all.end; ++h) {
    if (!fleet.is_present(h)) continue;
    add(0, fleet.memory_mb(h));
    add(1, fleet.cores(h));
    for (const FleetColumns::PoolState& pool : fleet.pools(h)) {
      if (pool.enabled) add(2, pool.gigabytes);
    }
    add(3, fleet.servers(h));
  }
  Utilisation shares{};
  for (std::size_t d = 0; d < shares.size(); ++d) {
    if (quota[d] <= 0) continue;
    const double share = std::round(used[d] / quota[d] / utilisation_unit);
    shares[d] = static_cast<std::uint16_t>(std::clamp(share, 0.0, 65535.0));
  }
  return shares;
}

}  // namespace vfstock::sim::forecast
