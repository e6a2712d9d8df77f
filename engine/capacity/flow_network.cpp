#include "engine/capacity/flow_network.h"

#include <algorithm>
#include <limits>

namespace vfstock::capacity {
namespace {

constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

}  // namespace

// The flow never exceeds the greatest count, so for a limitless edge that much is enough, and no
// sum of what rests and what flows back can overflow.
FlowNetwork::Edge FlowNetwork::connect(Node from, Node to, Count capacity) {
  const auto edge = static_cast<Edge>(links_.size());
  links_.push_back(
      {from, to, capacity.is_unlimited() ? Count::greatest().places() : capacity.places()});
  unlimited_.push_back(capacity.is_unlimited());
  return edge;
}

void FlowNetwork::lay_out() {
  first_.assign(nodes_ + 1, 0);
  for (const Link& link : links_) {
    ++first_[link.from + 1];
    ++first_[link.to + 1];
  }
  for (Node node = 0; node < nodes_; ++node) first_[node + 1] += first_[node];
  std::vector<std::uint32_t> end(first_.begin(), first_.end() - 1);
  arcs_.resize(2 * links_.size());
  forward_.resize(links_.size());
  for (std::size_t i = 0; i < links_.size(); ++i) {
    const Link& link = links_[i];
    const std::uint32_t there = end[link.from]++;
    const std::uint32_t back = end[link.to]++;
    arcs_[there] = {link.to, back, link.capacity};
    arcs_[back] = {link.from, there, 0};
    forward_[i] = there;
  }
}

Count FlowNetwork::run(Node source, Node sink) {
  lay_out();
  if (is_unlimited(source, sink)) return Count::unlimited();
  std::int64_t flow = 0;
  while (measure(source, sink)) {
    next_.assign(first_.begin(), first_.end() - 1);
    flow += push(source, sink, Count::greatest().places() - flow);
    if (flow == Count::greatest().places()) break;
  }
  return Count::of(flow);
}

bool FlowNetwork::is_unlimited(Node source, Node sink) {
  distance_.assign(nodes_, unreached);
  distance_[source] = 0;
  queue_.assign(1, source);
  std::vector<bool> limitless(arcs_.size());
  for (std::size_t i = 0; i < links_.size(); ++i) limitless[forward_[i]] = unlimited_[i];
  for (std::size_t head = 0; head < queue_.size(); ++head) {
    for (std::uint32_t at = first_[queue_[head]]; at < first_[queue_[head] + 1]; ++at) {
      if (!limitless[at] || distance_[arcs_[at].to] != unreached) continue;
      distance_[arcs_[at].to] = 0;
      queue_.push_back(arcs_[at].to);
    }
  }
  const bool found = distance_[sink] != unreached;
  // Nothing is cut where nothing limits.
  if (found) distance_.assign(nodes_, unreached);
  return found;
}

bool FlowNetwork::measure(Node source, Node sink) {
  distance_.assign(nodes_, unreached);
  distance_[source] = 0;
  queue_.assign(1, source);
  for (std::size_t head = 0; head < queue_.size(); ++head) {
    const Node node = queue_[head];
    for (std::uint32_t at = first_[node]; at < first_[node + 1]; ++at) {
      const Arc& arc = arcs_[at];
      if (arc.rest == 0 || distance_[arc.to] != unreached) continue;
      distance_[arc.to] = distance_[node] + 1;
      queue_.push_back(arc.to);
    }
  }
  return distance_[sink] != unreached;
}

// Sends as much as it can through each way in turn.
std::int64_t FlowNetwork::push(Node node, Node sink, std::int64_t limit) {
  if (node == sink || limit == 0) return limit;
  std::int64_t sent = 0;
  for (std::uint32_t& at = next_[node]; at < first_[node + 1]; ++at) {
    Arc& arc = arcs_[at];
    if (arc.rest == 0 || distance_[arc.to] != distance_[node] + 1) continue;
    const std::int64_t part = push(arc.to, sink, std::min(limit - sent, arc.rest));
    arc.rest -= part;
    arcs_[arc.back].rest += part;
    sent += part;
    if (sent == limit) break;  // this way may take more yet
  }
  return sent;
}

bool FlowNetwork::is_cut(Edge edge) const {
  const Link& link = links_[edge];
  return distance_[link.from] != unreached && distance_[link.to] == unreached;
}

}  // namespace vfstock::capacity
