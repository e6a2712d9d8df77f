#include "mockpanel/model/flow.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

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

/// Each server needs one pool, so what the matching pools take adds up.
Count storage_times(const Hypervisor& hypervisor, const Footprint& need) {
  Count total = 0;
  if (hypervisor.local && matches(*hypervisor.local, true, need.storage_profile)) {
    total = times(hypervisor.local->gigabytes, need.storage_gb);
  }
  for (const Pool& pool : hypervisor.others) {
    if (!matches(pool, false, need.storage_profile)) continue;
    total = sum(total, times(pool.gigabytes, need.storage_gb));
  }
  return total;
}

/// A hypervisor whose servers need addresses from blocks.
struct Contender {
  const Hypervisor* hypervisor;
  std::int64_t figure;     // free addresses that it sees
  std::int64_t addresses;  // that its servers can use at most, in whole servers
};

/// source -> hypervisors -> blocks -> sink; the edges from the source still have no capacity.
struct AddressNetwork {
  static constexpr std::size_t source = 0, sink = 1;
  FlowNetwork network;
  std::vector<FlowNetwork::Edge> inlets;  // in the order of the contenders
};

AddressNetwork address_network(const World& world, const std::vector<Contender>& contenders) {
  std::map<std::int64_t, std::size_t> nodes;
  for (const Contender& contender : contenders) {
    for (const std::int64_t id : contender.hypervisor->blocks) {
      const auto block = world.blocks.find(id);
      if (block == world.blocks.end() || !block->second.enabled || block->second.free() <= 0)
        continue;
      nodes.emplace(id, 2 + contenders.size() + nodes.size());
    }
  }
  AddressNetwork net{FlowNetwork(2 + contenders.size() + nodes.size()), {}};
  for (const auto& [id, node] : nodes) {
    net.network.connect(node, AddressNetwork::sink, world.blocks.at(id).free());
  }
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    net.inlets.push_back(net.network.connect(AddressNetwork::source, 2 + i, 0));
    for (const std::int64_t id : contenders[i].hypervisor->blocks) {
      const auto node = nodes.find(id);
      if (node == nodes.end()) continue;
      net.network.connect(2 + i, node->second, world.blocks.at(id).free());
    }
  }
  return net;
}

std::int64_t upper_bound(AddressNetwork net, const std::vector<Contender>& contenders,
                         std::int64_t ipv4) {
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    net.network.widen(net.inlets[i], contenders[i].addresses);
  }
  return net.network.augment(AddressNetwork::source, AddressNetwork::sink) / ipv4;
}

/// One hypervisor after the other takes as many whole servers as the earlier ones leave room for.
std::int64_t greedy(AddressNetwork net, const std::vector<Contender>& contenders,
                    std::int64_t ipv4) {
  std::int64_t servers = 0;
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    AddressNetwork trial = net;
    trial.network.widen(trial.inlets[i], contenders[i].addresses);
    const std::int64_t whole =
        trial.network.augment(AddressNetwork::source, AddressNetwork::sink) / ipv4;
    if (whole == 0) continue;
    net.network.widen(net.inlets[i], whole * ipv4);
    net.network.augment(AddressNetwork::source, AddressNetwork::sink);
    servers += whole;
  }
  return servers;
}

}  // namespace

std::optional<std::int64_t> whole_servers(const Hypervisor& hypervisor, const Footprint& need) {
  if (!hypervisor.placeable()) return 0;
  Count least = times(hypervisor.servers, 1);
  least = smaller(least, times(hypervisor.memory_mb, need.memory_mb));
  least = smaller(least, times(hypervisor.cores, need.cores));
  return smaller(least, storage_times(hypervisor, need));
}

Placeable placeable(const World& world, const std::vector<std::int64_t>& groups,
                    const Footprint& need) {
  Count address_free = 0;
  std::vector<Contender> contenders;
  for (const std::int64_t group : std::set<std::int64_t>(groups.begin(), groups.end())) {
    for (const Hypervisor* hypervisor : world.members(group)) {
      const Count takes = whole_servers(*hypervisor, need);
      if (need.ipv4 <= 0 || !hypervisor->reports_ipv4) {
        address_free = sum(address_free, takes);
        continue;
      }
      const std::int64_t figure = world.ipv4_free(*hypervisor);
      const std::int64_t servers = *smaller(takes, figure / need.ipv4);
      if (servers > 0) contenders.push_back({hypervisor, figure, servers * need.ipv4});
    }
  }
  if (!address_free) return {};
  if (contenders.empty()) return {address_free, address_free};

  std::stable_sort(contenders.begin(), contenders.end(),
                   [](const Contender& a, const Contender& b) { return a.figure < b.figure; });
  const AddressNetwork net = address_network(world, contenders);
  const std::int64_t most = upper_bound(net, contenders, need.ipv4);
  const std::int64_t least = need.ipv4 == 1 ? most : greedy(net, contenders, need.ipv4);
  return {sum(address_free, least), sum(address_free, most)};
}

}  // namespace vfstock::mockpanel::model
