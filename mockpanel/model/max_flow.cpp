// Dinic's method: breadth-first distances, then blocking flows along shortest ways only.
#include "mockpanel/model/max_flow.h"

#include <algorithm>
#include <limits>

namespace vfstock::mockpanel::model {
namespace {

constexpr std::size_t unreached = std::numeric_limits<std::size_t>::max();

}  // namespace

FlowNetwork::Edge FlowNetwork::connect(std::size_t from, std::size_t to, std::int64_t capacity) {
  const Edge edge = arcs_.size();
  arcs_.push_back({to, capacity});
  arcs_.push_back({from, 0});
  leaving_[from].push_back(edge);
  leaving_[to].push_back(edge + 1);
  return edge;
}

std::int64_t FlowNetwork::augment(std::size_t source, std::size_t sink) {
  std::int64_t total = 0;
  while (measure(source, sink)) {
    next_.assign(leaving_.size(), 0);
    while (const std::int64_t sent = push(source, sink, std::numeric_limits<std::int64_t>::max())) {
      total += sent;
    }
  }
  return total;
}

bool FlowNetwork::measure(std::size_t source, std::size_t sink) {
  distance_.assign(leaving_.size(), unreached);
  distance_[source] = 0;
  std::vector<std::size_t> queue{source};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const std::size_t index : leaving_[queue[head]]) {
      const Arc& arc = arcs_[index];
      if (arc.rest == 0 || distance_[arc.to] != unreached) continue;
      distance_[arc.to] = distance_[queue[head]] + 1;
      queue.push_back(arc.to);
    }
  }
  return distance_[sink] != unreached;
}

std::int64_t FlowNetwork::push(std::size_t node, std::size_t sink, std::int64_t limit) {
  if (node == sink) return limit;
  for (; next_[node] < leaving_[node].size(); ++next_[node]) {
    const std::size_t index = leaving_[node][next_[node]];
    Arc& arc = arcs_[index];
    if (arc.rest == 0 || distance_[arc.to] != distance_[node] + 1) continue;
    const std::int64_t sent = push(arc.to, sink, std::min(limit, arc.rest));
    if (sent == 0) continue;
    arc.rest -= sent;
    arcs_[index ^ 1U].rest += sent;
    return sent;
  }
  return 0;
}

}  // namespace vfstock::mockpanel::model
