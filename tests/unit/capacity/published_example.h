// The vendor's published example of a group's resources: eleven hypervisors of a real panel.
//
// No servers quota anywhere; pools of the two Ceph nodes are listed as disabled.
#pragma once

#include <string>
#include <vector>

#include "engine/capacity/hypervisor.h"

namespace vfstock::capacity::test {

inline Hypervisor published(std::int64_t id, std::string name, Quota memory_mb, Quota cores,
                            std::int64_t storage_type, Quota storage_gb, std::int64_t ipv4_free) {
  Hypervisor row;
  row.id = id;
  row.name = std::move(name);
  row.enabled = true;
  row.commissioned = true;
  row.memory_mb = memory_mb;
  row.cores = cores;
  row.servers = Quota{0, -1};
  row.local_storage = StoragePool{0, true, storage_type, storage_gb};
  row.ipv4_free = ipv4_free;
  return row;
}

inline std::vector<Hypervisor> published_example() {
  std::vector<Hypervisor> rows{
      published(1, "PHV 1 (RED)", {6004, 1908}, {4, 1}, 0, {90, 65}, 470),
      published(2, "PHV 2 (BLUE)", {10000, 8976}, {28, 27}, 0, {150, 140}, 470),
      published(3, "BHV 9", {27913, 25865}, {64, 62}, 0, {400, 380}, 470),
      published(4, "BHV 8", {27913, 27913}, {16, 16}, 0, {1000, 1000}, 0),
      published(8, "BHV 3", {27913, 25865}, {120, 117}, 1, {2000, 1980}, 470),
      published(9, "BHV 4", {13684, 13684}, {4, 4}, 0, {1000, 1000}, 0),
      published(10, "BHV 5", {13684, 13684}, {4, 4}, 0, {1000, 1000}, 0),
      published(11, "BHV 6", {27913, 26889}, {16, 15}, 0, {1000, 990}, 478),
      published(12, "BHV 7", {27913, 26889}, {16, 15}, 0, {1000, 990}, 478),
      published(13, "Ceph Hypervisor 1", {24000, 16832}, {64, 56}, 1, {100, 50}, 503),
      published(14, "Ceph Hypervisor 2", {24000, 20928}, {64, 61}, 1, {1000, 990}, 33)};
  rows[9].other_storage = {{1, false, 2, {10000, 9965}}, {4, false, 2, {558349385, 558349380}}};
  rows[10].other_storage = {{2, false, 2, {10000, 9990}}, {3, false, 2, {13333333, 13333323}}};
  return rows;
}

}  // namespace vfstock::capacity::test
