#include "sim/invariants/checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/invariants/brake.h"
#include "sim/invariants/evidence.h"
#include "sim/invariants/expected.h"
#include "sim/invariants/invariant.h"
#include "sim/invariants/refresh.h"
#include "sim/invariants/shop_columns.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

/// In the order in which they are documented.
std::vector<std::unique_ptr<Invariant>> all_invariants(const Expectations& expectations) {
  std::vector<std::unique_ptr<Invariant>> all;
  all.push_back(keep_on_unavailable());
  all.push_back(zero_on_missing());
  all.push_back(truth_on_found());
  all.push_back(provisionable(expectations));
  all.push_back(fresh());
  all.push_back(only_managed());
  all.push_back(never_negative());
  all.push_back(never_partial());
  all.push_back(journal());
  return all;
}

std::vector<std::unique_ptr<Watcher>> all_watchers(const Expectations& expectations,
                                                   const Evidence& evidence) {
  std::vector<std::unique_ptr<Watcher>> all;
  all.push_back(events_decided(expectations));
  all.push_back(budget(evidence));
  all.push_back(limits(expectations));
  all.push_back(accept_once(expectations));
  all.push_back(converges(expectations));
  all.push_back(bounded(expectations));
  return all;
}

}  // namespace

std::string_view name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::violated:
      return "violated";
    case Verdict::unknown:
      return "unknown";
  }
  return "unknown";
}

struct Checker::State {
  explicit State(Expectations given)
      : expectations(std::move(given)),
        evidence(expectations),
        brake(expectations),
        invariants(all_invariants(expectations)),
        watchers(all_watchers(expectations, evidence)) {}

  Course* course_of(std::int64_t product) {
    if (!refresh) return nullptr;
    const auto at = refresh->courses.find(product);
    return at == refresh->courses.end() ? nullptr : &at->second;
  }
  Expected expect_now(const Course& course, Time now) const {
    Expected expected = expect(course.row, held(), evidence, expectations, now);
    for (const std::vector<Held>& before : refresh->held_before) {
      expected =
          either(std::move(expected), expect(course.row, before, evidence, expectations, now));
    }
    return expected;
  }

  std::vector<Held> held() const {
    std::vector<Held> held;
    for (const Waiting& order : refresh->waiting) {
      const auto at = refresh->courses.find(order.product);
      if (at != refresh->courses.end()) held.push_back({order, at->second.now});
    }
    return held;
  }

  void take(const RefreshBegins& begins);
  void take(const Exchanged& exchange) { evidence.add(exchange); }
  void take(const Wrote& wrote);
  void take(const Journalled& entry);
  void take(const RefreshEnds& ends);
  void take(const ShopChanged& change) {
    if (refresh) {
      if (!refresh->waiting.empty() || !change.waiting.empty()) {
        refresh->held_before.push_back(held());
      }
      shop_changed(*refresh, change);
    }
    rows = change.rows;
  }

  void take(const Hook& hook);
  void take(const Accepting&) {}
  void take(const Restarted& restarted) {
    evidence.begin_anew();
    if (restarted.state_lost) evidence.lose_plans();
    if (calendar_was_set) {
      evidence.lose_count_of_patience(restarted.at);
      evidence.lose_dates_of_plans(restarted.at);
    }
    evidence.client_started(restarted.at);
    brake.restarted(restarted.state_lost, std::exchange(calendar_was_set, false));
  }
  void take(const ClockStepped& step) {
    calendar_was_set = true;
    evidence.set_calendar(step);
  }
  void take(const Disturbed&) {}
  void take(const StepEnds& step) {
    if (!refresh) return;
    findings.violations.push_back({step.at, "journal", Verdict::unknown,
                                   "a refresh had not ended when nothing more was to be done"});
    refresh.reset();
  }

  const Expectations expectations;
  Evidence evidence;
  Brake brake;
  std::vector<std::unique_ptr<Invariant>> invariants;
  std::vector<std::unique_ptr<Watcher>> watchers;
  std::vector<Row> rows;  // the table as last seen
  std::optional<Refresh> refresh;
  bool calendar_was_set = false;  // since the last start
  Findings findings;
};

void Checker::State::take(const RefreshBegins& begins) {
  if (refresh) {
    findings.violations.push_back({begins.at, "journal", Verdict::unknown,
                                   "a refresh began before the one before it had ended"});
  }
  rows = begins.rows;
  if (brake.is_second_look(begins)) evidence.forget_everything();
  refresh = begin_refresh(begins);
  evidence.begin_refresh(begins.at);
}

void Checker::State::take(const Wrote& wrote) {
  Course* const course = course_of(wrote.product);
  std::optional<Expected> expected;
  if (course != nullptr && is_managed(course->row)) expected = expect_now(*course, wrote.at);
  for (const auto& invariant : invariants) {
    invariant->wrote(wrote, course, expected ? &*expected : nullptr, findings);
  }
  if (course == nullptr) return;
  course->writes.push_back(wrote);
  course->now.qty = wrote.new_qty;
}

void Checker::State::take(const Journalled& entry) {
  Course* const course = course_of(entry.product);
  if (course != nullptr && course->in_scope && !course->expected) {
    course->expected = expect_now(*course, entry.at);
  }
  for (const auto& invariant : invariants) invariant->journalled(entry, course, findings);
  if (course == nullptr) return;
  course->entries.push_back(entry);
}

void Checker::State::take(const RefreshEnds& ends) {
  if (!refresh) {
    findings.violations.push_back(
        {ends.at, "journal", Verdict::unknown, "a refresh ended that never began"});
    return;
  }
  refresh->shop.reads = refresh->shop.reads && ends.shop.reads;
  refresh->shop.writes = refresh->shop.writes && ends.shop.writes;
  for (const Row& row : ends.rows) {
    if (Course* const course = course_of(row.id)) course->at_end = row;
  }
  for (auto& [id, course] : refresh->courses) {
    if (!course.expected && course.in_scope) course.expected = expect_now(course, ends.at);
    course.unwritable = !refresh->shop.reads || !refresh->shop.writes;
  }
  brake.judge(*refresh, ends, findings);
  for (const auto& invariant : invariants) invariant->ended(*refresh, ends, findings);
  refresh.reset();
}

// What the client must forget because of an event, and for a deletion once more at its end.
void Checker::State::take(const Hook& hook) {
  if (!is_module_event(hook) || expectations.forget == "none") return;
  const bool again = hook.name == "AfterModuleTerminate" && expectations.delete_grace.count() > 0;
  const bool known =
      std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.id == hook.product; });
  if (!hook.shop_readable || !known) {
    evidence.forget_everything();
    if (again) evidence.forget_at(hook.at + expectations.delete_grace, std::nullopt);
    return;
  }
  std::vector<std::int64_t> groups;
  for (const Row& row : rows) {
    if (row.id != hook.product) continue;
    groups = read_columns(row, expectations).groups;
    if (expectations.forget != "default-group") break;
    const std::int64_t only = leading_number(row.configoption1);
    groups.clear();
    if (only > 0) groups.push_back(only);
  }
  evidence.forget_groups(groups);
  if (again) evidence.forget_at(hook.at + expectations.delete_grace, groups);
}

Checker::Checker(Expectations expectations)
    : state_(std::make_unique<State>(std::move(expectations))) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;

void Checker::feed(const Record& record) {
  for (const auto& watcher : state_->watchers) watcher->watch(record, state_->findings);
  std::visit([this](const auto& what) { state_->take(what); }, record);
}

const std::vector<Violation>& Checker::violations() const noexcept {
  return state_->findings.violations;
}

const std::vector<Oversell>& Checker::oversells() const noexcept {
  return state_->findings.oversells;
}

const std::vector<std::string_view>& Checker::invariants() {
  static const std::vector<std::string_view> ids = [] {
    std::vector<std::string_view> all;
    const Expectations usual;
    const Evidence evidence(usual);
    for (const auto& invariant : all_invariants(usual)) all.push_back(invariant->id());
    for (const auto& watcher : all_watchers(usual, evidence)) {
      if (std::find(all.begin(), all.end(), watcher->id()) == all.end()) {
        all.push_back(watcher->id());
      }
    }
    return all;
  }();
  return ids;
}

}  // namespace vfstock::sim::invariants
