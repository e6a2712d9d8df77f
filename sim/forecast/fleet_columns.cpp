#include "sim/forecast/fleet_columns.h"

#include <algorithm>
#include <limits>

namespace vfstock::sim::forecast {

namespace model = mockpanel::model;

namespace {

constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

std::int64_t room(const Quota& quota) noexcept { return quota.max == 0 ? no_limit : quota.free(); }

Quota column(const model::Quota& quota) { return {quota.max, quota.allocated()}; }

bool matches(const FleetColumns::PoolState& pool, std::int64_t profile) noexcept {
  return pool.enabled && (profile > 0 ? pool.storage_type == profile : pool.local);
}

std::int64_t places_in(const Quota& quota, std::int64_t reserve, std::int64_t need) noexcept {
  if (need <= 0 || quota.max == 0) return no_limit;
  return std::max<std::int64_t>(0, quota.free() - reserve) / need;
}

bool leaves(const Quota& quota, std::int64_t reserve, std::int64_t need) noexcept {
  return need <= 0 || quota.max == 0 || quota.free() - reserve >= need;
}

/// Whether so much is allocated; without a quota nobody counts.
bool holds(const Quota& quota, std::int64_t need) {
  return quota.max == 0 || quota.allocated >= need;
}

}  // namespace

FleetColumns::FleetColumns(const model::World& world, const std::set<std::int64_t>& absent)
    : placement_(world.placement) {
  std::map<std::int64_t, std::uint32_t> blocks;
  for (const auto& [id, block] : world.blocks) {
    blocks.emplace(id, static_cast<std::uint32_t>(blocks_.size()));
    blocks_.push_back({block.free(), block.enabled});
    block_ids_.push_back(id);
  }
  for (const auto& [id, group] : world.groups) {
    group_ids_.push_back(id);
    group_enabled_.push_back(group.enabled ? 1 : 0);
    const auto begin = size();
    for (const model::Hypervisor* row : world.members(id)) {
      add_hypervisor(*row, !absent.contains(row->id), blocks);
    }
    members_.push_back({begin, size()});
  }
  first_pool_.push_back(static_cast<std::uint32_t>(pools_.size()));
  first_block_.push_back(static_cast<std::uint32_t>(bound_blocks_.size()));
}

void FleetColumns::add_hypervisor(const model::Hypervisor& row, bool present,
                                  const std::map<std::int64_t, std::uint32_t>& blocks) {
  ids_.push_back(row.id);
  group_of_.push_back(static_cast<std::int32_t>(group_ids_.size()) - 1);
  present_.push_back(present ? 1 : 0);
  accepting_.push_back(row.prohibit ? 0 : 1);
  ready_.push_back(row.enabled && row.commissioned == 3 ? 1 : 0);
  placeable_.push_back(0);
  reports_ipv4_.push_back(row.reports_ipv4 ? 1 : 0);
  memory_mb_.push_back(column(row.memory_mb));
  cores_.push_back(column(row.cores));
  servers_.push_back(column(row.servers));
  first_pool_.push_back(static_cast<std::uint32_t>(pools_.size()));
  const auto add_pool = [&](const model::Pool& pool, bool local) {
    pools_.push_back({column(pool.gigabytes), pool.storage_type, pool.id, pool.enabled, local});
  };
  if (row.local) add_pool(*row.local, true);
  for (const model::Pool& pool : row.others) add_pool(pool, false);
  first_block_.push_back(static_cast<std::uint32_t>(bound_blocks_.size()));
  for (const std::int64_t id : row.blocks) {
    const auto known = blocks.find(id);
    if (known != blocks.end()) bound_blocks_.push_back(known->second);
  }
  settle(size() - 1);
}

void FleetColumns::settle(std::int32_t hypervisor) {
  const std::size_t h = index(hypervisor);
  placeable_[h] = present_[h] != 0 && accepting_[h] != 0 && ready_[h] != 0 ? 1 : 0;
}

std::int32_t FleetColumns::group_index(std::int64_t id) const {
  const auto found = std::lower_bound(group_ids_.begin(), group_ids_.end(), id);
  if (found == group_ids_.end() || *found != id) return -1;
  return static_cast<std::int32_t>(found - group_ids_.begin());
}

std::int32_t FleetColumns::hypervisor_index(std::int64_t id) const {
  const auto found = std::find(ids_.begin(), ids_.end(), id);
  return found == ids_.end() ? -1 : static_cast<std::int32_t>(found - ids_.begin());
}

std::span<const FleetColumns::PoolState> FleetColumns::pools(std::int32_t hypervisor) const {
  const std::size_t h = index(hypervisor);
  return std::span(pools_).subspan(first_pool_[h], first_pool_[h + 1] - first_pool_[h]);
}

std::int64_t FleetColumns::ipv4_free(std::int32_t hypervisor) const {
  std::int64_t free = 0;
  for (std::size_t b = first_block_[index(hypervisor)]; b < first_block_[index(hypervisor) + 1];
       ++b) {
    const Block& block = blocks_[bound_blocks_[b]];
    if (block.enabled) free += std::max<std::int64_t>(0, block.free);
  }
  return free;
}

/// The roomiest pool that takes the disk, the default mountpoint first among equals; -1: none.
std::int32_t FleetColumns::pool_for(std::int32_t hypervisor, const Need& need) const {
  std::int32_t roomiest = -1;
  for (std::size_t p = first_pool_[index(hypervisor)]; p < first_pool_[index(hypervisor) + 1];
       ++p) {
    const PoolState& pool = pools_[p];
    if (!matches(pool, need.storage_profile) || !pool.gigabytes.takes(need.storage_gb)) continue;
    if (roomiest < 0 || room(pool.gigabytes) > room(pools_[index(roomiest)].gigabytes)) {
      roomiest = static_cast<std::int32_t>(p);
    }
  }
  return roomiest;
}

bool FleetColumns::storage_left(std::int32_t hypervisor, const Need& need,
                                const Reserves& reserves) const {
  for (std::size_t p = first_pool_[index(hypervisor)]; p < first_pool_[index(hypervisor) + 1];
       ++p) {
    const PoolState& pool = pools_[p];
    if (!matches(pool, need.storage_profile)) continue;
    if (leaves(pool.gigabytes, reserves.storage_gb[p], need.storage_gb)) return true;
  }
  return false;
}

bool FleetColumns::takes(std::int32_t hypervisor, const Need& need,
                         const Reserves* reserves) const {
  const std::size_t h = index(hypervisor);
  if (placeable_[h] == 0 || !servers_[h].takes(1)) return false;
  if (!memory_mb_[h].takes(need.memory_mb) || !cores_[h].takes(need.cores)) return false;
  if (pool_for(hypervisor, need) < 0) return false;
  if (reports_ipv4_[h] != 0 && need.ipv4 > 0 && ipv4_free(hypervisor) < need.ipv4) return false;
  if (reserves == nullptr) return true;
  return leaves(memory_mb_[h], reserves->memory_mb[h], need.memory_mb) &&
         leaves(cores_[h], reserves->cores[h], need.cores) &&
         storage_left(hypervisor, need, *reserves);
}

std::int64_t FleetColumns::rank(std::int32_t hypervisor) const {
  switch (placement_) {
    case model::Placement::most_free:
      return -room(memory_mb_[index(hypervisor)]);
    case model::Placement::fewest_servers:
      return servers_[index(hypervisor)].allocated;
    case model::Placement::first_fit:
      break;
  }
  return 0;
}

std::int32_t FleetColumns::choose(std::int32_t group, const Need& need,
                                  const Reserves* reserves) const {
  if (group < 0 || group_enabled_[index(group)] == 0) return -1;
  const Members all = members_[index(group)];
  std::int32_t best = -1;
  for (std::int32_t h = all.begin; h < all.end; ++h) {
    if (best >= 0 && rank(h) >= rank(best)) continue;
    if (!takes(h, need, reserves)) continue;
    best = h;
    if (placement_ == model::Placement::first_fit) break;
  }
  return best;
}

void FleetColumns::take(std::int32_t hypervisor, const Need& need, Held& held) {
  const std::size_t h = index(hypervisor);
  held.hypervisor = hypervisor;
  held.pool = pool_for(hypervisor, need);
  held.need = need;
  held.blocks.clear();
  std::int64_t wanted = reports_ipv4_[h] != 0 ? need.ipv4 : 0;
  for (std::size_t b = first_block_[h]; b < first_block_[h + 1] && wanted > 0; ++b) {
    const Block& block = blocks_[bound_blocks_[b]];
    if (!block.enabled || block.free <= 0) continue;
    const std::int64_t dealt = std::min(wanted, block.free);
    held.blocks.push_back({bound_blocks_[b], dealt});
    wanted -= dealt;
  }
  adopt(held, 1);
}

std::int32_t FleetColumns::pool_holding(std::int32_t hypervisor, const Need& need) const {
  for (std::size_t p = first_pool_[index(hypervisor)]; p < first_pool_[index(hypervisor) + 1];
       ++p) {
    if (matches(pools_[p], need.storage_profile) && holds(pools_[p].gigabytes, need.storage_gb)) {
      return static_cast<std::int32_t>(p);
    }
  }
  return -1;
}

bool FleetColumns::may_hold(std::int32_t hypervisor, const Need& need) const {
  return present_[index(hypervisor)] != 0 && holds(servers_[index(hypervisor)], 1) &&
         holds(memory_mb(hypervisor), need.memory_mb) && holds(cores(hypervisor), need.cores) &&
         pool_holding(hypervisor, need) >= 0;
}

/// In such VPSes, of the dimension of which the most is left.
double FleetColumns::left_over(std::int32_t hypervisor, const Need& need) const {
  const auto left = [](const Quota& quota, std::int64_t each) {
    if (quota.max == 0 || each <= 0) return 0.0;
    return static_cast<double>(quota.allocated - each) / static_cast<double>(each);
  };
  const PoolState& pool = pools_[index(pool_holding(hypervisor, need))];
  return std::max({left(memory_mb(hypervisor), need.memory_mb), left(cores(hypervisor), need.cores),
                   left(pool.gigabytes, need.storage_gb)});
}

std::int32_t FleetColumns::choose_holder(std::span<const std::int32_t> groups,
                                         const Need& need) const {
  std::int32_t best = -1;
  double least = 0;
  for (const std::int32_t group : groups) {
    if (group < 0) continue;
    const Members all = members_[index(group)];
    for (std::int32_t h = all.begin; h < all.end; ++h) {
      if (!may_hold(h, need)) continue;
      const double left = left_over(h, need);
      if (best >= 0 && left >= least) continue;
      best = h;
      least = left;
    }
  }
  return best;
}

Held FleetColumns::holding(std::int32_t hypervisor, const Need& need) const {
  Held held{hypervisor, pool_holding(hypervisor, need), need, {}};
  const std::size_t h = index(hypervisor);
  if (reports_ipv4_[h] != 0 && need.ipv4 > 0 && first_block_[h] < first_block_[h + 1]) {
    held.blocks.push_back({bound_blocks_[first_block_[h]], need.ipv4});
  }
  return held;
}

void FleetColumns::give_back(const Held& held) { adopt(held, -1); }

void FleetColumns::adopt(const Held& held, std::int64_t sign) {
  if (held.hypervisor >= 0) {
    const std::size_t h = index(held.hypervisor);
    servers_[h].allocated += sign;
    memory_mb_[h].allocated += sign * held.need.memory_mb;
    cores_[h].allocated += sign * held.need.cores;
  }
  if (held.pool >= 0) pools_[index(held.pool)].gigabytes.allocated += sign * held.need.storage_gb;
  for (const BlockShare& share : held.blocks) blocks_[share.block].free -= sign * share.addresses;
}

std::array<std::int64_t, 5> FleetColumns::fits(std::int32_t hypervisor, const Need& need,
                                               const Reserves* reserves) const {
  const std::size_t h = index(hypervisor);
  std::int64_t storage = 0;
  for (std::size_t p = first_pool_[h]; p < first_pool_[h + 1]; ++p) {
    const std::int64_t reserve = reserves == nullptr ? 0 : reserves->storage_gb[p];
    if (!matches(pools_[p], need.storage_profile)) continue;
    storage = std::max(storage, places_in(pools_[p].gigabytes, reserve, need.storage_gb));
  }
  const bool addressed = reports_ipv4_[h] != 0 && need.ipv4 > 0;
  std::array<std::int64_t, 5> each{
      places_in(memory_mb_[h], reserves == nullptr ? 0 : reserves->memory_mb[h], need.memory_mb),
      places_in(cores_[h], reserves == nullptr ? 0 : reserves->cores[h], need.cores), storage,
      places_in(servers_[h], 0, 1), addressed ? ipv4_free(hypervisor) / need.ipv4 : no_limit};
  for (std::int64_t& places : each) {
    if (placeable_[h] == 0) places = 0;
    if (places == no_limit) places = -1;
  }
  return each;
}

/// Addresses in all blocks bound to a hypervisor that takes servers, each block once; -1 when one
/// of them needs none.
std::int64_t FleetColumns::union_of_addresses(std::int32_t group) const {
  const Members all = members_[index(group)];
  std::int64_t free = 0;
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    if (!blocks_[block].enabled || blocks_[block].free <= 0) continue;
    for (std::int32_t h = all.begin; h < all.end; ++h) {
      if (placeable_[index(h)] == 0) continue;
      const auto begin = bound_blocks_.begin() + first_block_[index(h)];
      const auto end = bound_blocks_.begin() + first_block_[index(h) + 1];
      if (std::find(begin, end, block) == end) continue;
      free += blocks_[block].free;
      break;
    }
  }
  return free;
}

std::int64_t FleetColumns::count(std::int32_t group, const Need& need,
                                 const Reserves* reserves) const {
  if (group < 0 || group_enabled_[index(group)] == 0) return 0;
  const Members all = members_[index(group)];
  std::int64_t sum = 0;
  bool addresses_limit = need.ipv4 > 0;
  for (std::int32_t h = all.begin; h < all.end; ++h) {
    if (placeable_[index(h)] == 0) continue;
    addresses_limit = addresses_limit && reports_ipv4_[index(h)] != 0;
    std::int64_t least = no_limit;
    for (const std::int64_t places : fits(h, need, reserves)) {
      if (places >= 0) least = std::min(least, places);
    }
    if (least == no_limit) return -1;
    sum += least;
  }
  if (addresses_limit && sum > 0) sum = std::min(sum, union_of_addresses(group) / need.ipv4);
  return sum;
}

Reserves FleetColumns::reserves(const capacity::Percent& buffer) const {
  Reserves held_back;
  for (const Quota& quota : memory_mb_) held_back.memory_mb.push_back(buffer.reserve(quota.max));
  for (const Quota& quota : cores_) held_back.cores.push_back(buffer.reserve(quota.max));
  for (const PoolState& pool : pools_) {
    held_back.storage_gb.push_back(buffer.reserve(pool.gigabytes.max));
  }
  return held_back;
}

void FleetColumns::enter(std::int32_t hypervisor) {
  present_[index(hypervisor)] = 1;
  settle(hypervisor);
}

void FleetColumns::leave(std::int32_t hypervisor) {
  present_[index(hypervisor)] = 0;
  settle(hypervisor);
}

void FleetColumns::set_accepting(std::int32_t hypervisor, bool accepting) {
  accepting_[index(hypervisor)] = accepting ? 1 : 0;
  settle(hypervisor);
}

Quota* FleetColumns::local_storage(std::int32_t hypervisor) {
  const std::size_t first = first_pool_[index(hypervisor)];
  if (first == first_pool_[index(hypervisor) + 1] || !pools_[first].local) return nullptr;
  return &pools_[first].gigabytes;
}

bool FleetColumns::add_addresses(std::int64_t block, std::int64_t addresses) {
  const auto found = std::find(block_ids_.begin(), block_ids_.end(), block);
  if (found == block_ids_.end()) return false;
  blocks_[static_cast<std::size_t>(found - block_ids_.begin())].free += addresses;
  return true;
}

}  // namespace vfstock::sim::forecast
