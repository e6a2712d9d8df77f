// A group made ready for counting many products of one buffer, storage rule and storage profile.
//
// What a hypervisor can still give after the buffer depends on the product's rules and profile, not
// on its footprint. So it is worked out once here, and a count then costs one pass over the
// columns. It refers to the columns, which must outlive its use.
#pragma once

#include <span>

#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/fit_sum.h"
#include "engine/capacity/rules.h"
#include "engine/capacity/usable.h"

namespace vfstock::capacity {

class PreparedGroup {
 public:
  /// Of `rules` everything but `ipv4_cap` is used. `kernel` must run here.
  PreparedGroup(const HypervisorColumns& columns, const Rules& rules, std::int64_t storage_profile,
                Kernel kernel = fastest_kernel());

  /// As made anew of these; what was allocated is used again.
  void prepare(const HypervisorColumns& columns, const Rules& rules, std::int64_t storage_profile);

  const HypervisorColumns& columns() const noexcept { return *columns_; }

  /// How many footprints the group's hypervisors take, addresses aside. The footprint's storage
  /// profile is the one that the group was prepared for.
  Count fits(const Footprint& footprint) const noexcept;
  /// The same for one of columns().address_runs().
  Count fits(const Footprint& footprint, const AddressRun& run) const noexcept;

 private:
  Count fits(const Footprint& footprint, Place begin, Place end) const noexcept;
  void prepare_storage(const Rules& rules, std::int64_t storage_profile);
  bool all_usable_below(double bound) const;

  const HypervisorColumns* columns_ = nullptr;
  bool server_slots_limit_ = false;
  Kernel kernel_;
  Quotient quotient_ = Quotient::divide;
  // What each eligible hypervisor can still give; infinity where there is no quota.
  UsableColumn memory_mb_;
  UsableColumn cores_;
  UsableColumn pools_gb_;   // of all pools
  Column storage_gb_;       // of the named pool that can give most; 0 without one
  Column storage_present_;  // infinity where a named pool exists, else 0
};

/// How many footprints the groups still take together, after their IPv4 caps. All groups were
/// prepared for the footprint's storage profile and with the same rules.
Count product_capacity(std::span<const PreparedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap);

}  // namespace vfstock::capacity
