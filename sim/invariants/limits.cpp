// limits: each trigger sweeps once in its window, across restarts too, nothing is sent before a
// Retry-After has passed, and 404s are confirmed once a minute.
#include <algorithm>
#include <map>
#include <optional>

#include "sim/invariants/patience.h"
#include "sim/invariants/story.h"
#include "sim/invariants/target.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

class Limits final : public Watcher {
 public:
  explicit Limits(const Expectations& expectations)
      : Watcher("limits"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* begins = std::get_if<RefreshBegins>(&record)) begin(*begins, findings);
    if (const auto* exchange = std::get_if<Exchanged>(&record)) ask(*exchange, findings);
    if (const auto* restarted = std::get_if<Restarted>(&record)) restart(*restarted);
    if (const auto* stepped = std::get_if<ClockStepped>(&record)) {
      calendar_.set(*stepped);
      clock_stepped_ = true;
    }
  }

 private:
  // What a trigger's window is called, and how long it is; nullopt: it has none.
  struct Window {
    std::string key;
    std::chrono::seconds length;
  };
  std::optional<Window> window_of(const RefreshBegins& begins) const {
    if (is_event_trigger(begins.trigger)) return Window{"events", expectations_.event_window};
    if (begins.trigger == "AfterCronJob") return Window{"the cron", expectations_.cron_window};
    if (begins.trigger == "ClientAreaPageCart" && begins.product) {
      return Window{"carts of product " + std::to_string(*begins.product),
                    expectations_.cart_window};
    }
    return std::nullopt;
  }

  void begin(const RefreshBegins& begins, Findings& findings) {
    const auto window = window_of(begins);
    if (!window) return;
    const auto known = last_.find(window->key);
    std::optional<Time> last = all_began_;
    if (known != last_.end()) last = std::max(known->second, last.value_or(known->second));
    if (last && begins.at - *last < window->length) {
      violated(findings, begins.at,
               begins.trigger + " swept at " + clock_text(begins.at) + " although " + window->key +
                   " had their sweep at " + clock_text(*last) + " and the window is " +
                   clock_text(window->length));
    }
    last_[window->key] = begins.at;
  }

  void ask(const Exchanged& exchange, Findings& findings) {
    if (exchange.asked < quiet_until_) {
      violated(findings, exchange.asked,
               "GET " + exchange.target + " at " + clock_text(exchange.asked) +
                   " although the panel had asked to be left alone until " +
                   clock_text(quiet_until_));
    }
    probe(exchange, findings);
    const Time until = exchange.answered + patience_asked(exchange, calendar_).at_least;
    quiet_until_ = std::max(quiet_until_, until);
  }

  void probe(const Exchanged& exchange, Findings& findings) {
    if (!expectations_.confirm_missing) return;
    if (read_target(exchange.target).about != Target::About::connection) return;
    if (last_probe_ && exchange.asked - *last_probe_ < expectations_.probe_interval) {
      violated(findings, exchange.asked,
               "GET /connect at " + clock_text(exchange.asked) +
                   " although the panel was probed at " + clock_text(*last_probe_));
    }
    last_probe_ = exchange.asked;
  }

  void restart(const Restarted& restarted) {
    if (restarted.state_lost || clock_stepped_) last_probe_.reset();
    if (restarted.state_lost) {
      all_began_ = restarted.at;
      quiet_until_ = {};
    } else if (clock_stepped_) {
      // What survives is calendar time, and the calendar was set: either is right.
      last_.clear();
      all_began_.reset();
      quiet_until_ = {};
    }
    clock_stepped_ = false;
  }

  const Expectations& expectations_;
  std::map<std::string, Time> last_;
  std::optional<Time> all_began_;
  std::optional<Time> last_probe_;
  Calendar calendar_;
  Time quiet_until_{};
  bool clock_stepped_ = false;
};

}  // namespace

std::unique_ptr<Watcher> limits(const Expectations& expectations) {
  return std::make_unique<Limits>(expectations);
}

}  // namespace vfstock::sim::invariants
