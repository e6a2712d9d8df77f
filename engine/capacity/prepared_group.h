// A group made ready for counting many products of one buffer, storage rule and storage profile.
//
// What a hypervisor can still give after the buffer depends on the product's rules and profile, not
// on its footprint. So it is worked out once here, and a count then costs one pass over the
// columns. It refers to the columns, which must outlive its use.
//
// Most often a group comes again with a few hypervisors changed. Then only these are worked out
// anew, and it is told what they gave before and give now, so that a count can follow.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/fit_sum.h"
#include "engine/capacity/rules.h"
#include "engine/capacity/supply.h"
#include "engine/capacity/usable.h"

namespace vfstock::capacity {

/// 0 for every profile that names no type: they all name the default mountpoint.
constexpr std::int64_t named_profile(std::int64_t profile) noexcept {
  return profile < 0 ? 0 : profile;
}

/// What a prepared group depends on besides its columns.
struct Preparation {
  Percent buffer;
  StorageMatch storage_match;
  ServerSlots server_slots;
  std::int64_t storage_profile;  // as of named_profile()

  Preparation(const Rules& rules, std::int64_t profile);
  /// Whether it was made of these, `profile` being as of named_profile().
  bool is_of(const Rules& rules, std::int64_t profile) const {
    return storage_profile == profile && storage_match == rules.storage_match &&
           server_slots == rules.server_slots && buffer == rules.buffer;
  }
};

class PreparedGroup {
 public:
  /// `kernel` must run here.
  PreparedGroup(const HypervisorColumns& columns, Preparation preparation,
                Kernel kernel = fastest_kernel());

  /// One hypervisor of which another amount is free than before, and what that leaves to be had.
  struct Change {
    Supply before, now;
  };
  /// As made anew of these columns; what was allocated is used again. What has changed since the
  /// last time, until the next; nullopt: all of it may have. `since`: the revision that the group
  /// had then, for columns that are followed; 0: what has changed is looked for.
  std::optional<std::span<const Change>> prepare(const HypervisorColumns& columns,
                                                 std::uint64_t since = 0);

  const HypervisorColumns& columns() const noexcept { return *columns_; }

  /// How many footprints the group's hypervisors take, addresses aside. The footprint's storage
  /// profile is the one that the group was prepared for.
  Count fits(const Footprint& footprint) const noexcept;
  /// The same for each hypervisor: whole numbers, or infinity.
  void fits_each(const Footprint& footprint, Column& fits) const;

 private:
  struct Demands;
  Demands demands_of(const Footprint& footprint) const noexcept;
  void prepare_all();
  void prepare_storage();
  bool is_like_before() const;
  bool is_like_before(Place hypervisor) const;
  bool find_moved(std::uint64_t since);
  void compare_for_moved();
  std::span<const PoolColumns::Pool> pools_of(Place hypervisor) const;
  void prepare_moved();
  void prepare_storage(Place hypervisor);
  Supply supply(Place hypervisor) const;
  bool names(const PoolColumns::Pool& pool) const noexcept;
  bool servers_limit() const noexcept { return preparation_.server_slots == ServerSlots::enforce; }
  Quotient quotient(bool in_steps) const;

  Preparation preparation_;
  Kernel kernel_;
  const HypervisorColumns* columns_ = nullptr;
  bool is_whole_ = false;  // no preparation was broken off
  Quotient quotient_ = Quotient::divide;
  // What each eligible hypervisor can still give; infinity where there is no quota.
  UsableColumn memory_mb_;
  UsableColumn cores_;
  UsableColumn pools_gb_;   // of all pools
  Column storage_gb_;       // of the named pool that can give most; 0 without one
  Column storage_present_;  // infinity where a named pool exists, else 0
  Column servers_;          // where they limit
  std::vector<PoolColumns::Pool> pools_;
  std::vector<Place> moved_;  // hypervisors, ascending
  std::vector<Change> changes_;
};

/// How many footprints the groups still take together, after their IPv4 caps. All groups were
/// prepared for the footprint's storage profile and with the same rules.
Count product_capacity(std::span<const PreparedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap);

}  // namespace vfstock::capacity
