#include "engine/capacity/placement.h"

#include <algorithm>
#include <span>

#include "engine/capacity/flow_network.h"

namespace vfstock::capacity {
namespace {

using Node = FlowNetwork::Node;
using Edge = FlowNetwork::Edge;

/// Edges of the network by what they stand for.
struct Limits {
  struct Limit {
    Edge edge;
    std::size_t of;
  };
  std::vector<Limit> supplies, hosts, own_storage, pools;
};

std::vector<std::size_t> cut_among(const FlowNetwork& network,
                                   const std::vector<Limits::Limit>& limits) {
  std::vector<std::size_t> cut;
  for (const auto& [edge, of] : limits) {
    if (network.is_cut(edge)) cut.push_back(of);
  }
  return cut;
}

class Network {
 public:
  explicit Network(const PlacementProblem& problem) : problem_(problem) {
    for (std::size_t i = 0; i < problem.supplies.size(); ++i) add_supply(i);
    for (std::size_t i = 0; i < problem.pools.size(); ++i) {
      pools_.push_back(network_.add_node());
      limits_.pools.push_back({network_.connect(pools_.back(), sink_, problem.pools[i]), i});
    }
    for (std::size_t i = 0; i < problem.hosts.size(); ++i) add_host(i);
  }

  Placement solve() {
    Placement result;
    result.places = network_.run(source_, sink_);
    if (result.places.is_unlimited()) return result;
    result.supplies = cut_among(network_, limits_.supplies);
    result.hosts = cut_among(network_, limits_.hosts);
    result.own_storage = cut_among(network_, limits_.own_storage);
    result.pools = cut_among(network_, limits_.pools);
    return result;
  }

 private:
  void add_supply(std::size_t i) {
    const AddressSupply& supply = problem_.supplies[i];
    const Node whole = supply.part_of ? supplies_[*supply.part_of] : source_;
    supplies_.push_back(network_.add_node());
    limits_.supplies.push_back({network_.connect(whole, supplies_.back(), supply.serves), i});
  }

  /// The links of this host; hosts are asked for in order.
  static std::span<const PlacementLink> links_of(std::size_t host,
                                                 const std::vector<PlacementLink>& links,
                                                 std::size_t& next) {
    const std::size_t first = next;
    while (next < links.size() && links[next].host == host) ++next;
    return std::span(links).subspan(first, next - first);
  }

  void add_host(std::size_t i) {
    const PlacementHost& host = problem_.hosts[i];
    const auto supplies = links_of(i, problem_.address_links, next_supply_);
    const auto pools = links_of(i, problem_.storage_links, next_pool_);
    Node in = source_;
    if (host.addresses) {
      in = network_.add_node();
      for (const PlacementLink& link : supplies) {
        network_.connect(supplies_[link.other], in, Count::unlimited());
      }
    }
    if (pools.empty()) {
      const bool storage_binds = host.own_storage < host.takes;
      auto& limits = storage_binds ? limits_.own_storage : limits_.hosts;
      limits.push_back({network_.connect(in, sink_, std::min(host.takes, host.own_storage)), i});
      return;
    }
    const Node out = network_.add_node();
    limits_.hosts.push_back({network_.connect(in, out, host.takes), i});
    if (host.own_storage > Count{}) {
      limits_.own_storage.push_back({network_.connect(out, sink_, host.own_storage), i});
    }
    for (const PlacementLink& link : pools) {
      network_.connect(out, pools_[link.other], Count::unlimited());
    }
  }

  const PlacementProblem& problem_;
  FlowNetwork network_;
  Node source_ = network_.add_node();
  Node sink_ = network_.add_node();
  std::vector<Node> supplies_, pools_;
  std::size_t next_supply_ = 0, next_pool_ = 0;
  Limits limits_;
};

}  // namespace

Placement place(const PlacementProblem& problem) { return Network(problem).solve(); }

}  // namespace vfstock::capacity
