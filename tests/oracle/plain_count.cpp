#include "tests/oracle/plain_count.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "tests/oracle/plain_placement.h"

namespace vfstock::oracle {
namespace {

capacity::Count fit(const capacity::Quota& quota, std::int64_t need,
                    const capacity::Percent& buffer) {
  if (need <= 0) return capacity::Count::unlimited();
  if (quota.max == 0) return capacity::Count::unlimited();
  const std::int64_t usable = quota.free - buffer.reserve(quota.max);
  return usable <= 0 ? capacity::Count{} : capacity::Count::of(usable / need);
}

bool is_candidate(const capacity::StoragePool& pool, bool is_local, std::int64_t profile,
                  capacity::StorageMatch match) {
  if (!pool.enabled) return false;
  if (profile <= 0) return is_local;
  if (match == capacity::StorageMatch::pool_id) return !is_local && pool.id == profile;
  if (match == capacity::StorageMatch::storage_type_other && is_local) return false;
  return pool.storage_type == profile;
}

capacity::Count storage_fit(const capacity::Hypervisor& hypervisor,
                            const capacity::Footprint& footprint, const capacity::Rules& rules) {
  capacity::Count best;
  const auto consider = [&](const capacity::StoragePool& pool, bool is_local) {
    if (is_candidate(pool, is_local, footprint.storage_profile, rules.storage_match)) {
      best = std::max(best, fit(pool.gigabytes, footprint.storage_gb, rules.buffer));
    }
  };
  if (hypervisor.local_storage) consider(*hypervisor.local_storage, true);
  for (const capacity::StoragePool& pool : hypervisor.other_storage) consider(pool, false);
  return best;
}

capacity::Count servers_fit(const capacity::Hypervisor& hypervisor, const capacity::Rules& rules) {
  if (rules.server_slots == capacity::ServerSlots::ignore) return capacity::Count::unlimited();
  if (!hypervisor.servers || hypervisor.servers->max == 0) return capacity::Count::unlimited();
  return capacity::Count::of(hypervisor.servers->free);
}

capacity::Count fits(const capacity::Hypervisor& hypervisor, const capacity::Footprint& footprint,
                     const capacity::Rules& rules) {
  return std::min({fit(hypervisor.memory_mb, footprint.memory_mb, rules.buffer),
                   fit(hypervisor.cores, footprint.cores, rules.buffer),
                   storage_fit(hypervisor, footprint, rules), servers_fit(hypervisor, rules)});
}

capacity::Count sum_of_fits(const capacity::HypervisorColumns& group,
                            const capacity::Footprint& footprint, const capacity::Rules& rules) {
  capacity::Count sum;
  for (const capacity::Hypervisor& hypervisor : group.rows()) {
    if (hypervisor.eligible()) sum += fits(hypervisor, footprint, rules);
  }
  return sum;
}

bool has_figure(const capacity::HypervisorColumns& group) {
  for (const capacity::Hypervisor& hypervisor : group.rows()) {
    if (hypervisor.ipv4_free) return true;
  }
  return false;
}

capacity::Count group_capacity(const capacity::HypervisorColumns& group,
                               const capacity::Footprint& footprint, const capacity::Rules& rules) {
  const capacity::Count sum = sum_of_fits(group, footprint, rules);
  if (footprint.ipv4_addresses <= 0 || !has_figure(group)) return sum;
  capacity::Count cap;
  for (const capacity::Hypervisor& hypervisor : group.rows()) {
    if (!hypervisor.eligible()) continue;
    cap = std::max(
        cap, capacity::Count::of(hypervisor.ipv4_free.value_or(0) / footprint.ipv4_addresses));
  }
  return std::min(sum, cap);
}

capacity::Count nested_capacity(std::span<const capacity::HypervisorColumns* const> groups,
                                const capacity::Footprint& footprint,
                                const capacity::Rules& rules) {
  std::vector<std::pair<std::int64_t, capacity::Count>> figure_and_fits;
  for (const capacity::HypervisorColumns* group : groups) {
    for (const capacity::Hypervisor& hypervisor : group->rows()) {
      if (!hypervisor.eligible()) continue;
      figure_and_fits.emplace_back(hypervisor.ipv4_free.value_or(0),
                                   fits(hypervisor, footprint, rules));
    }
  }
  std::sort(figure_and_fits.begin(), figure_and_fits.end());
  capacity::Count total;
  for (const auto& [figure, hypervisor_fits] : figure_and_fits) {
    total =
        std::min(total + hypervisor_fits, capacity::Count::of(figure / footprint.ipv4_addresses));
  }
  return total;
}

capacity::Count alone(const capacity::HypervisorColumns& group,
                      const capacity::Footprint& footprint, const capacity::Rules& rules) {
  switch (rules.ipv4_cap) {
    case capacity::Ipv4Cap::group_max:
      return group_capacity(group, footprint, rules);
    case capacity::Ipv4Cap::nested:  // no group has a figure
      return sum_of_fits(group, footprint, rules);
    case capacity::Ipv4Cap::exact:  // nothing is known of blocks
    case capacity::Ipv4Cap::group_nested:
      break;
  }
  const capacity::HypervisorColumns* const only = &group;
  if (footprint.ipv4_addresses <= 0 || !has_figure(group)) {
    return sum_of_fits(group, footprint, rules);
  }
  return nested_capacity({&only, 1}, footprint, rules);
}

}  // namespace

capacity::Count product_capacity(std::span<const capacity::HypervisorColumns* const> groups,
                                 const capacity::Footprint& footprint, const capacity::Rules& rules,
                                 const capacity::AddressBlocks* blocks) {
  const bool by_blocks = rules.ipv4_cap == capacity::Ipv4Cap::exact && blocks != nullptr;
  if (by_blocks || rules.shared_storage == capacity::SharedStorage::by_name) {
    return plain_placement(groups, footprint, rules, by_blocks ? blocks : nullptr);
  }
  const bool nested_applies = rules.ipv4_cap == capacity::Ipv4Cap::nested &&
                              footprint.ipv4_addresses > 0 &&
                              std::any_of(groups.begin(), groups.end(),
                                          [](const auto* group) { return has_figure(*group); });
  if (nested_applies) return nested_capacity(groups, footprint, rules);
  capacity::Count total;
  for (const capacity::HypervisorColumns* group : groups) total += alone(*group, footprint, rules);
  return total;
}

}  // namespace vfstock::oracle
