// How full the hypervisors of a group are, small enough to be kept of every group, moment and
// replicate. Plain values.
#pragma once

#include <array>
#include <cstdint>

#include "sim/forecast/fleet_columns.h"

namespace vfstock::sim::forecast {

/// Shares allocated of what has a quota, in ten-thousandths (65535 at most): memory, cores,
/// storage, servers. Without quotas 0.
using Utilisation = std::array<std::uint16_t, 4>;

inline constexpr double utilisation_unit = 1e-4;

/// Of the group's hypervisors that are there.
Utilisation utilisation_of(const FleetColumns& fleet, std::int32_t group);

}  // namespace vfstock::sim::forecast
