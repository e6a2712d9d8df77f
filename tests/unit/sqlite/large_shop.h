// A large shop's day, whichever store the shop is in: its panel changes every hour and fails now
// and then.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "tests/unit/schedule/stock_world.h"

namespace vfstock::sqlite {

inline constexpr std::int64_t large_shop_products = 300, large_shop_groups = 20,
                              hypervisors_per_group = 50;

/// A group whose hypervisors have `free_mb` of memory each.
inline panel::Lookup<panel::GroupResources> group_with(std::uint64_t revision,
                                                       std::int64_t free_mb) {
  std::vector<capacity::Hypervisor> rows;
  for (std::int64_t i = 1; i <= hypervisors_per_group; ++i) {
    capacity::Hypervisor hypervisor;
    hypervisor.id = i;
    hypervisor.enabled = hypervisor.commissioned = true;
    hypervisor.memory_mb = {262'144, free_mb};
    hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
    rows.push_back(std::move(hypervisor));
  }
  return panel::Lookup<panel::GroupResources>::found(
      {revision, std::make_shared<const capacity::HypervisorColumns>(std::move(rows))});
}

/// Every product is of package 1, and sold in one of the groups; `sweep` is called each hour.
template <class Sweep>
void play_a_day(stock::StockWorld& world, Sweep sweep) {
  world.panel.set(panel::PackageId{1}, stock::package_found(1));
  for (std::int64_t id = 1; id <= large_shop_groups; ++id) {
    world.panel.set(panel::GroupId{id}, group_with(1, 4096));
  }
  for (std::uint64_t hour = 1; hour <= 24; ++hour) {
    world.clock.advance(std::chrono::hours{1});
    const auto group = static_cast<std::int64_t>(1 + hour % large_shop_groups);
    const bool outage = hour % 7 == 0;
    world.panel.set(panel::GroupId{group},
                    outage ? panel::Lookup<panel::GroupResources>(stock::unavailable())
                           : group_with(hour, static_cast<std::int64_t>(4096 + 1024 * hour)));
    sweep();
  }
}

}  // namespace vfstock::sqlite
