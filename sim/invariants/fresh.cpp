// fresh: no decision rests on what is too old or was forgotten, what failed once is asked again,
// and every event is decided on by the end of its window.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/invariant.h"
#include "sim/invariants/kept_moment.h"
#include "sim/invariants/story.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

class Fresh final : public Invariant {
 public:
  Fresh() : Invariant("fresh") {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (expected == nullptr || expected->basis != Basis::stale) return;
    violated(findings, wrote.at, write_text(wrote) + " rests on what " + expected->because);
  }

  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      if (!course.in_scope || !course.expected || !course.writes.empty()) continue;
      const Expected& expected = *course.expected;
      if (expected.basis != Basis::stale || course.entries.empty()) continue;
      const std::string product = "product " + std::to_string(id);
      if (course.entries.front().is_set) {
        violated(findings, ends.at, product + " was decided on what " + expected.because);
      } else if (expected.neglected) {
        violated(findings, ends.at,
                 product + " was kept without asking again, although " + expected.because);
      }
    }
  }
};

// Events must be followed by a sweep that begins no later than the newest window ends.
class EventsDecided final : public Watcher {
 public:
  explicit EventsDecided(const Expectations& expectations)
      : Watcher("fresh"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* hook = std::get_if<Hook>(&record)) note(*hook);
    if (const auto* begins = std::get_if<RefreshBegins>(&record)) {
      judge(begins->at, findings);
      begin(*begins);
    }
    if (const auto* ends = std::get_if<RefreshEnds>(&record)) end(*ends);
    if (const auto* step = std::get_if<StepEnds>(&record)) judge(step->at, findings);
    if (const auto* restarted = std::get_if<Restarted>(&record)) restart(*restarted);
    if (std::holds_alternative<ClockStepped>(record)) {
      last_sweep_.calendar_set();
      clock_stepped_ = true;
    }
  }

 private:
  struct Event {
    Time at{};
    Time latest{};
    std::string name;
  };

  void note(const Hook& hook) {
    if (!is_module_event(hook)) return;
    const std::optional<Time>& last = last_sweep_.latest();
    const Time open = last ? *last + expectations_.event_window : hook.at;
    events_.push_back({hook.at, std::max(hook.at, open), hook.name});
    if (hook.name != "AfterModuleTerminate" || expectations_.delete_grace.count() == 0) return;
    const Time due = hook.at + expectations_.delete_grace;
    events_.push_back({due, due + expectations_.event_window, "the end of a deletion's grace"});
  }

  void begin(const RefreshBegins& begins) {
    running_ = true;
    if (!begins.is_sweep()) return;
    if (is_event_trigger(begins.trigger)) last_sweep_.is(begins.at);
    std::erase_if(events_, [&](const Event& event) { return event.at <= begins.at; });
  }

  void end(const RefreshEnds& ends) {
    running_ = false;
    for (Event& event : events_) event.latest = std::max(event.latest, ends.at);
  }

  void judge(Time now, Findings& findings) {
    if (running_) return;
    for (const Event& event : events_) {
      if (event.latest >= now) continue;
      violated(findings, now,
               event.name + " at " + clock_text(event.at) + " was not swept by " +
                   clock_text(event.latest));
    }
    std::erase_if(events_, [&](const Event& event) { return event.latest < now; });
  }

  void restart(const Restarted& restarted) {
    running_ = false;
    // Lost with the state; or bound to a calendar that was set.
    if (restarted.state_lost || clock_stepped_) events_.clear();
    last_sweep_.client_started(restarted.at);
    if (restarted.state_lost) last_sweep_.is(restarted.at);
    clock_stepped_ = false;
  }

  const Expectations& expectations_;
  std::vector<Event> events_;
  KeptMoment last_sweep_;
  bool running_ = false;
  bool clock_stepped_ = false;  // since the last start
};

}  // namespace

std::unique_ptr<Invariant> fresh() { return std::make_unique<Fresh>(); }

std::unique_ptr<Watcher> events_decided(const Expectations& expectations) {
  return std::make_unique<EventsDecided>(expectations);
}

}  // namespace vfstock::sim::invariants
