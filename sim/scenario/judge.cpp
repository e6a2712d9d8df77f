#include "sim/scenario/judge.h"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "mockpanel/wire/server.h"
#include "sim/invariants/story.h"
#include "sim/scenario/checker_view.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/panel_timeline.h"

namespace vfstock::sim::scenario {

namespace {

constexpr std::array<std::string_view, 3> judged{"keep-on-unavailable", "zero-on-missing",
                                                 "provisionable"};

/// When the shop runs a client, and why; empty for a step that does not concern it.
std::string trigger_of(const Action& action) {
  if (std::holds_alternative<Cron>(action)) return "AfterCronJob";
  if (std::holds_alternative<Recalculate>(action)) return "stockRecalculate";
  if (std::holds_alternative<ViewCart>(action)) return "ClientAreaPageCart";
  if (std::holds_alternative<Provision>(action)) return "AfterModuleCreate";
  if (std::holds_alternative<Terminate>(action)) return "AfterModuleTerminate";
  if (std::holds_alternative<ChangePackage>(action)) return "AfterModuleChangePackage";
  return {};
}

std::string target_of(const mockpanel::api::Request& request) {
  std::string target = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    target += separator;
    target.append(name).append("=").append(value);
    separator = '&';
  }
  return target;
}

invariants::Expectations rules_for_clients(const Scenario& scenario) {
  invariants::Expectations rules = expectations_of(scenario);
  rules.oversell_violates = true;
  return rules;
}

class Court {
 public:
  Court(const Scenario& scenario, const Client& client)
      : scenario_(scenario),
        client_(client),
        shop_(open_shop(scenario.shop)),
        checker_(rules_for_clients(scenario)),
        server_({}, [this](const mockpanel::api::Request& request) { return answer(request); }) {
    mockpanel::api::Options options;
    options.strict = false;
    options.base_url = server_.base_url();
    const std::scoped_lock lock(mutex_);
    side_ = std::make_unique<PanelSide>(scenario.panel, options);
    timeline_.emplace(scenario, side_->world(), side_->faults());
  }

  report::ScenarioResult hear() {
    for (const Step& step : scenario_.timeline) {
      run_crons(step.at);
      move_to(step.at);
      {
        const std::scoped_lock lock(mutex_);
        timeline_->apply(step, clock_.now());
      }
      const std::string trigger = trigger_of(step.action);
      if (!trigger.empty()) ask(trigger);
      if (const auto* cron = std::get_if<Cron>(&step.action)) repeat(*cron, step.at);
    }
    Time end = clock_.now();
    for (const Repeat& repeat : crons_) end = std::max(end, repeat.until);
    run_crons(end);
    return result();
  }

 private:
  struct Repeat {
    Time next, every, until;
  };

  void repeat(const Cron& cron, Time begun) {
    if (!cron.every || begun + *cron.every > *cron.until) return;
    crons_.push_back({begun + *cron.every, *cron.every, *cron.until});
  }

  void move_to(Time moment) {
    const std::scoped_lock lock(mutex_);
    clock_.advance_to(moment);
    side_->world().advance(clock_.now());
  }

  /// Every repetition of the shop's cron that falls before `end` or on it.
  void run_crons(Time end) {
    for (;;) {
      const auto next = std::min_element(
          crons_.begin(), crons_.end(),
          [](const Repeat& one, const Repeat& other) { return one.next < other.next; });
      if (next == crons_.end() || next->next > end) return;
      const Time moment = next->next;
      next->next += next->every;
      if (next->next > next->until) crons_.erase(next);
      move_to(moment);
      ask("AfterCronJob");
    }
  }

  /// Called by the wire, one request at a time.
  mockpanel::faults::Delivery answer(const mockpanel::api::Request& request) {
    const std::scoped_lock lock(mutex_);
    if (!side_) return {{503, {}, {}}};  // who asks before the port was told is no client of ours
    side_->announce(request, clock_.now(), iso_time(clock_.wall()),
                    scenario_.policy.bounds.request);
    mockpanel::faults::Delivery delivery = side_->deliver(request);
    Played played = side_->take();
    ++requests_;
    if (!in_session_ || request.method != "GET") return delivery;
    invariants::Exchanged seen = traced(target_of(request), std::move(played));
    seen.asked = seen.answered = clock_.now();
    note(fmt::format("GET {}: {}{}", seen.target,
                     seen.status == 0 ? "no answer" : std::to_string(seen.status),
                     seen.fault.empty() ? "" : " (fault " + seen.fault + ")"));
    checker_.feed(seen);
    return delivery;
  }

  void ask(const std::string& trigger) {
    ClientMoment moment{server_.base_url(), trigger, {}};
    {
      const std::scoped_lock lock(mutex_);
      note(trigger);
      for (const auto& [id, row] : shop_.rows()) moment.shelves[id.value] = row.qty;
      // To the checker every moment is one at which the whole shop is counted anew.
      invariants::RefreshBegins begins;
      begins.at = clock_.now();
      begins.trigger = "stockRecalculate";
      begins.rows = rows_of(shop_);
      checker_.feed(invariants::Hook{begins.at, begins.trigger, {}, {}, true});
      checker_.feed(begins);
      in_session_ = true;
    }
    const ClientAnswer said = client_(moment);
    const std::scoped_lock lock(mutex_);
    in_session_ = false;
    if (!said.note.empty()) note(said.note);
    if (!said.broken.empty()) {
      own_.push_back({invariants::clock_text(clock_.now()), "answer", "violated", said.broken});
    }
    for (const auto& [id, qty] : said.qty) write(id, qty);
    checker_.feed(invariants::RefreshEnds{clock_.now(), rows_of(shop_), {}});
  }

  void write(std::int64_t id, std::int64_t qty) {
    catalogue::Product* const row = shop_.row(catalogue::ProductId{id});
    if (row == nullptr) {
      own_.push_back({invariants::clock_text(clock_.now()), "answer", "violated",
                      fmt::format("it names product {}, which the shop does not have", id)});
      return;
    }
    const std::int64_t before = std::exchange(row->qty, qty);
    if (before == qty) return;
    ++writes_[id];
    note(fmt::format("product {}: {} -> {}", id, before, qty));
    checker_.feed(invariants::Wrote{clock_.now(), id, before, qty});
  }

  void note(const std::string& line) {
    transcript_.push_back(invariants::clock_text(clock_.now()) + "  " + line);
  }

  report::ScenarioResult result() {
    report::ScenarioResult result;
    result.name = scenario_.name;
    result.file = scenario_.file;
    result.events = static_cast<std::int64_t>(scenario_.timeline.size());
    result.violations = own_;
    for (const invariants::Violation& found : checker_.violations()) {
      if (std::find(judged.begin(), judged.end(), found.invariant) == judged.end()) continue;
      result.violations.push_back({invariants::clock_text(found.at), found.invariant,
                                   std::string(invariants::name(found.verdict)), found.detail});
    }
    result.passed = result.violations.empty();
    for (const auto& [id, row] : shop_.rows()) {
      result.products.push_back({id.value, row.qty, writes_[id.value]});
    }
    for (const auto& oversell : checker_.oversells()) {
      result.oversold_places += oversell.qty - oversell.placeable;
    }
    result.panel_requests = requests_;
    result.transcript = transcript_;
    return result;
  }

  const Scenario& scenario_;
  const Client& client_;
  std::mutex mutex_;  // over everything below but the server
  VirtualClock clock_;
  catalogue::MemoryCatalogue shop_;
  invariants::Checker checker_;
  std::unique_ptr<PanelSide> side_;
  std::optional<PanelTimeline> timeline_;
  bool in_session_ = false;
  std::int64_t requests_ = 0;
  std::map<std::int64_t, std::int64_t> writes_;
  std::vector<report::ViolationLine> own_;
  std::vector<std::string> transcript_;
  std::vector<Repeat> crons_;
  mockpanel::wire::Server server_;  // the last member: it calls upon the others until it is gone
};

}  // namespace

report::ScenarioResult judge(const Scenario& scenario, const Client& client) {
  return Court(scenario, client).hear();
}

}  // namespace vfstock::sim::scenario
