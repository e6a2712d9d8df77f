// accept-once: an order is accepted at most once, only from Pending, without automatic set-up, and
// only when it is due.
#include <map>

#include "sim/invariants/same_name.h"
#include "sim/invariants/story.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

class AcceptOnce final : public Watcher {
 public:
  explicit AcceptOnce(const Expectations& expectations)
      : Watcher("accept-once"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    const auto* const call = std::get_if<Accepting>(&record);
    if (call == nullptr) return;
    const auto wrong = [&](const std::string& why) {
      violated(findings, call->at, "order " + std::to_string(call->order) + " " + why);
    };
    const auto before = accepted_.find(call->order);
    if (before != accepted_.end())
      wrong("was accepted at " + clock_text(before->second) + " already");
    if (!same_name(call->status, "pending")) wrong("is " + call->status + ", not Pending");
    if (call->autosetup) wrong("was accepted with automatic set-up");
    if (call->provisioned == 0) wrong("has no server yet");
    if (expectations_.accept_when == "all-provisioned" && call->waiting > 0) {
      wrong("still waits for " + std::to_string(call->waiting) + " server(s)");
    }
    if (call->accepted) accepted_.emplace(call->order, call->at);
  }

 private:
  const Expectations& expectations_;
  std::map<std::int64_t, Time> accepted_;
};

}  // namespace

std::unique_ptr<Watcher> accept_once(const Expectations& expectations) {
  return std::make_unique<AcceptOnce>(expectations);
}

}  // namespace vfstock::sim::invariants
