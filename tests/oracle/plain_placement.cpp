#include "tests/oracle/plain_placement.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/oracle/plain_flow.h"

namespace vfstock::oracle {
namespace {

using capacity::Count;
using capacity::Hypervisor;
using capacity::Quota;
using capacity::StoragePool;

using Name = std::pair<std::string, std::int64_t>;

/// One eligible hypervisor in the network: storage flows in, addresses flow out.
struct Node {
  const Hypervisor* row;
  std::size_t group;
  std::size_t storage, done;
};

class Plain {
 public:
  Plain(const capacity::Footprint& footprint, const capacity::Rules& rules)
      : footprint_(footprint), rules_(rules) {}

  void add(std::span<const Hypervisor> rows) {
    const std::size_t group = figures_.size();
    figures_.push_back(std::any_of(
        rows.begin(), rows.end(), [](const Hypervisor& row) { return row.ipv4_free.has_value(); }));
    std::map<Name, std::size_t> pools;
    for (const Hypervisor& row : rows) {
      if (!row.eligible()) continue;
      const Node node{&row, group, flow_.node(), flow_.node()};
      nodes_.push_back(node);
      const Count roomiest = add_storage(rows, node, pools);
      flow_.connect(node.storage, node.done,
                    std::min({fit(row.memory_mb, footprint_.memory_mb),
                              fit(row.cores, footprint_.cores), slots(row), roomiest}));
    }
  }

  Count maximum(const capacity::AddressBlocks* blocks) {
    const bool needs = footprint_.ipv4_addresses > 0;
    if (needs && blocks != nullptr && explain(*blocks)) {
      add_blocks(*blocks);
    } else {
      add_figures(needs);
    }
    return flow_.maximum();
  }

 private:
  Count fit(const Quota& quota, std::int64_t need) const {
    if (need <= 0 || quota.max == 0) return Count::unlimited();
    const std::int64_t usable = quota.free - rules_.buffer.reserve(quota.max);
    return usable <= 0 ? Count{} : Count::of(usable / need);
  }

  Count slots(const Hypervisor& row) const {
    const bool count = rules_.server_slots == capacity::ServerSlots::enforce && row.servers &&
                       row.servers->max != 0;
    return count ? Count::of(row.servers->free) : Count::unlimited();
  }

  bool is_named(const StoragePool& pool, bool is_local) const {
    if (!pool.enabled) return false;
    if (footprint_.storage_profile <= 0) return is_local;
    if (rules_.storage_match == capacity::StorageMatch::pool_id) {
      return !is_local && pool.id == footprint_.storage_profile;
    }
    if (rules_.storage_match == capacity::StorageMatch::storage_type_other && is_local)
      return false;
    return pool.storage_type == footprint_.storage_profile;
  }

  /// The whole behind the pool; nullopt: it stands alone.
  std::optional<Quota> whole(std::span<const Hypervisor> rows, const StoragePool& pool) const {
    if (pool.datastore.empty() || rules_.shared_storage == capacity::SharedStorage::none) return {};
    std::int64_t max = 0, allocated = 0, entries = 0;
    for (const Hypervisor& row : rows) {
      for (const StoragePool& other : row.other_storage) {
        if (other.datastore != pool.datastore || other.storage_type != pool.storage_type) continue;
        ++entries;
        allocated += other.gigabytes.max - other.gigabytes.free;
        if (other.gigabytes.max == 0) continue;
        max = max == 0 ? other.gigabytes.max : std::min(max, other.gigabytes.max);
      }
    }
    if (entries < 2) return {};
    return Quota{max, max - allocated};
  }

  Count add_storage(std::span<const Hypervisor> rows, const Node& node,
                    std::map<Name, std::size_t>& pools) {
    Count own, most;
    if (node.row->local_storage && is_named(*node.row->local_storage, true)) {
      own = most = fit(node.row->local_storage->gigabytes, footprint_.storage_gb);
    }
    for (const StoragePool& pool : node.row->other_storage) {
      if (!is_named(pool, false)) continue;
      const auto shared = whole(rows, pool);
      const Count takes = fit(shared.value_or(pool.gigabytes), footprint_.storage_gb);
      most = std::max(most, takes);
      if (!shared) {
        own = std::max(own, takes);
        continue;
      }
      const auto [known, is_new] = pools.try_emplace({pool.datastore, pool.storage_type}, 0);
      if (is_new) {
        known->second = flow_.node();
        flow_.connect(PlainFlow::source, known->second, takes);
      }
      flow_.connect(known->second, node.storage, Count::unlimited());
    }
    flow_.connect(PlainFlow::source, node.storage, own);
    return most;
  }

  Count serves(std::int64_t free) const { return Count::of(free / footprint_.ipv4_addresses); }
  static std::int64_t seen(const Node& node) { return node.row->ipv4_free.value_or(0); }

  bool explain(const capacity::AddressBlocks& blocks) const {
    return std::all_of(nodes_.begin(), nodes_.end(), [&](const Node& node) {
      return seen(node) <= 0 || std::any_of(blocks.begin(), blocks.end(), [&](const auto& block) {
               return std::count(block.hypervisors.begin(), block.hypervisors.end(), node.row->id) >
                      0;
             });
    });
  }

  void add_blocks(const capacity::AddressBlocks& blocks) {
    std::map<std::int64_t, std::size_t> ends;
    for (const Node& node : nodes_) {
      if (!figures_[node.group]) {
        flow_.connect(node.done, PlainFlow::sink, Count::unlimited());
        continue;
      }
      // The first of several with one id has its addresses.
      const std::size_t end = flow_.node();
      flow_.connect(node.done, end, serves(seen(node)));
      ends.emplace(node.row->id, end);
    }
    for (const capacity::AddressBlock& block : blocks) {
      std::int64_t free = block.free;
      for (const Node& node : nodes_) {
        const bool bound =
            std::count(block.hypervisors.begin(), block.hypervisors.end(), node.row->id) > 0;
        if (bound && figures_[node.group]) free = std::min(free, seen(node));
      }
      const std::size_t at = flow_.node();
      flow_.connect(at, PlainFlow::sink, serves(free));
      for (const std::int64_t id : block.hypervisors) {
        const auto end = ends.find(id);
        if (end != ends.end()) flow_.connect(end->second, at, Count::unlimited());
      }
    }
  }

  void add_figures(bool needs) {
    const bool together = rules_.ipv4_cap == capacity::Ipv4Cap::nested;
    const bool any = std::find(figures_.begin(), figures_.end(), true) != figures_.end();
    std::map<std::size_t, std::vector<Node>> chains;
    for (const Node& node : nodes_) {
      if (!needs || !(together ? any : figures_[node.group])) {
        flow_.connect(node.done, PlainFlow::sink, Count::unlimited());
      } else {
        chains[together ? 0 : node.group].push_back(node);
      }
    }
    for (auto& [group, nodes] : chains) add_chain(nodes);
  }

  void add_chain(std::vector<Node>& nodes) {
    std::stable_sort(nodes.begin(), nodes.end(),
                     [](const Node& one, const Node& other) { return seen(one) > seen(other); });
    std::size_t above = PlainFlow::sink;
    for (const Node& node : nodes) {
      const bool own_level =
          above == PlainFlow::sink || rules_.ipv4_cap != capacity::Ipv4Cap::group_max;
      if (own_level) {
        const std::size_t level = flow_.node();
        flow_.connect(level, above, serves(seen(node)));
        above = level;
      }
      flow_.connect(node.done, above, Count::unlimited());
    }
  }

  const capacity::Footprint& footprint_;
  const capacity::Rules& rules_;
  PlainFlow flow_;
  std::vector<bool> figures_;  // of each group: there are any
  std::vector<Node> nodes_;
};

}  // namespace

Count plain_placement(std::span<const capacity::HypervisorColumns* const> groups,
                      const capacity::Footprint& footprint, const capacity::Rules& rules,
                      const capacity::AddressBlocks* blocks) {
  Plain plain(footprint, rules);
  for (const capacity::HypervisorColumns* group : groups) plain.add(group->rows());
  return plain.maximum(blocks);
}

}  // namespace vfstock::oracle
