#include "sim/invariants/true_room.h"

#include <cstdint>
#include <vector>

namespace vfstock::sim::invariants {

namespace model = mockpanel::model;

model::Placeable true_room(const Expected& expected) {
  const auto package = expected.truth->packages.find(expected.columns.package);
  if (package == expected.truth->packages.end() || !package->second.enabled) return {0, 0};
  std::vector<std::int64_t> groups;
  for (const std::int64_t group : expected.columns.groups) {
    if (expected.truth->groups.contains(group)) groups.push_back(group);
  }
  model::Footprint need;
  need.memory_mb = package->second.memory_mb;
  need.cores = package->second.cores;
  need.storage_gb = package->second.storage_gb;
  need.additional_gb = package->second.additional_gb();
  need.storage_profile = package->second.storage_profile;
  need.ipv4 = expected.columns.addresses.value_or(0);
  return model::placeable(*expected.truth, groups, need);
}

}  // namespace vfstock::sim::invariants
