// converges: once everything has been quiet for two cron windows and the longest lifetime of an
// answer, with the cron running, every product shows the truth.
#include <algorithm>
#include <optional>

#include "sim/invariants/expected.h"
#include "sim/invariants/story.h"
#include "sim/invariants/truth.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

class Converges final : public Watcher {
 public:
  explicit Converges(const Expectations& expectations)
      : Watcher("converges"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* step = std::get_if<StepEnds>(&record)) judge(*step, findings);
    if (const auto* change = std::get_if<ShopChanged>(&record)) disturb(change->at);
    if (const auto* restarted = std::get_if<Restarted>(&record)) disturb(restarted->at);
    if (const auto* change = std::get_if<Disturbed>(&record)) {
      disturb(change->at);
      fault_ends_ = change->until;
    }
    if (const auto* hook = std::get_if<Hook>(&record)) note(*hook);
  }

 private:
  void disturb(Time at) { quiet_since_ = std::max(quiet_since_, at); }

  void note(const Hook& hook) {
    if (is_module_event(hook)) disturb(hook.at + expectations_.delete_grace);
    if (hook.name != "AfterCronJob") return;
    if (!last_cron_ || hook.at - *last_cron_ > expectations_.cron_window) crons_since_ = hook.at;
    last_cron_ = hook.at;
  }

  Time patience() const {
    const auto longest = std::max({expectations_.package_ttl, expectations_.group_ttl,
                                   expectations_.missing_ttl, expectations_.block_ttl});
    return 2 * expectations_.cron_window + longest;
  }

  bool is_time(Time now) const {
    if (!last_cron_ || fault_ends_ >= now || now - *last_cron_ > expectations_.cron_window) {
      return false;
    }
    return now - std::max({quiet_since_, fault_ends_, crons_since_}) >= patience();
  }

  void judge(const StepEnds& step, Findings& findings) {
    if (!is_time(step.at) || !step.truth) return;
    const Truth truth(step.truth, expectations_.maintenance_excluded);
    const std::vector<Held> held = held_by(step.waiting, step.rows);
    for (const Row& row : step.rows) {
      if (!is_managed(row)) continue;
      const Expected expected = expect(row, held, truth, expectations_, step.at);
      if (!expected.qty || expected.keep || expected.takes(row.qty)) continue;
      violated(findings, step.at,
               "product " + std::to_string(row.id) + ": qty is " + std::to_string(row.qty) +
                   " and the truth " + std::to_string(*expected.qty) + " although nothing has " +
                   "happened since " + clock_text(std::max(quiet_since_, fault_ends_)));
    }
  }

  const Expectations& expectations_;
  Time quiet_since_{};
  Time fault_ends_{};
  Time crons_since_{};
  std::optional<Time> last_cron_;
};

}  // namespace

std::unique_ptr<Watcher> converges(const Expectations& expectations) {
  return std::make_unique<Converges>(expectations);
}

}  // namespace vfstock::sim::invariants
