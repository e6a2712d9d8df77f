#include "sim/invariants/true_room.h"

#include <cstdint>
#include <vector>

namespace vfstock::sim::invariants {

namespace model = mockpanel::model;

namespace {

/// The enabled packages that a VPS of the product can be made of.
std::vector<PackageFacts> packages_of(const Expected& expected) {
  std::vector<std::int64_t> ids{expected.columns.package};
  const auto& offered = expected.columns.options.packages;
  ids.insert(ids.end(), offered.begin(), offered.end());
  std::vector<PackageFacts> packages;
  for (const std::int64_t id : ids) {
    const auto package = expected.truth->packages.find(id);
    if (package == expected.truth->packages.end() || !package->second.enabled) continue;
    packages.push_back({true,
                        package->second.memory_mb,
                        package->second.cores,
                        package->second.storage_gb,
                        package->second.storage_profile,
                        {{package->second.additional_gb(), 0}}});
  }
  return packages;
}

}  // namespace

model::Placeable true_room(const Expected& expected) {
  const auto package = expected.truth->packages.find(expected.columns.package);
  if (package == expected.truth->packages.end() || !package->second.enabled) return {0, 0};
  std::vector<std::int64_t> groups;
  for (const std::int64_t group : expected.columns.groups) {
    if (expected.truth->groups.contains(group)) groups.push_back(group);
  }
  model::Placeable room;
  for (const Need& need :
       largest_needs(packages_of(expected), expected.columns.addresses, expected.columns.options)) {
    model::Footprint footprint;
    footprint.memory_mb = need.package.memory_mb;
    footprint.cores = need.package.cores;
    footprint.storage_gb = need.package.storage_gb;
    footprint.additional_gb = need.package.additional.front().gb;
    footprint.storage_profile = need.package.storage_profile;
    footprint.ipv4 = need.addresses.value_or(0);
    const model::Placeable one = model::placeable(*expected.truth, groups, footprint);
    room = {lesser(room.at_least, one.at_least), lesser(room.at_most, one.at_most)};
  }
  return room;
}

}  // namespace vfstock::sim::invariants
