#include "mockpanel/model/flow.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "mockpanel/model/datastore.h"
#include "mockpanel/model/max_flow.h"

namespace vfstock::mockpanel::model {
namespace {

/// A number of servers, nullopt for no limit.
using Count = std::optional<std::int64_t>;

Count smaller(Count a, Count b) { return !a ? b : !b ? a : std::min(*a, *b); }

Count sum(Count a, Count b) {
  if (!a || !b) return std::nullopt;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return *a > most - *b ? most : *a + *b;
}

Count times(const Quota& quota, std::int64_t need) {
  if (quota.max == 0 || need <= 0) return std::nullopt;
  return std::max<std::int64_t>(0, quota.free()) / need;
}

/// Of servers with further disks on the default mountpoint, where primary disks may lie as well.
/// Those whose primary disk lies elsewhere take least of it, so they come first.
Count with_additional(const Hypervisor& hypervisor, const Footprint& need, Count elsewhere,
                      bool primary_may_be_local) {
  if (!hypervisor.local || !hypervisor.local->enabled) return 0;
  const Quota& local = hypervisor.local->gigabytes;
  if (local.max == 0) return primary_may_be_local ? std::nullopt : elsewhere;
  const std::int64_t free = std::max<std::int64_t>(0, local.free());
  const std::int64_t first = *smaller(elsewhere, free / need.additional_gb);
  if (!primary_may_be_local) return first;
  const std::int64_t each = need.additional_gb + std::max<std::int64_t>(0, need.storage_gb);
  return first + (free - first * need.additional_gb) / each;
}

/// Each server needs one pool, so what the matching pools take adds up. Datastores that others
/// share are left out where `shared` is to collect them.
Count storage_times(const World& world, const Hypervisor& hypervisor, const Footprint& need,
                    std::vector<const Pool*>* shared) {
  Count total = 0;
  const bool primary_may_be_local =
      hypervisor.local && matches(*hypervisor.local, true, need.storage_profile);
  if (primary_may_be_local && need.additional_gb == 0) {
    total = times(hypervisor.local->gigabytes, need.storage_gb);
  }
  for (const Pool& pool : hypervisor.others) {
    if (!matches(pool, false, need.storage_profile)) continue;
    const bool limits = need.storage_gb > 0 && gigabytes_of(world, hypervisor, pool).max > 0;
    if (shared != nullptr && limits && entries_of(world, hypervisor, pool).size() > 1) {
      shared->push_back(&pool);
      continue;
    }
    total = sum(total, times(gigabytes_of(world, hypervisor, pool), need.storage_gb));
  }
  if (need.additional_gb == 0) return total;
  return with_additional(hypervisor, need, total, primary_may_be_local);
}

/// Server slots, memory and cores.
Count compute_times(const Hypervisor& hypervisor, const Footprint& need) {
  Count least = times(hypervisor.servers, 1);
  least = smaller(least, times(hypervisor.memory_mb, need.memory_mb));
  return smaller(least, times(hypervisor.cores, need.cores));
}

/// A hypervisor whose servers need something that others use, too: addresses or a datastore.
struct Contender {
  const Hypervisor* hypervisor = nullptr;
  bool needs_addresses = false;
  std::int64_t figure = 0;          // free addresses that it sees
  std::int64_t servers = 0;         // that it takes at most, whatever the others do
  std::int64_t gb_each = 0;         // of a server's disk
  Count private_storage;            // servers on pools of its own
  std::vector<const Pool*> shared;  // one entry of each shared datastore that it can use
};

/// Capacities stay far from the limits of 64 bits, and beyond every number of real servers.
constexpr std::int64_t plenty = std::int64_t{1} << 50;

/// source -> datastores and pools -> hypervisors -> blocks -> sink, in units of which a server
/// takes `unit`: its addresses, or one where it needs none. Between a hypervisor's two nodes lies
/// what it takes at most; these edges still have no capacity.
struct SupplyNetwork {
  static constexpr std::size_t source = 0, sink = 1;
  FlowNetwork network;
  std::vector<FlowNetwork::Edge> limits;  // in the order of the contenders
  std::int64_t unit;
};

std::int64_t in_units(Count servers, std::int64_t unit) {
  return servers ? std::min(*servers, plenty / unit) * unit : plenty;
}

/// Numbers the nodes of a network.
class Nodes {
 public:
  std::size_t fresh() { return next_++; }
  std::size_t size() const { return next_; }
  std::size_t block(std::int64_t id) { return of(blocks_, id); }
  /// All entries of a datastore are one node, that of the first.
  std::size_t datastore(const Pool* first) { return of(datastores_, first); }

 private:
  template <typename Key>
  std::size_t of(std::map<Key, std::size_t>& known, const Key& key) {
    const auto [found, is_new] = known.emplace(key, next_);
    if (is_new) ++next_;
    return found->second;
  }

  std::size_t next_ = 2;
  std::map<std::int64_t, std::size_t> blocks_;
  std::map<const Pool*, std::size_t> datastores_;
};

struct Link {
  std::size_t from, to;
  std::int64_t capacity;
};

/// What leads to the contender's first node: its own pools, and the datastores that it shares.
void link_storage(const World& world, const Contender& contender, std::size_t inner, Nodes& nodes,
                  std::int64_t unit, std::vector<Link>& links) {
  links.push_back({SupplyNetwork::source, inner, in_units(contender.private_storage, unit)});
  for (const Pool* const pool : contender.shared) {
    const std::size_t before = nodes.size();
    const std::size_t node =
        nodes.datastore(entries_of(world, *contender.hypervisor, *pool).front());
    links.push_back({node, inner, plenty});
    if (node < before) continue;  // linked to the source by another contender
    const Quota gigabytes = gigabytes_of(world, *contender.hypervisor, *pool);
    const std::int64_t gb = std::max<std::int64_t>(0, gigabytes.free());
    links.push_back({SupplyNetwork::source, node, in_units(gb / contender.gb_each, unit)});
  }
}

/// What leads from the contender's second node: the blocks with free addresses, or simply on.
void link_addresses(const World& world, const Contender& contender, std::size_t outer, Nodes& nodes,
                    std::vector<Link>& links) {
  if (!contender.needs_addresses) {
    links.push_back({outer, SupplyNetwork::sink, plenty});
    return;
  }
  for (const std::int64_t id : contender.hypervisor->blocks) {
    const auto block = world.blocks.find(id);
    if (block == world.blocks.end() || !block->second.enabled || block->second.free() <= 0)
      continue;
    const std::size_t before = nodes.size();
    const std::size_t node = nodes.block(id);
    links.push_back({outer, node, block->second.free()});
    if (node >= before) links.push_back({node, SupplyNetwork::sink, block->second.free()});
  }
}

SupplyNetwork supply_network(const World& world, const std::vector<Contender>& contenders,
                             std::int64_t unit) {
  Nodes nodes;
  std::vector<Link> links;
  std::vector<std::pair<std::size_t, std::size_t>> ends;
  for (const Contender& contender : contenders) {
    const std::size_t inner = nodes.fresh(), outer = nodes.fresh();
    ends.emplace_back(inner, outer);
    link_storage(world, contender, inner, nodes, unit, links);
    link_addresses(world, contender, outer, nodes, links);
  }
  SupplyNetwork net{FlowNetwork(nodes.size()), {}, unit};
  for (const Link& link : links) net.network.connect(link.from, link.to, link.capacity);
  for (const auto& [inner, outer] : ends) {
    net.limits.push_back(net.network.connect(inner, outer, 0));
  }
  return net;
}

std::int64_t flow_of(FlowNetwork& network) {
  return network.augment(SupplyNetwork::source, SupplyNetwork::sink);
}

std::int64_t upper_bound(SupplyNetwork net, const std::vector<Contender>& contenders) {
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    net.network.widen(net.limits[i], in_units(contenders[i].servers, net.unit));
  }
  return flow_of(net.network) / net.unit;
}

/// One hypervisor after the other takes as many whole servers as the earlier ones leave room for.
std::int64_t greedy(SupplyNetwork net, const std::vector<Contender>& contenders) {
  std::int64_t servers = 0;
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    SupplyNetwork trial = net;
    trial.network.widen(trial.limits[i], in_units(contenders[i].servers, net.unit));
    const std::int64_t whole = flow_of(trial.network) / net.unit;
    if (whole == 0) continue;
    net.network.widen(net.limits[i], whole * net.unit);
    flow_of(net.network);
    servers += whole;
  }
  return servers;
}

/// Either a contender, or a hypervisor that stands alone and takes so many.
struct Candidate {
  bool contends = false;
  Count takes;
  Contender contender{};
};

Candidate candidate(const World& world, const Hypervisor& hypervisor, const Footprint& need) {
  Candidate found;
  const Count takes = whole_servers(world, hypervisor, need);
  Contender& contender = found.contender;
  contender.hypervisor = &hypervisor;
  contender.private_storage = storage_times(world, hypervisor, need, &contender.shared);
  contender.needs_addresses = need.ipv4 > 0 && hypervisor.reports_ipv4;
  contender.figure = world.ipv4_free(hypervisor);
  contender.gb_each = need.storage_gb;
  found.takes = takes;
  // Without a limit of its own there is none in all, whatever is shared.
  found.contends = contender.needs_addresses || (takes && !contender.shared.empty());
  if (!found.contends) return found;
  const Count by_addresses =
      contender.needs_addresses ? Count(contender.figure / need.ipv4) : std::nullopt;
  contender.servers = *smaller(takes, by_addresses);
  return found;
}

}  // namespace

std::optional<std::int64_t> whole_servers(const World& world, const Hypervisor& hypervisor,
                                          const Footprint& need) {
  if (!hypervisor.placeable()) return 0;
  return smaller(compute_times(hypervisor, need), storage_times(world, hypervisor, need, nullptr));
}

Placeable placeable(const World& world, const std::vector<std::int64_t>& groups,
                    const Footprint& need) {
  Count unshared = 0;
  std::vector<Contender> contenders;
  for (const std::int64_t group : std::set<std::int64_t>(groups.begin(), groups.end())) {
    for (const Hypervisor* hypervisor : world.members(group)) {
      Candidate found = candidate(world, *hypervisor, need);
      if (!found.contends) {
        unshared = sum(unshared, found.takes);
      } else if (found.contender.servers > 0) {
        contenders.push_back(std::move(found.contender));
      }
    }
  }
  if (!unshared) return {};
  if (contenders.empty()) return {unshared, unshared};

  std::stable_sort(contenders.begin(), contenders.end(),
                   [](const Contender& a, const Contender& b) { return a.figure < b.figure; });
  const std::int64_t unit = std::max<std::int64_t>(1, need.ipv4);
  const SupplyNetwork net = supply_network(world, contenders, unit);
  const std::int64_t most = upper_bound(net, contenders);
  const std::int64_t least = unit == 1 ? most : greedy(net, contenders);
  return {sum(unshared, least), sum(unshared, most)};
}

}  // namespace vfstock::mockpanel::model
