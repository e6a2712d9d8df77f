// The events to come, ordered by (time, rank, sequence): what was planned first happens first, at
// equal times too. A heap of four children per node, sixteen bytes per event; it allocates only
// while it grows beyond what it ever held.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vfstock::sim::forecast {

/// Milliseconds since the forecast begins.
using Time = std::int64_t;

enum class EventKind : std::uint32_t {
  release,    // what a deleted VPS held is free again; before all else of its moment
  departure,  // a VPS ends; what: slot
  arrival,    // a batch of customers; what: stream
  provision,  // the module creates a server; what: slot
  operation,  // a dated operation; what: its number
  weather,    // the panel's API breaks or heals
  cron,       // the shop's cron
  probe,      // a look at how stale qty is
  sample,     // a point of the time grid; what: its number
  counting,   // the warm-up is over
  mix,        // how much of the plan's mix fits is looked at
};

struct Event {
  Time time = 0;
  std::uint32_t order = 0;
  std::uint32_t packed = 0;

  EventKind kind() const noexcept { return static_cast<EventKind>(packed >> what_bits); }
  std::uint32_t what() const noexcept { return packed & what_max; }

  static constexpr std::uint32_t what_bits = 28;
  static constexpr std::uint32_t what_max = (1U << what_bits) - 1;
};

inline bool operator<(const Event& one, const Event& other) noexcept {
  return one.time != other.time ? one.time < other.time : one.order < other.order;
}

class EventQueue {
 public:
  void clear() noexcept {
    heap_.clear();
    sequence_ = 0;
  }
  bool empty() const noexcept { return heap_.empty(); }
  const Event& next() const noexcept { return heap_.front(); }

  void add(Time time, EventKind kind, std::uint32_t what) {
    heap_.emplace_back();
    rise(heap_.size() - 1, made(time, kind, what));
  }
  /// As pop() and add(), with one descent.
  void replace_next(Time time, EventKind kind, std::uint32_t what) { sink(made(time, kind, what)); }
  void pop() noexcept {
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink(last);
  }

 private:
  static constexpr std::size_t children = 4;

  Event made(Time time, EventKind kind, std::uint32_t what) noexcept {
    const std::uint32_t rank = kind == EventKind::release ? 0U : 1U << 31;
    return {time, rank | sequence_++, static_cast<std::uint32_t>(kind) << Event::what_bits | what};
  }
  void rise(std::size_t hole, const Event& event) noexcept {
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / children;
      if (!(event < heap_[parent])) break;
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = event;
  }
  void sink(const Event& event) noexcept {
    std::size_t hole = 0;
    for (std::size_t first = 1; first < heap_.size(); first = hole * children + 1) {
      const std::size_t end = std::min(first + children, heap_.size());
      std::size_t least = first;
      for (std::size_t child = first + 1; child < end; ++child) {
        if (heap_[child] < heap_[least]) least = child;
      }
      if (!(heap_[least] < event)) break;
      heap_[hole] = heap_[least];
      hole = least;
    }
    heap_[hole] = event;
  }

  std::vector<Event> heap_;
  std::uint32_t sequence_ = 0;
};

}  // namespace vfstock::sim::forecast
