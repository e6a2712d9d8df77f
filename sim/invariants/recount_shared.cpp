#include "sim/invariants/recount_shared.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "mockpanel/model/max_flow.h"
#include "sim/invariants/recount_parts.h"

namespace vfstock::sim::invariants {
namespace {

/// A datastore within its group.
using Name = std::pair<std::string, std::int64_t>;

/// The one pool behind several entries, and how many these are.
struct Whole {
  std::int64_t max = 0, allocated = 0;
  int entries = 0;
  Quota quota() const { return {max, max - allocated}; }
};

std::map<Name, Whole> datastores_of(const GroupFacts& group) {
  std::map<Name, Whole> known;
  for (const HypervisorFacts& hypervisor : group) {
    for (const Storage& entry : hypervisor.others) {
      if (entry.datastore.empty()) continue;
      Whole& whole = known[{entry.datastore, entry.type}];
      if (entry.gb.max > 0) {
        whole.max = whole.max == 0 ? entry.gb.max : std::min(whole.max, entry.gb.max);
      }
      whole.allocated += entry.gb.max - entry.gb.free;
      ++whole.entries;
    }
  }
  std::erase_if(known, [](const auto& each) { return each.second.entries < 2; });
  return known;
}

/// An edge; nullopt: without limit.
struct Edge {
  std::size_t from, to;
  Places capacity;
};

/// storage -> hypervisors -> addresses, node by node.
class Flow {
 public:
  Flow(const Counted& counted, const Expectations& expectations, const BlocksTold* blocks)
      : counted_(counted), expectations_(expectations), blocks_(blocks) {}

  void add(const GroupFacts& group) {
    const std::map<Name, Whole> datastores =
        expectations_.shared_storage == "by-name" ? datastores_of(group) : std::map<Name, Whole>();
    std::map<Name, std::size_t> pools;
    Level level;
    const bool figures = has_figure(group);
    for (const HypervisorFacts& hypervisor : group) {
      if (!hypervisor.eligible) continue;
      const std::size_t storage = nodes_++, done = nodes_++;
      const Places roomiest = add_storage(hypervisor, datastores, pools, storage);
      edges_.push_back(
          {storage, done, lesser(fit_compute(hypervisor, counted_, expectations_), roomiest)});
      level.emplace(hypervisor.ipv4_free.value_or(0), done);
      if (figures) drains_.push_back({&hypervisor, done});
    }
    const bool limited = counted_.addresses && figures;
    levels_.push_back({limited, std::move(level)});
  }

  Places run() {
    add_addresses();
    return solve();
  }

 private:
  static constexpr std::size_t source = 0, sink = 1;
  /// Hypervisors by what they see.
  using Level = std::multimap<std::int64_t, std::size_t>;
  struct OfGroup {
    bool limited;
    Level hypervisors;
  };

  struct Drain {
    const HypervisorFacts* hypervisor;
    std::size_t node;
  };

  /// What the roomiest pool takes.
  Places add_storage(const HypervisorFacts& hypervisor, const std::map<Name, Whole>& datastores,
                     std::map<Name, std::size_t>& pools, std::size_t node) {
    Places own = 0, most = 0;
    const auto consider = [&](const Storage& storage, bool is_local) {
      if (!storage.enabled || !is_candidate(storage, is_local, counted_.package.storage_profile,
                                            expectations_.storage_match)) {
        return;
      }
      const Name name{storage.datastore, storage.type};
      const auto shared = is_local ? datastores.end() : datastores.find(name);
      const bool is_own = shared == datastores.end();
      const Quota& gb = is_own ? storage.gb : shared->second.quota();
      const Places takes = fit(gb, counted_.package.storage_gb, counted_.buffer);
      most = greater(most, takes);
      if (is_own) {
        own = greater(own, takes);
        return;
      }
      const auto [pool, is_new] = pools.try_emplace(name, nodes_);
      if (is_new) edges_.push_back({source, nodes_++, takes});
      edges_.push_back({pool->second, node, std::nullopt});
    };
    if (hypervisor.local) consider(*hypervisor.local, true);
    for (const Storage& storage : hypervisor.others) consider(storage, false);
    edges_.push_back({source, node, own});
    return most;
  }

  /// A block has no more than what any hypervisor sees that it serves.
  void drain_into_blocks() {
    for (const OfGroup& group : levels_) {
      if (group.limited) continue;
      for (const auto& [figure, node] : group.hypervisors) {
        edges_.push_back({node, sink, std::nullopt});
      }
    }
    for (Drain& drain : drains_) {
      const std::size_t end = nodes_++;
      edges_.push_back({drain.node, end, servable(drain.hypervisor->ipv4_free.value_or(0))});
      drain.node = end;
    }
    for (const BlocksTold::Block& block : blocks_->blocks) {
      const std::size_t here = nodes_++;
      std::int64_t free = block.free;
      for (const Drain& drain : drains_) {
        if (!block.hypervisors.contains(drain.hypervisor->id)) continue;
        free = std::min(free, drain.hypervisor->ipv4_free.value_or(0));
        edges_.push_back({drain.node, here, std::nullopt});
      }
      edges_.push_back({here, sink, servable(free)});
    }
  }

  /// Where a hypervisor sees addresses that no known block gives it, the blocks do not tell all.
  bool blocks_explain() const {
    return std::all_of(drains_.begin(), drains_.end(), [&](const Drain& drain) {
      if (drain.hypervisor->ipv4_free.value_or(0) <= 0) return true;
      return std::any_of(blocks_->blocks.begin(), blocks_->blocks.end(), [&](const auto& block) {
        return block.hypervisors.contains(drain.hypervisor->id);
      });
    });
  }

  void add_addresses() {
    if (blocks_ != nullptr && counted_.addresses && blocks_explain()) return drain_into_blocks();
    const bool together = expectations_.ipv4_cap == "nested" &&
                          std::any_of(levels_.begin(), levels_.end(),
                                      [](const OfGroup& group) { return group.limited; });
    Level all;
    for (const OfGroup& group : levels_) {
      if (together) {
        all.insert(group.hypervisors.begin(), group.hypervisors.end());
      } else if (!group.limited) {
        for (const auto& [figure, node] : group.hypervisors) {
          edges_.push_back({node, sink, std::nullopt});
        }
      } else if (expectations_.ipv4_cap == "group-max") {
        drain_into_one(group.hypervisors);
      } else {
        drain_in_levels(group.hypervisors);
      }
    }
    drain_in_levels(all);
  }

  void drain_into_one(const Level& hypervisors) {
    if (hypervisors.empty()) return;
    const std::size_t one = nodes_++;
    for (const auto& [figure, node] : hypervisors) edges_.push_back({node, one, std::nullopt});
    edges_.push_back({one, sink, servable(hypervisors.rbegin()->first)});
  }

  /// What sees few addresses drains through all that see more.
  void drain_in_levels(const Level& hypervisors) {
    std::size_t above = sink;
    for (auto at = hypervisors.rbegin(); at != hypervisors.rend(); ++at) {
      const std::size_t here = nodes_++;
      edges_.push_back({at->second, here, std::nullopt});
      edges_.push_back({here, above, servable(at->first)});
      above = here;
    }
  }

  std::int64_t servable(std::int64_t free) const {
    return std::max<std::int64_t>(free, 0) / *counted_.addresses;
  }

  /// Whatever goes beyond all finite limits together is without limit.
  Places solve() const {
    constexpr std::int64_t most = std::int64_t{1} << 44;
    std::int64_t all = 1;
    for (const Edge& edge : edges_) {
      if (edge.capacity) all += std::min(*edge.capacity, most);
    }
    mockpanel::model::FlowNetwork network(nodes_);
    for (const auto& [from, to, capacity] : edges_) {
      network.connect(from, to, capacity ? std::min(*capacity, most) : all);
    }
    const std::int64_t flow = network.augment(source, sink);
    return flow >= all ? Places{} : Places{flow};
  }

  const Counted& counted_;
  const Expectations& expectations_;
  const BlocksTold* blocks_;
  std::vector<Drain> drains_;  // of groups that report addresses
  std::size_t nodes_ = 2;
  std::vector<Edge> edges_;
  std::vector<OfGroup> levels_;
};

}  // namespace

bool shares_datastores(const std::vector<const GroupFacts*>& groups,
                       const Expectations& expectations) {
  return expectations.shared_storage == "by-name" &&
         std::any_of(groups.begin(), groups.end(),
                     [](const GroupFacts* group) { return !datastores_of(*group).empty(); });
}

const BlocksTold* blocks_told(const std::vector<const GroupFacts*>& groups,
                              const Expectations& expectations) {
  if (expectations.ipv4_cap != "exact" || !expectations.reads_blocks) return nullptr;
  const BlocksTold* newest = nullptr;
  for (const GroupFacts* const group : groups) {
    if (!has_figure(*group)) continue;
    const BlocksTold* const told = group->front().blocks.get();
    if (told == nullptr) return nullptr;
    if (newest == nullptr || newest->number < told->number) newest = told;
  }
  return newest;
}

Places recount_shared(const std::vector<const GroupFacts*>& groups, const Counted& counted,
                      const Expectations& expectations, const BlocksTold* blocks) {
  Flow flow(counted, expectations, blocks);
  for (const GroupFacts* const group : groups) flow.add(*group);
  return flow.run();
}

}  // namespace vfstock::sim::invariants
