#include "engine/schedule/refresh.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "engine/catalogue/text.h"

namespace vfstock::schedule {
namespace {

using catalogue::Product;
using catalogue::StoreError;
using catalogue::Written;

// A row that still moves after this many further readings is left to the next refresh.
constexpr int rereads_max = 3;

template <class Place>
void append(std::vector<panel::Exchange>& evidence, const Place& place) {
  const auto& all = place.told().evidence;
  evidence.insert(evidence.end(), all.begin(), all.end());
}

void count(apply::Summary& summary, apply::Outcome outcome, std::int64_t new_qty) {
  ++summary.total;
  switch (outcome) {
    case apply::Outcome::wrote:
      ++(new_qty == 0 ? summary.zeroed : summary.updated);
      return;
    case apply::Outcome::unchanged:
      ++summary.unchanged;
      return;
    case apply::Outcome::kept:
      ++summary.skipped;
      return;
    case apply::Outcome::held:
      ++summary.held;
      return;
  }
}

// A shelf at rest holds the qty that was decided.
void count_resting(apply::Summary& summary, std::size_t shelves) {
  const auto unchanged = static_cast<std::int64_t>(shelves);
  summary.total += unchanged;
  summary.unchanged += unchanged;
}

void add(apply::RefreshReport& report, apply::JournalEntry entry) {
  const bool known =
      entry.outcome == apply::Outcome::wrote || entry.outcome == apply::Outcome::unchanged;
  report.qty.emplace(entry.product, known ? std::optional(entry.new_qty) : std::nullopt);
  report.entries.push_back(std::move(entry));
}

plan::Why store_failed(const std::string& doing, const std::string& failure) {
  return {plan::Cause::store_failed,
          fmt::format("the shop's store failed while {}: {}", doing, failure)};
}

}  // namespace

apply::RefreshReport Refresh::run(const Task& task, plan::Brake& brake) {
  kept_for_now_.clear();
  emptied_.clear();
  if (!shelves_.follow()) {
    shelves_.read();
    batch_.forget();
  }
  const bool only_awake = task.is_sweep() && tells_nobody(task);
  choose(task, only_awake);
  for (Shelf* const shelf : chosen_) {
    if (!shelf->knows_terms()) shelves_.read_terms(*shelf);
  }
  read_pending();
  look_up(task.is_sweep());
  reserve();
  const bool answered = !ask_failure_ && !pending_failure_;
  // Without answers nothing stands.
  if (!answered) shelves_.wake_all();
  if (only_awake) choose(task, only_awake);
  for (Shelf* const shelf : chosen_) {
    if (!answered || !stands(*shelf)) decide_or_keep(*shelf);
  }
  withheld_ = ask_brake(task, brake);

  apply::RefreshReport report;
  if (only_awake) count_resting(report.summary, shelves_.all().size() - chosen_.size());
  settle_all(task, report);
  brake.take(emptied_, task.is_sweep());
  return report;
}

void Refresh::settle_all(const Task& task, apply::RefreshReport& report) {
  const bool tell = ports_.journal.wants_entries();
  const bool quietly = tells_nobody(task);
  for (Shelf* const shelf : chosen_) {
    if (quietly && shelf->is_settled()) {
      count(report.summary, apply::Outcome::unchanged, shelf->row.qty);
    } else {
      const Settled settled = settle(*shelf);
      take_note(*shelf, settled, report.summary);
      if (!quietly) {
        apply::JournalEntry told = entry(*shelf, settled, task.trigger);
        if (tell) {
          if (ports_.journal.wants_breakdowns()) tell_breakdown(*shelf);
          ports_.journal.record(told);
        }
        add(report, std::move(told));
      }
    }
    if (shelf->is_settled() && stands(*shelf)) shelves_.put_to_rest(*shelf);
  }
}

bool Refresh::tells_nobody(const Task& task) const {
  return !ports_.journal.wants_entries() && !task.report_products;
}

// A shelf at rest would be counted unchanged and has nothing for the brake, so a sweep of which
// nobody is told product by product leaves it alone.
void Refresh::choose(const Task& task, bool only_awake) {
  chosen_.clear();
  if (only_awake) return shelves_.add_awake(chosen_);
  for (Shelf& shelf : shelves_.all()) {
    if (!task.is_sweep() &&
        std::find(task.only.begin(), task.only.end(), shelf.row.id) == task.only.end()) {
      continue;
    }
    chosen_.push_back(&shelf);
  }
}

std::set<catalogue::ProductId> Refresh::ask_brake(const Task& task, plan::Brake& brake) {
  plan::Brake::Intent intent{task.began, task.is_sweep(), task.brake_released, 0, {}, {}};
  for (const Shelf* const shelf : chosen_) {
    const plan::SetQty* const set = shelf->last->decision.if_set();
    if (set == nullptr || set->set.qty() != 0 || shelf->row.qty <= 0) continue;
    if (plan::is_brakeable(set->why.cause)) intent.would_empty.insert(shelf->row.id);
  }
  if (intent.would_empty.empty() && brake.is_at_rest()) return {};
  intent.stocked = shelves_.stocked();
  for (const catalogue::ProductId id : brake.emptied()) {
    const Shelf* const shelf = shelves_.find(id);
    if (shelf != nullptr && shelf->row.qty > 0) intent.refilled.insert(id);
  }
  return brake.withhold(intent, ports_.clock.now());
}

plan::Explanation Refresh::explain(const Product& row) {
  Shelf shelf;
  shelves_.replace(shelf, row, shelves_.terms_of_row(row));
  chosen_ = {&shelf};
  read_pending();
  look_up(false);
  reserve();
  chosen_.clear();
  const plan::Terms& terms = *shelf.terms;
  plan::Explanation explanation{*decide(shelf, nullptr), row, std::nullopt, {}, std::nullopt};
  const auto& package = ports_.panel.package(terms.package);
  if (ports_.panel.is_looked_up(package)) explanation.package = package.told();
  for (const panel::GroupId id : terms.groups) {
    const auto& group = ports_.panel.group(id);
    if (ports_.panel.is_looked_up(group)) explanation.groups.emplace_back(id, group.told());
  }
  if (looked_up(shelf.grounds)) {
    explanation.breakdown = decider_.breakdown(terms, shelf.grounds);
  }
  return explanation;
}

// An order that was cancelled or forgotten would hold its place for ever.
void Refresh::read_pending() {
  constexpr std::chrono::days longest_wait{7};
  pending_.clear();
  pending_failure_.reset();
  if (!policy_.reserve_pending) return;
  try {
    for (const catalogue::PendingService& service : ports_.catalogue.pending_services()) {
      if (service.qty <= 0 || ports_.clock.wall() - service.ordered >= longest_wait) continue;
      plan::Terms terms = shelves_.terms_of_row(service.product);
      const std::int64_t chosen = catalogue::leading_integer(service.option.value_or(""));
      if (chosen > 0) terms.groups = {panel::GroupId{chosen}};
      pending_.emplace_back(std::move(terms), service.qty);
    }
  } catch (const std::exception& error) {
    pending_failure_ = store_failed("orders on their way were read", error.what());
  }
}

void Refresh::reserve() {
  std::vector<plan::Reservation> reserved;
  for (const auto& [terms, qty] : pending_) {
    plan::Reservation held{terms.groups, std::nullopt, "", qty};
    const auto& package = ports_.panel.package(terms.package);
    if (terms.refusal && plan::is_transient(terms.refusal->cause)) {
      held.why_unknown = terms.refusal->text;
    } else if (terms.refusal) {
      continue;  // it goes to no server of this panel
    } else if (!ports_.panel.is_looked_up(package)) {
      held.why_unknown = fmt::format("package {} was not looked up", terms.package.value);
    } else {
      const auto& lookup = package.lookup();
      if (lookup.is_missing()) continue;  // what does not exist cannot be provisioned
      if (const auto* found = lookup.if_found()) held.need = plan::footprint_of(terms, *found);
      if (const auto* why = lookup.if_unavailable()) held.why_unknown = why->detail;
    }
    reserved.push_back(std::move(held));
  }
  if (reserved == reserved_) return;
  reserved_ = std::move(reserved);
  ++reserved_version_;
  shelves_.wake_all();
}

void Refresh::look_up(bool whole) {
  ask_failure_.reset();
  panel::CachingPanel::Batch some;
  if (!whole) {
    for (const Shelf* const shelf : chosen_) add_to(some, shelf->grounds);
  } else if (!pending_.empty()) {
    some = shelves_.whole_batch().all();
  }
  const bool anything =
      whole ? !shelves_.whole_batch().all().packages.empty() : !some.packages.empty();
  for (const auto& [terms, qty] : pending_) {
    if (anything && !terms.refusal) some.packages.push_back(&ports_.panel.package(terms.package));
  }
  const bool as_it_stands = whole && pending_.empty();
  if (!as_it_stands) some.keep_each_once();
  try {
    if (as_it_stands) {
      ports_.panel.look_up(shelves_.whole_batch(), policy_.bounds.sweep);
    } else {
      ports_.panel.look_up(some, policy_.bounds.sweep);
    }
  } catch (const std::exception& error) {
    ask_failure_ = plan::Why{plan::Cause::surprise,
                             fmt::format("asking the panel failed unexpectedly: {}", error.what())};
  }
  if (whole) shelves_.wake_by_answers();
}

bool Refresh::looked_up(const plan::Grounds& grounds) const {
  return grounds.package != nullptr && ports_.panel.is_looked_up(*grounds.package) &&
         std::all_of(grounds.groups.begin(), grounds.groups.end(),
                     [&](const auto* group) { return ports_.panel.is_looked_up(*group); });
}

std::optional<plan::Decision> Refresh::decide(const Shelf& shelf, const plan::Decision* last) {
  if (!shelf.terms->refusal && ask_failure_) return plan::Keep{*ask_failure_};
  if (!shelf.terms->refusal && pending_failure_) return plan::Keep{*pending_failure_};
  return decider_.decide_again(last, *shelf.terms, shelf.grounds, reserved_, batch_);
}

void Refresh::make_decision(Shelf& shelf) {
  const plan::Decision* const before = shelf.last ? &shelf.last->decision : nullptr;
  if (auto decision = decide(shelf, before)) {
    const bool may_stand = !plan::is_transient(decision->why().cause);
    shelf.last.emplace(LastDecision{*std::move(decision), may_stand, 0, 0});
  }
  shelf.last->answers = ports_.panel.version();
  shelf.last->reserved = reserved_version_;
}

// Nothing that goes wrong with one product may reach the others.
void Refresh::decide_or_keep(Shelf& shelf) {
  try {
    make_decision(shelf);
  } catch (const std::exception& error) {
    keep(shelf,
         {plan::Cause::surprise, fmt::format("deciding failed unexpectedly: {}", error.what())});
  } catch (...) {
    keep(shelf, {plan::Cause::surprise, "deciding failed unexpectedly"});
  }
}

void Refresh::keep(Shelf& shelf, plan::Why why) {
  shelf.last = {plan::Keep{std::move(why)}, false, 0, 0};
}

Refresh::Settled Refresh::settle(Shelf& shelf) {
  const auto kept = [&](plan::Why why) {
    keep(shelf, std::move(why));
    return Settled{apply::Outcome::kept, shelf.row.qty, shelf.row.qty};
  };
  try {
    return settle_or_throw(shelf);
  } catch (const StoreError& error) {
    return kept(store_failed("the row was read again", error.what()));
  } catch (const std::exception& error) {
    return kept(
        {plan::Cause::surprise, fmt::format("deciding failed unexpectedly: {}", error.what())});
  } catch (...) {
    return kept({plan::Cause::surprise, "deciding failed unexpectedly"});
  }
}

Refresh::Settled Refresh::settle_or_throw(Shelf& shelf) {
  for (int rereads = 0;; ++rereads) {
    const std::int64_t seen = shelf.row.qty;
    const plan::SetQty* const wanted = shelf.last->decision.if_set();
    if (wanted == nullptr) return {apply::Outcome::kept, seen, seen};
    const std::int64_t qty = wanted->set.qty();
    if (qty == seen) return {apply::Outcome::unchanged, seen, seen};
    if (qty == 0 && plan::is_brakeable(wanted->why.cause) && withheld_.contains(shelf.row.id)) {
      return {apply::Outcome::held, seen, seen};
    }
    try {
      if (ports_.catalogue.write(shelf.row.id, wanted->set, seen) == Written::yes) {
        shelf.row.qty = qty;
        return {apply::Outcome::wrote, seen, qty};
      }
    } catch (const StoreError& error) {
      return after_failed_write(shelf, qty, error.what());
    }
    std::optional<plan::Why> contended;
    if (rereads == rereads_max) {
      contended = plan::Why{plan::Cause::contended,
                            "the row changed each time its qty was about to be written"};
    } else {
      contended = read_again(shelf);
    }
    if (contended) {
      keep(shelf, *std::move(contended));
      return {apply::Outcome::kept, seen, seen};
    }
    make_decision(shelf);
  }
}

// A store that failed may have written all the same (the connection broke after the commit); the
// row itself tells.
Refresh::Settled Refresh::after_failed_write(Shelf& shelf, std::int64_t qty,
                                             const std::string& failure) {
  const std::int64_t seen = shelf.row.qty;
  const auto kept = [&] {
    keep(shelf, store_failed("the qty was written", failure));
    return Settled{apply::Outcome::kept, seen, seen};
  };
  try {
    const std::optional<Product> row = managed_row(shelf.row.id);
    if (!row || row->qty != qty) return kept();
  } catch (const StoreError&) {
    return kept();
  }
  shelf.row.qty = qty;
  return {apply::Outcome::wrote, seen, qty};
}

// Takes the row as it is now, to be decided again on the same answers. Why not, when it cannot.
std::optional<plan::Why> Refresh::read_again(Shelf& shelf) {
  std::optional<Product> row = managed_row(shelf.row.id);
  if (!row) {
    return plan::Why{plan::Cause::contended, "the product was removed or is no longer managed"};
  }
  Shelf moved;
  plan::Terms terms = shelves_.terms_of_row(*row);
  shelves_.replace(moved, *std::move(row), std::move(terms));
  if (!moved.terms->refusal && !looked_up(moved.grounds)) {
    return plan::Why{plan::Cause::contended,
                     "the product was changed to a package or group not looked up yet"};
  }
  shelf = std::move(moved);
  // What made the row move may be an order.
  read_pending();
  reserve();
  return std::nullopt;
}

std::optional<Product> Refresh::managed_row(catalogue::ProductId product) {
  std::optional<Product> row = ports_.catalogue.product(product);
  if (row && !is_managed(*row)) row.reset();
  return row;
}

void Refresh::take_note(const Shelf& shelf, const Settled& settled, apply::Summary& summary) {
  count(summary, settled.outcome, settled.new_qty);
  const plan::Decision& decision = shelf.last->decision;
  const plan::Keep* const kept = decision.if_keep();
  if (kept != nullptr && plan::is_transient(kept->why.cause)) {
    kept_for_now_.push_back({shelf.row.id, *kept});
  }
  const bool emptied =
      settled.outcome == apply::Outcome::wrote && settled.new_qty == 0 && settled.old_qty > 0;
  if (emptied && plan::is_brakeable(decision.why().cause)) emptied_.push_back(shelf.row.id);
}

apply::JournalEntry Refresh::entry(const Shelf& shelf, const Settled& settled,
                                   apply::Trigger trigger) {
  return {ports_.clock.now(), ports_.clock.wall(),  trigger,
          shelf.row.id,       shelf.last->decision, settled.outcome,
          settled.old_qty,    settled.new_qty,      evidence(*shelf.terms)};
}

void Refresh::tell_breakdown(const Shelf& shelf) {
  if (shelf.terms->refusal || !looked_up(shelf.grounds)) return;
  try {
    const auto breakdown = decider_.breakdown(*shelf.terms, shelf.grounds);
    if (breakdown) ports_.journal.breakdown(*breakdown);
  } catch (const std::exception& error) {
    ports_.journal.trouble(fmt::format("a breakdown could not be made: {}", error.what()));
  }
}

std::vector<panel::Exchange> Refresh::evidence(const plan::Terms& terms) {
  std::vector<panel::Exchange> evidence;
  const auto& package = ports_.panel.package(terms.package);
  if (ports_.panel.is_looked_up(package)) append(evidence, package);
  for (const panel::GroupId id : terms.groups) {
    const auto& group = ports_.panel.group(id);
    if (ports_.panel.is_looked_up(group)) append(evidence, group);
  }
  return evidence;
}

}  // namespace vfstock::schedule
