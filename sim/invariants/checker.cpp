#include "sim/invariants/checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/invariants/evidence.h"
#include "sim/invariants/expected.h"
#include "sim/invariants/invariant.h"
#include "sim/invariants/refresh.h"
#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {
namespace {

/// In the order in which they are documented.
std::vector<std::unique_ptr<Invariant>> all_invariants(const Expectations& expectations) {
  std::vector<std::unique_ptr<Invariant>> all;
  all.push_back(keep_on_unavailable());
  all.push_back(zero_on_missing());
  all.push_back(truth_on_found());
  all.push_back(provisionable(expectations));
  all.push_back(only_managed());
  all.push_back(never_negative());
  all.push_back(never_partial());
  all.push_back(journal());
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
        invariants(all_invariants(expectations)) {}

  Course* course_of(std::int64_t product) {
    if (!refresh) return nullptr;
    const auto at = refresh->courses.find(product);
    return at == refresh->courses.end() ? nullptr : &at->second;
  }
  Expected expect_now(const Course& course, Time now) const {
    return expect(course.row, evidence, expectations, now);
  }

  void take(const RefreshBegins& begins);
  void take(const Exchanged& exchange) { evidence.add(exchange); }
  void take(const Wrote& wrote);
  void take(const Journalled& entry);
  void take(const RefreshEnds& ends);
  void take(const ShopChanged& change) {
    if (refresh) shop_changed(*refresh, change.rows);
  }

  void take(const Hook&) {}
  void take(const Accepting&) {}
  void take(const Restarted&) {}
  void take(const ClockStepped&) {}
  void take(const Disturbed&) {}
  void take(const StepEnds&) {}

  const Expectations expectations;
  Evidence evidence;
  std::vector<std::unique_ptr<Invariant>> invariants;
  std::optional<Refresh> refresh;
  Findings findings;
};

void Checker::State::take(const RefreshBegins& begins) {
  if (refresh) {
    findings.violations.push_back({begins.at, "journal", Verdict::unknown,
                                   "a refresh began before the one before it had ended"});
  }
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
  for (const auto& invariant : invariants) invariant->journalled(entry, course, findings);
  if (course == nullptr) return;
  if (!course->expected && course->in_scope) course->expected = expect_now(*course, entry.at);
  course->entries.push_back(entry);
}

void Checker::State::take(const RefreshEnds& ends) {
  if (!refresh) {
    findings.violations.push_back(
        {ends.at, "journal", Verdict::unknown, "a refresh ended that never began"});
    return;
  }
  for (const Row& row : ends.rows) {
    if (Course* const course = course_of(row.id)) course->at_end = row;
  }
  for (auto& [id, course] : refresh->courses) {
    if (!course.expected && course.in_scope) course.expected = expect_now(course, ends.at);
  }
  for (const auto& invariant : invariants) invariant->ended(*refresh, ends, findings);
  refresh.reset();
}

Checker::Checker(Expectations expectations)
    : state_(std::make_unique<State>(std::move(expectations))) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;

void Checker::feed(const Record& record) {
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
    for (const auto& invariant : all_invariants({})) all.push_back(invariant->id());
    return all;
  }();
  return ids;
}

}  // namespace vfstock::sim::invariants
