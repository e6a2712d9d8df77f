// Maximum flow in a small directed network, which can grow: capacities may be added between runs
// and what flows already stays (it may be re-routed).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vfstock::mockpanel::model {

class FlowNetwork {
 public:
  using Edge = std::size_t;

  explicit FlowNetwork(std::size_t nodes) : leaving_(nodes) {}

  /// An edge with a capacity of at least 0; its handle is for widen().
  Edge connect(std::size_t from, std::size_t to, std::int64_t capacity);
  void widen(Edge edge, std::int64_t extra) { arcs_[edge].rest += extra; }
  /// Sends as much more as possible; returns how much that was. `source` and `sink` differ.
  std::int64_t augment(std::size_t source, std::size_t sink);

 private:
  struct Arc {
    std::size_t to;
    std::int64_t rest;  // capacity left; the arc of the other direction is at index ^ 1
  };
  bool measure(std::size_t source, std::size_t sink);
  std::int64_t push(std::size_t node, std::size_t sink, std::int64_t limit);

  std::vector<Arc> arcs_;
  std::vector<std::vector<std::size_t>> leaving_;  // node -> indices into arcs_
  std::vector<std::size_t> distance_;              // from the source, in arcs with rest
  std::vector<std::size_t> next_;                  // node -> first arc not yet exhausted
};

}  // namespace vfstock::mockpanel::model
