#include "engine/capacity/hypervisor_breakdown.h"

#include <algorithm>

#include "engine/capacity/disk_plan.h"
#include "engine/capacity/storage_fit.h"

namespace vfstock::capacity {
namespace {

Skipped why_skipped(const Hypervisor& row) {
  if (!row.enabled) return Skipped::disabled;
  if (!row.commissioned) return Skipped::not_commissioned;
  if (row.prohibited) return Skipped::prohibited;
  return row.maintenance ? Skipped::maintenance : Skipped::no;
}

/// The fit of the named pool that takes most, or of all pools that the disks go on; nullopt when no
/// named pool is enabled.
std::optional<Count> storage_fit(const Hypervisor& row, std::span<const SharedEntry> shared,
                                 const Footprint& footprint, const Rules& rules) {
  if (has_further_disks(footprint)) {
    const auto plan = disk_plan(row, shared, footprint, rules);
    return plan ? std::optional(plan->fits) : std::nullopt;
  }
  std::optional<Count> most;
  for_each_named_pool(row, shared, footprint, rules, [&](Count fit, const SharedEntry*) {
    most = std::max(most.value_or(fit), fit);
  });
  return most;
}

Count slots_fit(const std::optional<Quota>& servers, ServerSlots server_slots) {
  const bool limits = server_slots == ServerSlots::enforce && servers && servers->max != 0;
  return limits ? Count::of(servers->free) : Count::unlimited();
}

Dimension binding_resource(const HypervisorBreakdown& of) {
  if (!of.storage_found) return Dimension::storage;
  if (of.fits.is_unlimited()) return Dimension::none;
  if (of.memory == of.fits) return Dimension::memory;
  if (of.cores == of.fits) return Dimension::cores;
  return of.storage == of.fits ? Dimension::storage : Dimension::servers;
}

}  // namespace

HypervisorBreakdown resource_breakdown(const Hypervisor& row, std::span<const SharedEntry> shared,
                                       const Footprint& footprint, const Rules& rules) {
  HypervisorBreakdown result;
  result.id = row.id;
  result.name = row.name;
  result.skipped = why_skipped(row);
  // The panel need not say more than id and flags of a row that takes nothing, so its quotas would
  // read as "no quota".
  if (result.skipped != Skipped::no) return result;
  result.memory = quota_fit(row.memory_mb, footprint.memory_mb, rules.buffer);
  result.cores = quota_fit(row.cores, footprint.cores, rules.buffer);
  const std::optional<Count> storage = storage_fit(row, shared, footprint, rules);
  result.storage_found = storage.has_value();
  result.storage = storage.value_or(Count{});
  result.servers = slots_fit(row.servers, rules.server_slots);
  result.fits = std::min({result.memory, result.cores, result.storage, result.servers});
  result.binding = binding_resource(result);
  return result;
}

}  // namespace vfstock::capacity
