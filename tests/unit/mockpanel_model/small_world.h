// A small world for tests: group 1, package 1 (1024 MB, 1 core, 10 GB, profile 0) and hypervisors
// that take anything until a test sets a quota.
#pragma once

#include <cstdint>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {

inline World small_world() {
  World world;
  world.groups[1].id = 1;
  world.packages[1].id = 1;
  return world;
}

inline Block& add_block(World& world, std::int64_t id, std::int64_t free) {
  Block& block = world.blocks[id];
  block.id = id;
  block.base_free = free;
  return block;
}

/// A hypervisor of group 1 without quotas, with a default mountpoint.
inline Hypervisor& add_hypervisor(World& world, std::int64_t id,
                                  std::vector<std::int64_t> blocks = {}) {
  Hypervisor& hypervisor = world.hypervisors[id];
  hypervisor.id = id;
  hypervisor.group = 1;
  hypervisor.local = Pool{};
  hypervisor.blocks = std::move(blocks);
  return hypervisor;
}

inline Pool typed_pool(std::int64_t id, std::int64_t type, std::int64_t max) {
  Pool pool;
  pool.id = id;
  pool.storage_type = type;
  pool.gigabytes.max = max;
  return pool;
}

/// One server of package 1 in group 1 without addresses.
inline CreateRequest plain_request() {
  CreateRequest request;
  request.package = 1;
  request.group = 1;
  request.ipv4 = 0;
  return request;
}

}  // namespace vfstock::mockpanel::model
