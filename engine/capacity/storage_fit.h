// How many VPSes the storage of one hypervisor takes: its named pools, one after the other.
//
// Only for those who derive one hypervisor's figures (hypervisor_breakdown, product_placement).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/capacity/count.h"
#include "engine/capacity/datastores.h"
#include "engine/capacity/hypervisor.h"
#include "engine/capacity/rules.h"
#include "engine/capacity/storage_choice.h"

namespace vfstock::capacity {

inline Count quota_fit(const Quota& quota, std::int64_t need, const Percent& buffer) {
  if (need <= 0 || quota.max == 0) return Count::unlimited();
  return Count::of(std::max<std::int64_t>(quota.free - buffer.reserve(quota.max), 0) / need);
}

/// Calls `visit(fit, entry)` for each enabled pool that the footprint's profile names; `entry` is
/// null for a pool that nobody else uses, and otherwise the fit is that of the whole datastore.
/// `shared`: the shared entries of this row.
template <class Visit>
void for_each_named_pool(const Hypervisor& row, std::span<const SharedEntry> shared,
                         const Footprint& footprint, const Rules& rules, Visit visit) {
  const auto names = [&](const StoragePool& pool, bool default_mountpoint) {
    return pool.enabled && names_pool(rules.storage_match, footprint.storage_profile,
                                      default_mountpoint, pool.id, pool.storage_type);
  };
  const SharedEntry* const own = nullptr;
  if (row.local_storage && names(*row.local_storage, true)) {
    visit(quota_fit(row.local_storage->gigabytes, footprint.storage_gb, rules.buffer), own);
  }
  for (std::size_t i = 0; i < row.other_storage.size(); ++i) {
    const StoragePool& pool = row.other_storage[i];
    if (!names(pool, false)) continue;
    const auto entry = std::find_if(shared.begin(), shared.end(),
                                    [i](const SharedEntry& each) { return each.at.pool == i; });
    const bool is_own = entry == shared.end();
    const Quota& gigabytes = is_own ? pool.gigabytes : entry->gigabytes;
    visit(quota_fit(gigabytes, footprint.storage_gb, rules.buffer), is_own ? own : &*entry);
  }
}

}  // namespace vfstock::capacity
