#include "sim/invariants/recount.h"

#include <algorithm>
#include <limits>

namespace vfstock::sim::invariants {
namespace {

Places lesser(Places a, Places b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

Places greater(Places a, Places b) {
  if (!a || !b) return std::nullopt;
  return std::max(*a, *b);
}

Places sum(Places a, Places b) {
  if (!a || !b) return std::nullopt;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return *a > most - *b ? most : *a + *b;
}

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

Places fit_storage(const HypervisorFacts& hypervisor, const Counted& counted,
                   const std::string& match) {
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
  Places places = fit(hypervisor.memory_mb, counted.package.memory_mb, counted.buffer);
  places = lesser(places, fit(hypervisor.cores, counted.package.cores, counted.buffer));
  places = lesser(places, fit_storage(hypervisor, counted, expectations.storage_match));
  const bool slots_count = expectations.server_slots == "enforce" && hypervisor.servers;
  if (slots_count && hypervisor.servers->max > 0) {
    places = lesser(places, std::max<std::int64_t>(hypervisor.servers->free, 0));
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
  const bool any_figure = std::any_of(groups.begin(), groups.end(),
                                      [](const GroupFacts* group) { return has_figure(*group); });
  if (expectations.ipv4_cap == "nested" && counted.addresses && any_figure) {
    return count_nested(groups, counted, expectations);
  }
  Places total = 0;
  for (const GroupFacts* const group : groups) {
    total = sum(total, lesser(count_group(*group, counted, expectations),
                              group_cap(*group, counted.addresses)));
  }
  return total;
}

}  // namespace vfstock::sim::invariants
