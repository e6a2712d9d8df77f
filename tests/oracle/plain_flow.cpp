#include "tests/oracle/plain_flow.h"

#include <algorithm>
#include <optional>

namespace vfstock::oracle {
namespace {

using Table = std::vector<std::vector<std::int64_t>>;

/// Where each node was reached from; empty when the sink was not reached.
std::vector<std::optional<std::size_t>> shortest_path(const Table& rest) {
  std::vector<std::optional<std::size_t>> from(rest.size());
  from[PlainFlow::source] = PlainFlow::source;
  std::vector<std::size_t> queue{PlainFlow::source};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (std::size_t to = 0; to < rest.size(); ++to) {
      if (rest[queue[head]][to] == 0 || from[to]) continue;
      from[to] = queue[head];
      queue.push_back(to);
    }
  }
  if (!from[PlainFlow::sink]) from.clear();
  return from;
}

}  // namespace

// An edge without limit carries what all the others together cannot; a flow of so much has none.
capacity::Count PlainFlow::maximum() const {
  std::int64_t limitless = 1;
  for (const Edge& edge : edges_) {
    if (!edge.capacity.is_unlimited()) limitless += edge.capacity.places();
  }
  Table rest(nodes_, std::vector<std::int64_t>(nodes_));
  for (const auto& [from, to, capacity] : edges_) {
    std::int64_t& entry = rest[from][to];
    entry = std::min(limitless, entry + (capacity.is_unlimited() ? limitless : capacity.places()));
  }
  std::int64_t flow = 0;
  for (auto from = shortest_path(rest); !from.empty(); from = shortest_path(rest)) {
    std::int64_t sent = limitless;
    for (std::size_t at = sink; at != source; at = *from[at]) {
      sent = std::min(sent, rest[*from[at]][at]);
    }
    for (std::size_t at = sink; at != source; at = *from[at]) {
      rest[*from[at]][at] -= sent;
      rest[at][*from[at]] += sent;
    }
    flow += sent;
    if (flow >= limitless) return capacity::Count::unlimited();
  }
  return capacity::Count::of(flow);
}

}  // namespace vfstock::oracle
