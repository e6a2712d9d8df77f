// How many VPSes of a mix of products fit together. Products that share a fleet are alternatives:
// what each could sell alone does not add up. Pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {

struct MixFit {
  std::int64_t total = 0;
  std::vector<std::int64_t> together;  // by the question's products
  std::vector<std::int64_t> alone;     // the same products, each on its own; -1: unlimited
  std::int32_t stopped_by = -1;        // which of them did not fit any more; -1: none, no limit
  std::int32_t dimension = -1;         // what binds most of its hypervisors then: of fits()
};

/// The most that are counted: beyond it the mix is as good as unlimited.
inline constexpr std::int64_t mix_max = 1'000'000;

/// VPSes are placed one by one as the panel would place them, each time of the product that lags
/// most behind its share and in its group with the most room, until one does not fit. Buffers are
/// held back. `scene.plan.mix` must be there.
MixFit fitting_mix(const Scene& scene, const FleetColumns& fleet, const std::vector<Offer>& offers);

}  // namespace vfstock::sim::forecast
