// Before the search by lot, the small cases one by one: every fault at every request of a sweep.
//
// A clean run of a reference shop (3 products, 2 groups, 3 pages) learns the requests of its last
// sweep; then each of them meets each fault, alone (singles) or together with another request that
// meets another one (pairs). The sweep comes in four states of the cache: cold, expired, forgotten
// by an event, and with a package that is truly gone, so that a probe is among the requests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/fuzz/fault_menu.h"

namespace vfstock::sim::fuzz {

class Enumeration {
 public:
  /// Every request with every fault of the menu.
  static Enumeration singles();
  /// Every two requests with every two faults, one fault of each class.
  static Enumeration pairs();

  std::uint64_t size() const { return size_; }
  /// The `index`-th timeline, from 0; safe to call from several threads.
  document::Json timeline(std::uint64_t index) const;
  /// "36 requests in 4 states of the cache, 100 faults each"
  std::string story() const;

 private:
  struct Request {
    std::string path;
    std::optional<std::int64_t> page;
    std::int64_t nth = 1;  // of its like since the sweep began
  };
  struct State {
    std::string name;
    document::Json timeline;  // up to the sweep, which is its last step
    std::vector<Request> requests;
  };
  Enumeration(std::vector<const FaultSample*> faults, bool in_pairs);

  std::uint64_t choices(const State& state) const;
  static document::Json fault_step(const State& state, const Request& request,
                                   const FaultSample& sample, const std::string& number);
  document::Json finished(const State& state, std::vector<document::Json> faults,
                          const std::string& name) const;

  std::vector<const FaultSample*> faults_;
  bool in_pairs_;
  std::vector<State> states_;
  std::uint64_t size_ = 0;
};

/// The shop that the enumerations run on, without a timeline.
document::Json reference_shop();

}  // namespace vfstock::sim::fuzz
