// bounded: every refresh ends within its time, a group has no more pages than are allowed, and what
// failed is left alone for a while before it is tried again.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sim/invariants/story.h"
#include "sim/invariants/target.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::int64_t pages_max = 500;
constexpr std::chrono::seconds retry_least{60};
constexpr std::chrono::seconds grace{1};

class Bounded final : public Watcher {
 public:
  explicit Bounded(const Expectations& expectations)
      : Watcher("bounded"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* begins = std::get_if<RefreshBegins>(&record)) begin(*begins, findings);
    if (const auto* ends = std::get_if<RefreshEnds>(&record)) end(*ends, findings);
    if (const auto* entry = std::get_if<Journalled>(&record)) note(*entry);
    if (const auto* exchange = std::get_if<Exchanged>(&record)) ask(*exchange, findings);
    if (const auto* restarted = std::get_if<Restarted>(&record)) restart(*restarted);
    if (std::holds_alternative<ClockStepped>(record)) clock_stepped_ = true;
  }

 private:
  void begin(const RefreshBegins& begins, Findings& findings) {
    began_ = begins.at;
    running_ = true;
    is_retry_ = begins.trigger == "retry";
    retried_.clear();
    silent_ = begins.only;
    if (begins.product) silent_.push_back(*begins.product);
    if (!is_retry_) return;
    for (const auto& [product, since] : kept_since_) {
      const bool meant =
          begins.product == product ||
          std::find(begins.only.begin(), begins.only.end(), product) != begins.only.end();
      if (!meant) continue;
      retried_.insert(product);
      if (begins.at - since >= retry_least || waited_for_probe(since, begins.at)) continue;
      violated(findings, begins.at,
               "product " + std::to_string(product) + " was tried again at " +
                   clock_text(begins.at) + ", too soon after " + clock_text(since));
    }
  }

  // Kept since the probe of a moment ago forbade another, and tried when one is allowed again.
  bool waited_for_probe(Time since, Time now) const {
    return last_probe_ && *last_probe_ <= since + expectations_.refresh_budget &&
           now - *last_probe_ >= expectations_.probe_interval;
  }

  void end(const RefreshEnds& ends, Findings& findings) {
    if (!ends.shop.reads) {
      for (const std::int64_t product : silent_) keep(product);
    }
    const bool in_time = ends.at - began_ <= expectations_.refresh_budget + grace;
    if (!std::exchange(running_, false) || in_time) return;
    violated(findings, ends.at,
             "the refresh of " + clock_text(began_) + " ended at " + clock_text(ends.at) +
                 ", past its " + clock_text(expectations_.refresh_budget));
  }

  void note(const Journalled& entry) {
    std::erase(silent_, entry.product);
    if (entry.is_set) {
      kept_since_.erase(entry.product);
    } else {
      keep(entry.product);
    }
  }

  void keep(std::int64_t product) {
    if (is_retry_ && retried_.contains(product)) {
      kept_since_[product] = began_;
    } else {
      kept_since_.try_emplace(product, began_);
    }
  }

  void ask(const Exchanged& exchange, Findings& findings) {
    const Target target = read_target(exchange.target);
    if (target.about == Target::About::connection) last_probe_ = exchange.asked;
    if (target.about != Target::About::group || target.page <= pages_max) return;
    violated(findings, exchange.asked, "GET " + exchange.target + " is a page too many");
  }

  // Tries survive a restart with the state, as calendar time.
  void restart(const Restarted& restarted) {
    if (restarted.state_lost) kept_since_.clear();
    if (clock_stepped_) {
      for (auto& [product, since] : kept_since_) since = Time::min() / 2;
    }
    clock_stepped_ = false;
  }

  const Expectations& expectations_;
  Time began_{};
  bool running_ = false;
  bool is_retry_ = false;
  bool clock_stepped_ = false;
  std::optional<Time> last_probe_;
  std::set<std::int64_t> retried_;
  std::vector<std::int64_t> silent_;         // products asked for by name, without an entry so far
  std::map<std::int64_t, Time> kept_since_;  // first keep, or the newest retry that kept
};

}  // namespace

std::unique_ptr<Watcher> bounded(const Expectations& expectations) {
  return std::make_unique<Bounded>(expectations);
}

}  // namespace vfstock::sim::invariants
