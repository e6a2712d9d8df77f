#include "engine/capacity/product_placement.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/capacity/address_cap.h"
#include "engine/capacity/disk_plan.h"
#include "engine/capacity/disk_sharing.h"
#include "engine/capacity/hypervisor_breakdown.h"
#include "engine/capacity/storage_fit.h"

namespace vfstock::capacity {
namespace {

using Supply = ProductPlacement::Supply;

bool any_figure(GroupColumns groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [](const auto* group) { return group->has_address_figure(); });
}

bool is_named(const StoragePool& pool, const Footprint& footprint, const Rules& rules) {
  return names_pool(rules.storage_match, footprint.storage_profile, false, pool.id,
                    pool.storage_type);
}

bool shares_storage(const HypervisorColumns& group, const Footprint& footprint,
                    const Rules& rules) {
  const auto datastores = group.shared_datastores();
  return std::any_of(datastores.begin(), datastores.end(), [&](const Datastore& datastore) {
    return std::any_of(datastore.begin(), datastore.end(), [&](const DatastoreEntry& at) {
      return is_named(group.rows()[at.row].other_storage[at.pool], footprint, rules);
    });
  });
}

/// Where a hypervisor sees addresses that no block gives it, the blocks do not tell all: a panel
/// can bind them in ways that it does not list.
bool explain(const AddressBlocks& blocks, GroupColumns groups) {
  std::vector<std::int64_t> bound;
  for (const AddressBlock& block : blocks) {
    bound.insert(bound.end(), block.hypervisors.begin(), block.hypervisors.end());
  }
  std::sort(bound.begin(), bound.end());
  return std::all_of(groups.begin(), groups.end(), [&](const HypervisorColumns* group) {
    const auto rows = group->rows();
    return std::all_of(rows.begin(), rows.end(), [&](const Hypervisor& row) {
      return !row.eligible() || row.ipv4_free.value_or(0) <= 0 ||
             std::binary_search(bound.begin(), bound.end(), row.id);
    });
  });
}

bool counts_by_blocks(GroupColumns groups, const Footprint& footprint, const Rules& rules,
                      const AddressBlocks* blocks) {
  return rules.ipv4_cap == Ipv4Cap::exact && blocks != nullptr && footprint.ipv4_addresses > 0 &&
         any_figure(groups) && explain(*blocks, groups);
}

class Builder {
 public:
  Builder(GroupColumns groups, const Footprint& footprint, const Rules& rules,
          const AddressBlocks* blocks)
      : groups_(groups), footprint_(footprint), rules_(rules), blocks_(blocks) {}

  ProductPlacement build() {
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      first_host_.push_back(problem().hosts.size());
      add_hosts(group);
    }
    first_host_.push_back(problem().hosts.size());
    if (footprint_.ipv4_addresses > 0) add_addresses();
    sort_by_host(problem().address_links);
    sort_by_host(problem().storage_links);
    return std::move(result_);
  }

 private:
  PlacementProblem& problem() { return result_.problem; }
  const Hypervisor& row(std::size_t host) const {
    const auto& [group, row] = result_.hosts[host];
    return groups_[group]->rows()[row];
  }

  void add_hosts(std::size_t group) {
    const HypervisorColumns& columns = *groups_[group];
    std::vector<SharedEntry> shared;
    if (rules_.shared_storage == SharedStorage::by_name) {
      shared = entries_of(columns.shared_datastores(), columns.rows());
    }
    pool_of_.assign(columns.shared_datastores().size(), std::nullopt);
    auto next = shared.begin();
    for (std::size_t row = 0; row < columns.size(); ++row) {
      const auto first = next;
      while (next != shared.end() && next->at.row == row) ++next;
      if (!columns.rows()[row].eligible()) continue;
      add_host(group, row, {first, next});
    }
    add_pools_of_disks(group);
  }

  void add_host(std::size_t group, std::size_t at, std::span<const SharedEntry> shared) {
    const Hypervisor& row = groups_[group]->rows()[at];
    const HypervisorBreakdown figures = resource_breakdown(row, shared, footprint_, rules_);
    PlacementHost host{figures.fits, Count{}, false};
    result_.hosts.push_back({group, at});
    if (has_further_disks(footprint_)) {
      add_host_of_disks(host, figures, disk_plan(row, shared, footprint_, rules_));
    } else {
      add_host_of_one_disk(host, figures, shared);
    }
  }

  void add_host_of_disks(PlacementHost host, const HypervisorBreakdown& figures,
                         const std::optional<DiskPlan>& plan) {
    if (plan && plan->shared.empty()) host.own_storage = Count::unlimited();
    if (plan && !plan->shared.empty()) {
      host.takes = std::min({figures.memory, figures.cores, figures.servers, plan->own});
      sharing_.add(problem().hosts.size(), plan->shared);
    }
    problem().hosts.push_back(host);
  }

  void add_host_of_one_disk(PlacementHost host, const HypervisorBreakdown& figures,
                            std::span<const SharedEntry> shared) {
    const auto [group, at] = result_.hosts.back();
    const Hypervisor& row = groups_[group]->rows()[at];
    const std::size_t number = problem().hosts.size();
    std::size_t pools = 0, own = 0;
    for_each_named_pool(row, shared, footprint_, rules_, [&](Count fit, const SharedEntry* entry) {
      if (entry == nullptr || fit.is_unlimited()) {
        host.own_storage = std::max(host.own_storage, fit);
        ++own;
        return;
      }
      ++pools;
      problem().storage_links.push_back({number, pool(group, *entry, fit)});
    });
    // A single shared pool limits by itself, and is then what binds.
    if (own == 0 && pools == 1) {
      host.takes = std::min({figures.memory, figures.cores, figures.servers});
    }
    problem().hosts.push_back(host);
  }

  /// Datastores that VPSes of several disks use together are one pool.
  void add_pools_of_disks(std::size_t group) {
    const HypervisorColumns& columns = *groups_[group];
    for (const DiskSharing::Pool& pool :
         sharing_.pools(columns.shared_datastores(), columns.rows(), rules_.buffer)) {
      for (const std::size_t host : pool.hosts) {
        problem().storage_links.push_back({host, problem().pools.size()});
      }
      problem().pools.push_back(pool.takes);
      result_.pools.push_back({group, pool.scarcest});
    }
    sharing_ = {};
  }

  std::size_t pool(std::size_t group, const SharedEntry& entry, Count fit) {
    std::optional<std::size_t>& known = pool_of_[entry.datastore];
    if (!known) {
      known = problem().pools.size();
      problem().pools.push_back(fit);
      result_.pools.push_back({group, entry.datastore});
    }
    return *known;
  }

  std::size_t add_supply(Supply supply, std::optional<std::size_t> part_of = {}) {
    problem().supplies.push_back({servable(supply.free, footprint_.ipv4_addresses), part_of});
    result_.supplies.push_back(supply);
    return problem().supplies.size() - 1;
  }

  void draw(std::size_t host, std::size_t supply) {
    problem().hosts[host].addresses = true;
    problem().address_links.push_back({host, supply});
  }

  void add_addresses() {
    if (counts_by_blocks(groups_, footprint_, rules_, blocks_)) {
      add_blocks();
    } else if (rules_.ipv4_cap == Ipv4Cap::nested) {
      if (any_figure(groups_)) nest(0, problem().hosts.size());
    } else {
      for (std::size_t group = 0; group < groups_.size(); ++group) add_figures_of(group);
    }
  }

  /// Those of one host stay in their order. There are few of each, so they are counted.
  void sort_by_host(std::vector<PlacementLink>& links) const {
    std::vector<std::size_t> next(result_.hosts.size() + 1);
    for (const PlacementLink& link : links) ++next[link.host + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<PlacementLink> sorted(links.size());
    for (const PlacementLink& link : links) sorted[next[link.host]++] = link;
    links = std::move(sorted);
  }

  void add_figures_of(std::size_t group) {
    if (!groups_[group]->has_address_figure()) return;
    const std::size_t first = first_host_[group], end = first_host_[group + 1];
    if (rules_.ipv4_cap != Ipv4Cap::group_max) return nest(first, end);
    if (first == end) return;
    const std::size_t whole =
        add_supply({Supply::Kind::figure, 0, most_addresses(*groups_[group])});
    for (std::size_t host = first; host < end; ++host) draw(host, whole);
  }

  /// Whoever sees few addresses sees no more than they that see many.
  void nest(std::size_t first, std::size_t end) {
    std::map<std::int64_t, std::vector<std::size_t>> by_figure;
    for (std::size_t host = first; host < end; ++host) {
      by_figure[row(host).ipv4_free.value_or(0)].push_back(host);
    }
    std::optional<std::size_t> greater;
    for (auto level = by_figure.rbegin(); level != by_figure.rend(); ++level) {
      greater = add_supply({Supply::Kind::figure, 0, level->first}, greater);
      for (const std::size_t host : level->second) draw(host, *greater);
    }
  }

  /// A hypervisor of a group without any figure is not limited by addresses.
  void add_blocks() {
    std::vector<std::pair<std::int64_t, std::size_t>> hosts;  // by id; who stands twice counts once
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      if (!groups_[group]->has_address_figure()) continue;
      for (std::size_t host = first_host_[group]; host < first_host_[group + 1]; ++host) {
        hosts.emplace_back(row(host).id, host);
        problem().hosts[host].addresses = true;
        limit_by_own_figure(host);
      }
    }
    std::sort(hosts.begin(), hosts.end());
    std::vector<std::size_t> bound;
    for (const AddressBlock& block : *blocks_) {
      bound.clear();
      std::int64_t free = block.free;
      auto host = hosts.begin();
      for (const std::int64_t id : block.hypervisors) {
        host = std::lower_bound(host, hosts.end(), std::pair(id, std::size_t{0}));
        if (host == hosts.end()) break;
        if (host->first != id) continue;
        bound.push_back(host->second);
        // Whoever is bound to the block sees at least what is free of it, and groups are asked
        // about more often than blocks.
        free = std::min(free, row(host->second).ipv4_free.value_or(0));
      }
      if (bound.empty()) continue;
      const std::size_t supply = add_supply({Supply::Kind::block, block.id, free});
      for (const std::size_t host : bound) draw(host, supply);
    }
  }

  void limit_by_own_figure(std::size_t host) {
    const Count own = servable(row(host).ipv4_free.value_or(0), footprint_.ipv4_addresses);
    problem().hosts[host].takes = std::min(problem().hosts[host].takes, own);
  }

  GroupColumns groups_;
  const Footprint& footprint_;
  const Rules& rules_;
  const AddressBlocks* blocks_;
  ProductPlacement result_;
  std::vector<std::size_t> first_host_;              // of each group, and the end
  std::vector<std::optional<std::size_t>> pool_of_;  // of the group's datastores
  DiskSharing sharing_;                              // of the group, with several disks
};

}  // namespace

bool needs_placement(GroupColumns groups, const Footprint& footprint, const Rules& rules,
                     const AddressBlocks* blocks) {
  if (has_further_disks(footprint)) return true;
  const bool may_share_storage =
      rules.shared_storage != SharedStorage::none && footprint.storage_gb > 0;
  const bool shares_any =
      may_share_storage &&
      std::any_of(groups.begin(), groups.end(), [&](const HypervisorColumns* group) {
        return shares_storage(*group, footprint, rules);
      });
  // Last, for it looks at every hypervisor of every block.
  return shares_any || counts_by_blocks(groups, footprint, rules, blocks);
}

ProductPlacement product_placement(GroupColumns groups, const Footprint& footprint,
                                   const Rules& rules, const AddressBlocks* blocks) {
  return Builder(groups, footprint, rules, blocks).build();
}

}  // namespace vfstock::capacity
