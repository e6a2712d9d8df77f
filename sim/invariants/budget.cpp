// budget: nothing is asked that is known already, by the lifetimes of answers and by what events
// make the client forget; and nothing twice in one refresh.
#include "sim/invariants/story.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

class Budget final : public Watcher {
 public:
  explicit Budget(const Evidence& evidence) : Watcher("budget"), evidence_(evidence) {}

  void watch(const Record& record, Findings& findings) override {
    const auto* const exchange = std::get_if<Exchanged>(&record);
    if (exchange == nullptr) return;
    if (const auto why = evidence_.needless(*exchange)) {
      violated(findings, exchange->asked,
               "GET " + exchange->target + " at " + clock_text(exchange->asked) +
                   " was needless: " + *why);
    }
  }

 private:
  const Evidence& evidence_;
};

}  // namespace

std::unique_ptr<Watcher> budget(const Evidence& evidence) {
  return std::make_unique<Budget>(evidence);
}

}  // namespace vfstock::sim::invariants
