#include "sim/invariants/recount.h"

#include <algorithm>

#include "sim/invariants/recount_parts.h"
#include "sim/invariants/recount_shared.h"

namespace vfstock::sim::invariants {
Places fit(const Quota& quota, std::int64_t need, const Buffer& buffer) {
  if (need <= 0 || quota.max == 0) return std::nullopt;
  const std::int64_t usable = quota.free - buffer.reserve(quota.max);
  return std::max<std::int64_t>(usable, 0) / need;
}

bool is_candidate(const Storage& storage, bool is_local, std::int64_t profile,
                  const std::string& match) {
  if (profile <= 0) return is_local;
  if (match == "pool-id") return !is_local && storage.id == profile;
  if (match == "storage-type-other" && is_local) return false;
  return storage.type == profile;
}

Places fit_compute(const HypervisorFacts& hypervisor, const Counted& counted,
                   const Expectations& expectations) {
  Places places = fit(hypervisor.memory_mb, counted.package.memory_mb, counted.buffer);
  places = lesser(places, fit(hypervisor.cores, counted.package.cores, counted.buffer));
  if (!hypervisor.servers) return places;
  const Quota& servers = *hypervisor.servers;
  if (expectations.server_slots == "enforce" && servers.max > 0) {
    places = lesser(places, std::max<std::int64_t>(servers.free, 0));
  }
  const auto cap = expectations.node_caps.find(hypervisor.id);
  if (cap != expectations.node_caps.end()) {
    const std::int64_t there = servers.max - servers.free;
    places = lesser(places, std::max<std::int64_t>(cap->second - there, 0));
  }
  return places;
}

std::int64_t addressable(const HypervisorFacts& hypervisor, std::int64_t addresses) {
  return std::max<std::int64_t>(hypervisor.ipv4_free.value_or(0), 0) / addresses;
}

bool has_figure(const GroupFacts& group) {
  return std::any_of(group.begin(), group.end(),
                     [](const HypervisorFacts& h) { return h.ipv4_free.has_value(); });
}

namespace {

struct Pool {
  const Storage* storage;
  bool is_local;
  std::int64_t taken_gb = 0;  // by one VPS
};

/// Puts the disks from `next` on onto every pool that each may lie on, and returns the best.
Places best_of(std::vector<Pool>& pools, const std::vector<DiskFacts>& disks, std::size_t next,
               const Counted& counted, const std::string& match) {
  if (next == disks.size()) {
    Places all;
    for (const Pool& pool : pools) {
      all = lesser(all, fit(pool.storage->gb, pool.taken_gb, counted.buffer));
    }
    return all;
  }
  Places best = 0;
  for (Pool& pool : pools) {
    if (!is_candidate(*pool.storage, pool.is_local, disks[next].profile, match)) continue;
    const std::int64_t before = pool.taken_gb;
    pool.taken_gb += std::max<std::int64_t>(disks[next].gb, 0);
    best = greater(best, best_of(pools, disks, next + 1, counted, match));
    pool.taken_gb = before;
  }
  return best;
}

/// Of a VPS with several disks, which may share a pool.
Places fit_disks(const HypervisorFacts& hypervisor, const Counted& counted,
                 const std::string& match) {
  std::vector<Pool> pools;
  if (hypervisor.local && hypervisor.local->enabled) pools.push_back({&*hypervisor.local, true});
  for (const Storage& storage : hypervisor.others) {
    if (storage.enabled) pools.push_back({&storage, false});
  }
  std::vector<DiskFacts> disks{{counted.package.storage_gb, counted.package.storage_profile}};
  disks.insert(disks.end(), counted.package.additional.begin(), counted.package.additional.end());
  return best_of(pools, disks, 0, counted, match);
}

Places fit_storage(const HypervisorFacts& hypervisor, const Counted& counted,
                   const std::string& match) {
  if (!counted.package.additional.empty()) return fit_disks(hypervisor, counted, match);
  Places best = 0;
  const auto consider = [&](const Storage& storage, bool is_local) {
    if (!storage.enabled) return;
    if (!is_candidate(storage, is_local, counted.package.storage_profile, match)) return;
    best = greater(best, fit(storage.gb, counted.package.storage_gb, counted.buffer));
  };
  if (hypervisor.local) consider(*hypervisor.local, true);
  for (const Storage& storage : hypervisor.others) consider(storage, false);
  return best;
}

Places fit_hypervisor(const HypervisorFacts& hypervisor, const Counted& counted,
                      const Expectations& expectations) {
  return lesser(fit_compute(hypervisor, counted, expectations),
                fit_storage(hypervisor, counted, expectations.storage_match));
}

/// What the group's addresses allow: the figure of the hypervisor that sees most.
Places group_cap(const GroupFacts& group, std::optional<std::int64_t> addresses) {
  if (!addresses || !has_figure(group)) return std::nullopt;
  std::int64_t most = 0;
  for (const HypervisorFacts& hypervisor : group) {
    if (hypervisor.eligible) most = std::max(most, addressable(hypervisor, *addresses));
  }
  return most;
}

Places count_group(const GroupFacts& group, const Counted& counted,
                   const Expectations& expectations) {
  Places places = 0;
  for (const HypervisorFacts& hypervisor : group) {
    if (hypervisor.eligible)
      places = sum(places, fit_hypervisor(hypervisor, counted, expectations));
  }
  return places;
}

/// Hypervisors that see few addresses are filled first: what is left for the next is the most that
/// any sharing of blocks can leave.
Places count_nested(const std::vector<const GroupFacts*>& groups, const Counted& counted,
                    const Expectations& expectations) {
  struct Step {
    std::int64_t addressable;
    Places fits;
  };
  std::vector<Step> steps;
  for (const GroupFacts* const group : groups) {
    for (const HypervisorFacts& hypervisor : *group) {
      if (!hypervisor.eligible) continue;
      steps.push_back({addressable(hypervisor, *counted.addresses),
                       fit_hypervisor(hypervisor, counted, expectations)});
    }
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.addressable < b.addressable; });
  Places total = 0;
  for (const Step& step : steps) total = lesser(sum(total, step.fits), step.addressable);
  return total;
}

}  // namespace

Places recount(const std::vector<const GroupFacts*>& groups, const Counted& counted,
               const Expectations& expectations) {
  const BlocksTold* const blocks = blocks_told(groups, expectations);
  if (blocks != nullptr || shares_datastores(groups, expectations)) {
    return recount_shared(groups, counted, expectations, blocks);
  }
  const bool any_figure = std::any_of(groups.begin(), groups.end(),
                                      [](const GroupFacts* group) { return has_figure(*group); });
  if (expectations.ipv4_cap == "nested" && counted.addresses && any_figure) {
    return count_nested(groups, counted, expectations);
  }
  const bool nested_each =
      expectations.ipv4_cap == "group-nested" || expectations.ipv4_cap == "exact";
  Places total = 0;
  for (const GroupFacts* const group : groups) {
    const bool nested = nested_each && counted.addresses && has_figure(*group);
    total = sum(total, nested ? count_nested({group}, counted, expectations)
                              : lesser(count_group(*group, counted, expectations),
                                       group_cap(*group, counted.addresses)));
  }
  return total;
}

}  // namespace vfstock::sim::invariants
