#include "engine/capacity/scalar.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace vfstock::capacity::scalar {
namespace {

Count fit(const Quota& quota, std::int64_t need, const Percent& buffer) {
  if (need <= 0) return Count::unlimited();
  if (quota.max == 0) return Count::unlimited();
  const std::int64_t usable = quota.free - buffer.reserve(quota.max);
  return usable <= 0 ? Count{} : Count::of(usable / need);
}

bool is_candidate(const StoragePool& pool, bool is_local, std::int64_t profile,
                  StorageMatch match) {
  if (!pool.enabled) return false;
  if (profile <= 0) return is_local;
  if (match == StorageMatch::pool_id) return !is_local && pool.id == profile;
  if (match == StorageMatch::storage_type_other && is_local) return false;
  return pool.storage_type == profile;
}

Count storage_fit(const Hypervisor& hypervisor, const Footprint& footprint, const Rules& rules) {
  Count best;
  const auto consider = [&](const StoragePool& pool, bool is_local) {
    if (is_candidate(pool, is_local, footprint.storage_profile, rules.storage_match)) {
      best = std::max(best, fit(pool.gigabytes, footprint.storage_gb, rules.buffer));
    }
  };
  if (hypervisor.local_storage) consider(*hypervisor.local_storage, true);
  for (const StoragePool& pool : hypervisor.other_storage) consider(pool, false);
  return best;
}

Count servers_fit(const Hypervisor& hypervisor, const Rules& rules) {
  if (rules.server_slots == ServerSlots::ignore) return Count::unlimited();
  if (!hypervisor.servers || hypervisor.servers->max == 0) return Count::unlimited();
  return Count::of(hypervisor.servers->free);
}

Count fits(const Hypervisor& hypervisor, const Footprint& footprint, const Rules& rules) {
  return std::min({fit(hypervisor.memory_mb, footprint.memory_mb, rules.buffer),
                   fit(hypervisor.cores, footprint.cores, rules.buffer),
                   storage_fit(hypervisor, footprint, rules), servers_fit(hypervisor, rules)});
}

Count sum_of_fits(const HypervisorColumns& group, const Footprint& footprint, const Rules& rules) {
  Count sum;
  for (const Hypervisor& hypervisor : group.rows()) {
    if (hypervisor.eligible()) sum += fits(hypervisor, footprint, rules);
  }
  return sum;
}

bool has_figure(const HypervisorColumns& group) {
  for (const Hypervisor& hypervisor : group.rows()) {
    if (hypervisor.ipv4_free) return true;
  }
  return false;
}

Count group_capacity(const HypervisorColumns& group, const Footprint& footprint,
                     const Rules& rules) {
  const Count sum = sum_of_fits(group, footprint, rules);
  if (footprint.ipv4_addresses <= 0 || !has_figure(group)) return sum;
  Count cap;
  for (const Hypervisor& hypervisor : group.rows()) {
    if (!hypervisor.eligible()) continue;
    cap = std::max(cap, Count::of(hypervisor.ipv4_free.value_or(0) / footprint.ipv4_addresses));
  }
  return std::min(sum, cap);
}

Count nested_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                      const Rules& rules) {
  std::vector<std::pair<std::int64_t, Count>> figure_and_fits;
  for (const HypervisorColumns* group : groups) {
    for (const Hypervisor& hypervisor : group->rows()) {
      if (!hypervisor.eligible()) continue;
      figure_and_fits.emplace_back(hypervisor.ipv4_free.value_or(0),
                                   fits(hypervisor, footprint, rules));
    }
  }
  std::sort(figure_and_fits.begin(), figure_and_fits.end());
  Count total;
  for (const auto& [figure, hypervisor_fits] : figure_and_fits) {
    total = std::min(total + hypervisor_fits, Count::of(figure / footprint.ipv4_addresses));
  }
  return total;
}

}  // namespace

Count product_capacity(std::span<const HypervisorColumns* const> groups, const Footprint& footprint,
                       const Rules& rules) {
  const bool nested_applies = rules.ipv4_cap == Ipv4Cap::nested && footprint.ipv4_addresses > 0 &&
                              std::any_of(groups.begin(), groups.end(),
                                          [](const auto* group) { return has_figure(*group); });
  if (nested_applies) return nested_capacity(groups, footprint, rules);
  Count total;
  for (const HypervisorColumns* group : groups) {
    total += rules.ipv4_cap == Ipv4Cap::nested ? sum_of_fits(*group, footprint, rules)
                                               : group_capacity(*group, footprint, rules);
  }
  return total;
}

}  // namespace vfstock::capacity::scalar
