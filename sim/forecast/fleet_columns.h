// The panel's state as a forecast runs it: the mock panel's model laid out in columns.
//
// The same rules of placement as mockpanel/model (every quota that is not 0 is enforced, pools by
// storage type, addresses in the order of a hypervisor's blocks), without names, maps and strings,
// so that a replicate begins with a copy and an event allocates nothing. Tests hold it to the model
// step by step. Hypervisors of one group stand together, by ascending id.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "engine/capacity/percent.h"
#include "mockpanel/model/world.h"

namespace vfstock::sim::forecast {

/// What one VPS takes, besides one server slot.
struct Need {
  std::int64_t memory_mb = 0, cores = 0, storage_gb = 0, storage_profile = 0, ipv4 = 0;
  friend bool operator==(const Need&, const Need&) = default;
};

/// `max` 0: no quota.
struct Quota {
  std::int64_t max = 0, allocated = 0;
  std::int64_t free() const noexcept { return max - allocated; }
  bool takes(std::int64_t need) const noexcept { return max == 0 || need <= 0 || need <= free(); }
};

/// Addresses of one block.
struct BlockShare {
  std::uint32_t block = 0;
  std::int64_t addresses = 0;
};

/// Where a server lies and what it holds.
struct Held {
  std::int32_t hypervisor = -1;  // index; -1: nowhere
  std::int32_t pool = -1;        // index; -1: none
  Need need;
  std::vector<BlockShare> blocks;
};

/// What a product holds back of each hypervisor: ceil(max × buffer). One entry per hypervisor or
/// pool.
struct Reserves {
  std::vector<std::int64_t> memory_mb, cores, storage_gb;
};

class FleetColumns {
 public:
  struct Members {
    std::int32_t begin = 0, end = 0;
  };

  FleetColumns() = default;
  /// Hypervisors in `absent` are not there yet: they take nothing until enter().
  explicit FleetColumns(const mockpanel::model::World& world, const std::set<std::int64_t>& absent);

  /// Index of the group or hypervisor with this id; -1: there is none.
  std::int32_t group_index(std::int64_t id) const;
  std::int32_t hypervisor_index(std::int64_t id) const;
  std::span<const std::int64_t> group_ids() const { return group_ids_; }
  Members members(std::int32_t group) const { return members_[index(group)]; }
  std::int32_t group_of(std::int32_t hypervisor) const { return group_of_[index(hypervisor)]; }
  std::int64_t hypervisor_id(std::int32_t hypervisor) const { return ids_[index(hypervisor)]; }

  /// The hypervisor that the panel chooses; -1 when none takes the server. With reserves: among
  /// those that leave them untouched.
  std::int32_t choose(std::int32_t group, const Need& need,
                      const Reserves* reserves = nullptr) const;
  /// Whether this hypervisor takes the server and leaves the reserves untouched (null: none).
  bool takes(std::int32_t hypervisor, const Need& need, const Reserves* reserves) const;
  /// Allocates; `held` is overwritten. The hypervisor must take the server.
  void take(std::int32_t hypervisor, const Need& need, Held& held);
  /// Of the groups' hypervisors that have such a VPS's share of everything allocated, the one on
  /// which the least other allocation is left (best fit); -1: there is none.
  std::int32_t choose_holder(std::span<const std::int32_t> groups, const Need& need) const;
  /// What such a VPS holds there that is allocated already.
  Held holding(std::int32_t hypervisor, const Need& need) const;
  /// Gives back everything that `held` holds.
  void give_back(const Held& held);
  /// A server that was there before the forecast: counted without any check.
  void adopt(const Held& held, std::int64_t sign);

  /// How many more such VPSes the group takes beyond the reserves: the sum over hypervisors, at
  /// most what the addresses of all their blocks serve. -1: unlimited.
  std::int64_t count(std::int32_t group, const Need& need, const Reserves* reserves) const;
  /// How many each dimension alone would take on this hypervisor, in the order memory, cores,
  /// storage, servers, ipv4; -1: unlimited.
  std::array<std::int64_t, 5> fits(std::int32_t hypervisor, const Need& need,
                                   const Reserves* reserves) const;

  Reserves reserves(const capacity::Percent& buffer) const;
  std::int64_t ipv4_free(std::int32_t hypervisor) const;

  // Dated operations.
  void enter(std::int32_t hypervisor);  // is there from now on
  void leave(std::int32_t hypervisor);  // is not there any more
  void set_accepting(std::int32_t hypervisor, bool accepting);
  Quota& memory_mb(std::int32_t hypervisor) { return memory_mb_[index(hypervisor)]; }
  Quota& cores(std::int32_t hypervisor) { return cores_[index(hypervisor)]; }
  Quota& servers(std::int32_t hypervisor) { return servers_[index(hypervisor)]; }
  /// The default mountpoint; null when it has none.
  Quota* local_storage(std::int32_t hypervisor);
  /// Adds free addresses to the block; false when there is none of this id.
  bool add_addresses(std::int64_t block, std::int64_t addresses);

  bool is_present(std::int32_t hypervisor) const { return present_[index(hypervisor)] != 0; }
  bool is_placeable(std::int32_t hypervisor) const { return placeable_[index(hypervisor)] != 0; }
  bool accepts(std::int32_t hypervisor) const { return accepting_[index(hypervisor)] != 0; }

  /// Indices of the blocks that the hypervisor draws from, as in BlockShare.
  std::span<const std::uint32_t> blocks(std::int32_t hypervisor) const {
    const std::size_t h = index(hypervisor);
    return std::span(bound_blocks_).subspan(first_block_[h], first_block_[h + 1] - first_block_[h]);
  }
  std::size_t block_count() const { return blocks_.size(); }

  struct PoolState {
    Quota gigabytes;
    std::int64_t storage_type = 0;
    std::int64_t id = 0;
    bool enabled = false, local = false;
  };
  std::span<const PoolState> pools(std::int32_t hypervisor) const;
  const Quota& memory_mb(std::int32_t hypervisor) const { return memory_mb_[index(hypervisor)]; }
  const Quota& cores(std::int32_t hypervisor) const { return cores_[index(hypervisor)]; }
  const Quota& servers(std::int32_t hypervisor) const { return servers_[index(hypervisor)]; }
  bool reports_ipv4(std::int32_t hypervisor) const { return reports_ipv4_[index(hypervisor)] != 0; }
  std::int32_t size() const { return static_cast<std::int32_t>(ids_.size()); }

 private:
  struct Block {
    std::int64_t free = 0;
    bool enabled = true;
  };
  template <class T>
  static std::size_t index(T value) {
    return static_cast<std::size_t>(value);
  }
  void add_hypervisor(const mockpanel::model::Hypervisor& row, bool present,
                      const std::map<std::int64_t, std::uint32_t>& blocks);
  void settle(std::int32_t hypervisor);
  std::int32_t pool_for(std::int32_t hypervisor, const Need& need) const;
  std::int32_t pool_holding(std::int32_t hypervisor, const Need& need) const;
  bool storage_left(std::int32_t hypervisor, const Need& need, const Reserves& reserves) const;
  std::int64_t rank(std::int32_t hypervisor) const;
  bool may_hold(std::int32_t hypervisor, const Need& need) const;
  double left_over(std::int32_t hypervisor, const Need& need) const;
  std::int64_t union_of_addresses(std::int32_t group) const;

  mockpanel::model::Placement placement_ = mockpanel::model::Placement::first_fit;
  std::vector<std::int64_t> group_ids_;
  std::vector<std::uint8_t> group_enabled_;
  std::vector<Members> members_;

  std::vector<std::int64_t> ids_;
  std::vector<std::int32_t> group_of_;
  std::vector<std::uint8_t> present_, accepting_, ready_, placeable_, reports_ipv4_;
  std::vector<Quota> memory_mb_, cores_, servers_;
  std::vector<std::uint32_t> first_pool_, first_block_;  // one more than hypervisors
  std::vector<PoolState> pools_;
  std::vector<std::uint32_t> bound_blocks_;
  std::vector<Block> blocks_;
  std::vector<std::int64_t> block_ids_;
};

}  // namespace vfstock::sim::forecast
