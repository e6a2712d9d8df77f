// Maximum flow in a small directed network whose capacities are counts of places.
//
// Exact in whole numbers; the flow saturates at Count::greatest(), and a way without any limit
// makes it unlimited. Dinic's method: breadth-first distances, then blocking flows along shortest
// ways. Pure values, not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/capacity/count.h"

namespace vfstock::capacity {

class FlowNetwork {
 public:
  using Node = std::uint32_t;
  using Edge = std::uint32_t;

  Node add_node() { return nodes_++; }
  Edge connect(Node from, Node to, Count capacity);

  /// The maximum flow. May be called once, after the last connect(); `source` and `sink` differ.
  Count run(Node source, Node sink);
  /// After run(): whether the edge is part of the minimum cut nearest to the source. The capacities
  /// of these edges add up to the flow. None of an unlimited flow.
  bool is_cut(Edge edge) const;

 private:
  struct Link {
    Node from, to;
    std::int64_t capacity;
  };
  /// One direction of an edge, next to the others that leave its node.
  struct Arc {
    Node to = 0;
    std::uint32_t back = 0;  // the arc of the other direction
    std::int64_t rest = 0;   // capacity left
  };

  void lay_out();
  bool is_unlimited(Node source, Node sink);
  bool measure(Node source, Node sink);
  std::int64_t push(Node node, Node sink, std::int64_t limit);

  Node nodes_ = 0;
  std::vector<Link> links_;
  std::vector<bool> unlimited_;       // of each link
  std::vector<std::uint32_t> first_;  // node -> its first arc; one entry more than nodes
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> forward_;  // of each link, its arc
  std::vector<std::uint32_t> distance_;
  std::vector<std::uint32_t> next_;  // node -> first arc not yet exhausted
  std::vector<Node> queue_;
};

}  // namespace vfstock::capacity
