// Writes the steps of one generated timeline, and remembers what it believes to be there.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/fuzz/mood.h"
#include "sim/fuzz/small_world.h"

namespace vfstock::sim::fuzz {

class Author {
 public:
  Author(Dice& dice, const SmallWorld& world) : dice_(dice), world_(world), mood_(dice) {}

  /// The safety phase: `steps` steps.
  void write_safety(int steps);
  /// The liveness phase: faults end, and the cron sweeps until everything must be right.
  void write_liveness();
  document::Json take_timeline() { return std::move(timeline_); }

 private:
  using Json = document::Json;

  bool is_full() const { return timeline_.size() >= steps_; }
  void write(const char* verb, Json body);
  void write_move(Move move);
  void order();
  void choose_group(Json& line, std::int64_t product);
  /// A service that was ordered.
  struct Ordered {
    std::int64_t service = 0, order = 0;
  };
  void provision();
  void deliver(const Ordered& ordered);
  void deliver_rest_of(std::int64_t order);
  void terminate();
  void change_package();
  void provision_outside();
  void change();
  Json package_change();
  Json hypervisor_change();
  Json product_change();
  void fail();
  void outlive_memory();
  void meet_fault();
  Json fault(const FaultSample& sample);
  void limit_fault(Json& body);
  void heal();
  void store_fail();
  void restart();
  void step_clock();

  Dice& dice_;
  const SmallWorld& world_;
  Mood mood_;
  Json timeline_ = Json::array();
  std::size_t steps_ = 0;  // of the safety phase
  std::chrono::milliseconds now_{0};
  std::int64_t orders_ = 0, services_ = 0;
  std::vector<std::string> fault_ids_;
  std::vector<Ordered> waiting_;      // without a server so far
  std::vector<std::int64_t> served_;  // services that may have a server
};

}  // namespace vfstock::sim::fuzz
