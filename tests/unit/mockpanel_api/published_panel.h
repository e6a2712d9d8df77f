// The panel of the vendor's published examples, as a world: group 1 with eleven hypervisors.
//
// Figures are those of the group resources example of the vendor's OpenAPI file. The blocks
// reproduce its IPv4 figures: 470 addresses seen by five hypervisors, 33 in block 3, eight more for
// two others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel {

inline model::Quota quota(std::int64_t max, std::int64_t allocated) { return {max, allocated, 0}; }

inline model::Pool pool(std::int64_t id, const std::string& name, bool enabled, std::int64_t type,
                        model::Quota gigabytes) {
  model::Pool made;
  made.id = id;
  made.name = name;
  made.enabled = enabled;
  made.storage_type = type;
  made.is_datastore = true;
  made.gigabytes = gigabytes;
  return made;
}

struct Figures {
  std::int64_t id;
  const char* name;
  std::int64_t servers;
  model::Quota memory_mb, cores;
  std::int64_t storage_type;
  model::Quota local_gb;
  std::vector<std::int64_t> blocks;
};

inline model::Hypervisor hypervisor(const Figures& figures) {
  model::Hypervisor made;
  made.id = figures.id;
  made.group = 1;
  made.name = figures.name;
  made.servers = quota(0, figures.servers);
  made.memory_mb = figures.memory_mb;
  made.cores = figures.cores;
  made.local = model::Pool{};
  made.local->storage_type = figures.storage_type;
  made.local->gigabytes = figures.local_gb;
  made.blocks = figures.blocks;
  return made;
}

inline void add_hypervisors(model::World& world) {
  const Figures all[] = {
      {1, "PHV 1 (RED)", 1, {6004, 4096}, {4, 3}, 0, {90, 25}, {1}},
      {2, "PHV 2 (BLUE)", 1, {10000, 1024}, {28, 1}, 0, {150, 10}, {1}},
      {3, "BHV 9", 2, {27913, 2048}, {64, 2}, 0, {400, 20}, {1}},
      {4, "BHV 8", 0, {27913, 0}, {16, 0}, 0, {1000, 0}, {}},
      {8, "BHV 3", 2, {27913, 2048}, {120, 3}, 1, {2000, 20}, {1}},
      {9, "BHV 4", 0, {13684, 0}, {4, 0}, 0, {1000, 0}, {}},
      {10, "BHV 5", 0, {13684, 0}, {4, 0}, 0, {1000, 0}, {}},
      {11, "BHV 6", 1, {27913, 1024}, {16, 1}, 0, {1000, 10}, {1, 2}},
      {12, "BHV 7", 1, {27913, 1024}, {16, 1}, 0, {1000, 10}, {1, 2}},
      {13, "Ceph Hypervisor 1", 5, {24000, 7168}, {64, 8}, 1, {100, 50}, {1, 3}},
      {14, "Ceph Hypervisor 2", 3, {24000, 3072}, {64, 3}, 1, {1000, 10}, {3}},
  };
  for (const Figures& figures : all) world.hypervisors[figures.id] = hypervisor(figures);
  world.hypervisors[13].others = {pool(1, "Ceph RBD", false, 2, quota(10000, 35)),
                                  pool(4, "Ceph FS", false, 2, quota(558349385, 5))};
  world.hypervisors[14].others = {pool(2, "Ceph RBD", false, 2, quota(10000, 10)),
                                  pool(3, "Ceph EC", false, 2, quota(13333333, 10))};
}

inline model::World published_panel() {
  model::World world;
  model::Group group;
  group.id = 1;
  group.name = "Default";
  group.description = "Default hypervisor group";
  group.is_default = true;
  world.groups[1] = group;
  model::Package package;
  package.id = 1;
  package.name = "Test";
  package.traffic_gb = 200;
  package.storage_profile = 1;
  world.packages[1] = package;
  world.blocks[1] = {1, "192.168.4.0/23", true, 470, 0, 0, {}};
  world.blocks[2] = {2, "192.168.6.0/29", true, 8, 0, 0, {}};
  world.blocks[3] = {3, "192.168.30.0/24", true, 33, 0, 0, {}};
  add_hypervisors(world);
  return world;
}

}  // namespace vfstock::mockpanel
