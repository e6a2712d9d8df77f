// A rule about the course of time: it sees every record in order and keeps what it must remember.
//
// Each lives in the file of its name. It learns of a record before the checker has taken it in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sim/invariants/evidence.h"
#include "sim/invariants/invariant.h"

namespace vfstock::sim::invariants {

class Watcher {
 public:
  explicit Watcher(std::string_view id) : id_(id) {}
  virtual ~Watcher() = default;
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  std::string_view id() const { return id_; }
  virtual void watch(const Record& record, Findings& findings) = 0;

 protected:
  void violated(Findings& findings, Time at, std::string detail) const {
    findings.violations.push_back({at, std::string(id_), Verdict::violated, std::move(detail)});
  }

 private:
  std::string_view id_;
};

/// Module hooks that concern the engine; others are of other modules.
bool is_module_event(const Hook& hook);
/// Sweeps that answer to events and share one limit.
bool is_event_trigger(std::string_view trigger);

// Each with what it must know besides the records.
std::unique_ptr<Watcher> events_decided(const Expectations& expectations);  // part of fresh
std::unique_ptr<Watcher> budget(const Evidence& evidence);
std::unique_ptr<Watcher> limits(const Expectations& expectations);
std::unique_ptr<Watcher> accept_once(const Expectations& expectations);
std::unique_ptr<Watcher> converges(const Expectations& expectations);
std::unique_ptr<Watcher> bounded(const Expectations& expectations);

}  // namespace vfstock::sim::invariants
