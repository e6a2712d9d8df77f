// The plain maximum flow: shortest augmenting paths in a table of capacities, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/capacity/count.h"

namespace vfstock::oracle {

/// Capacities add up to less than 2^62.
class PlainFlow {
 public:
  static constexpr std::size_t source = 0, sink = 1;

  std::size_t node() { return nodes_++; }
  void connect(std::size_t from, std::size_t to, capacity::Count capacity) {
    edges_.push_back({from, to, capacity});
  }
  capacity::Count maximum() const;

 private:
  struct Edge {
    std::size_t from, to;
    capacity::Count capacity;
  };

  std::size_t nodes_ = 2;
  std::vector<Edge> edges_;
};

}  // namespace vfstock::oracle
