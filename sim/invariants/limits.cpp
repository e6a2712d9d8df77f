// limits: each trigger sweeps once in its window, across restarts too, and no other name gets round
// that; nothing is sent before a Retry-After has passed, and 404s are confirmed once a minute.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/invariants/patience.h"
#include "sim/invariants/story.h"
#include "sim/invariants/target.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::chrono::seconds first_sweep_after{60};

class Limits final : public Watcher {
 public:
  explicit Limits(const Expectations& expectations)
      : Watcher("limits"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* hook = std::get_if<Hook>(&record)) hook_ = *hook;
    if (const auto* begins = std::get_if<RefreshBegins>(&record)) begin(*begins, findings);
    if (const auto* entry = std::get_if<Journalled>(&record)) note(*entry);
    if (const auto* ends = std::get_if<RefreshEnds>(&record)) end(*ends);
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
    if (const auto wrong = usurped(begins)) {
      violated(findings, begins.at,
               begins.trigger + " swept at " + clock_text(begins.at) + " although " + *wrong);
    }
    if (begins.is_sweep()) may_be_first_ = false;
    told_held_ = told_ = false;
    is_sweep_ = begins.is_sweep();
    a_person_asked_ = begins.trigger == "stockRecalculate";
    claim_window(begins, findings);
  }

  // Why a refresh may not go by its trigger's name, which the client gives itself.
  std::optional<std::string> usurped(const RefreshBegins& begins) {
    constexpr std::array<std::string_view, 2> bounded_elsewhere{"AfterCronJob", "retry"};
    const std::string& trigger = begins.trigger;
    if (trigger == "stockRecalculate" || trigger == "ClientAreaPageCart") {
      const auto hook = std::exchange(hook_, std::nullopt);
      if (!hook || hook->name != trigger || hook->at != begins.at) return "nobody asked for it";
      if (hook->product == begins.product) return std::nullopt;
      return "it is not about the product that was asked for";
    }
    if (trigger == "first sweep") {
      if (!may_be_first_) return "the client did not start without its state, or swept since";
      if (begins.at - started_ < first_sweep_after)
        return "it comes " + clock_text(first_sweep_after) + " after the start";
      return std::nullopt;
    }
    if (trigger == "brake") {
      return held_ ? std::nullopt : std::optional<std::string>("no brake holds");
    }
    if (is_event_trigger(trigger)) return std::nullopt;
    const bool known = std::find(bounded_elsewhere.begin(), bounded_elsewhere.end(), trigger) !=
                       bounded_elsewhere.end();
    return known ? std::nullopt : std::optional<std::string>("there is no such trigger");
  }

  void note(const Journalled& entry) {
    told_ = true;
    told_held_ = told_held_ || entry.outcome == "held";
  }

  void end(const RefreshEnds& ends) {
    if (told_held_) held_ = true;
    if (is_sweep_ && told_ && !told_held_) held_ = false;
    // What was due comes before the view of a cart that made the client look.
    if (hook_) hook_->at = ends.at;
  }

  void claim_window(const RefreshBegins& begins, Findings& findings) {
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
    if (!a_person_asked_ && last_probe_ &&
        exchange.asked - *last_probe_ < expectations_.probe_interval) {
      violated(findings, exchange.asked,
               "GET /connect at " + clock_text(exchange.asked) +
                   " although the panel was probed at " + clock_text(*last_probe_));
    }
    last_probe_ = exchange.asked;
  }

  void restart(const Restarted& restarted) {
    if (restarted.state_lost || clock_stepped_) last_probe_.reset();
    started_ = restarted.at;
    may_be_first_ = restarted.state_lost;
    hook_.reset();
    if (restarted.state_lost) {
      held_ = false;
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
  std::optional<Hook> hook_;  // the newest that no refresh has answered
  Time started_{};
  bool may_be_first_ = true;     // the client started without its state and has not swept since
  bool held_ = false;            // a zero was withheld, and no sweep since did without
  bool is_sweep_ = false;        // the refresh that runs, or was the last
  bool a_person_asked_ = false;  // for it: such a one may always probe
  bool told_ = false, told_held_ = false;  // in it
};

}  // namespace

std::unique_ptr<Watcher> limits(const Expectations& expectations) {
  return std::make_unique<Limits>(expectations);
}

}  // namespace vfstock::sim::invariants
