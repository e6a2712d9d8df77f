#include "engine/apply/apply.h"

#include <exception>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/apply/read_shop.h"
#include "engine/catalogue/store_busy.h"
#include "engine/plan/make_plan.h"

namespace vfstock::apply {
namespace {

using catalogue::Product;
using catalogue::StoreError;
using catalogue::Written;
using plan::PlannedProduct;

// A row that still moves after this many further readings is left to the next refresh.
constexpr int rereads_max = 3;

constexpr const char* store_was_busy =
    "another program holds the shop's tables, as a write before this one found; it was not tried";
constexpr const char* time_was_over =
    "the time of the sweep is over, which the shop's store used up; it was not tried";

/// One product of a plan on its way to the shop.
class Row {
 public:
  Row(const PlannedProduct& planned, const Basis& basis, const Ports& ports)
      : basis_(basis), ports_(ports), brake_(use_of_brake(planned)), planned_(&planned) {}

  void carry_out(bool plans_again);

  /// Leaves a row that was to be written as it is.
  void pass_over(const char* why) { keep(store_failed("the qty was to be written", why)); }
  /// The store turned out to be held by another program.
  bool found_store_busy() const { return found_store_busy_; }

  /// As it was planned in the end.
  const PlannedProduct& planned() const { return *planned_; }
  Outcome outcome() const { return outcome_; }
  std::int64_t old_qty() const { return old_qty_; }
  std::int64_t new_qty() const { return new_qty_; }

 private:
  static plan::BrakeUse use_of_brake(const PlannedProduct& planned) {
    return planned.withheld ? plan::BrakeUse::withhold : plan::BrakeUse::pass;
  }
  void carry_out_or_throw(bool plans_again);
  void keep(plan::Why why);
  void settle(Outcome outcome, std::int64_t qty);
  void after_failed_write(std::int64_t qty, const std::string& failure);
  std::optional<plan::Why> plan_again();
  std::optional<Product> managed_row();

  const Basis& basis_;
  const Ports& ports_;
  const plan::BrakeUse brake_;  // the brake was asked once, for the whole plan
  const PlannedProduct* planned_;
  std::optional<PlannedProduct> again_;  // what took the place of the plan's own
  std::int64_t old_qty_ = 0;
  std::int64_t new_qty_ = 0;
  Outcome outcome_ = Outcome::kept;
  bool found_store_busy_ = false;
};

void Row::carry_out(bool plans_again) {
  try {
    carry_out_or_throw(plans_again);
  } catch (const StoreError& error) {
    keep(store_failed("the row was read again", error.what()));
  } catch (const std::exception& error) {
    keep({plan::Cause::surprise, fmt::format("deciding failed unexpectedly: {}", error.what())});
  } catch (...) {
    keep({plan::Cause::surprise, "deciding failed unexpectedly"});
  }
}

void Row::carry_out_or_throw(bool plans_again) {
  for (int rereads = 0;; ++rereads) {
    const Outcome wanted = intended(*planned_);
    if (wanted != Outcome::wrote) return settle(wanted, planned_->row.qty);
    const catalogue::Set set = planned_->decision.if_set()->set;
    try {
      if (ports_.catalogue.write(planned_->row.id, set, planned_->row.qty) == Written::yes) {
        return settle(Outcome::wrote, set.qty());
      }
    } catch (const StoreError& error) {
      found_store_busy_ = dynamic_cast<const catalogue::StoreBusy*>(&error) != nullptr;
      return after_failed_write(set.qty(), error.what());
    }
    if (!plans_again)
      return keep({plan::Cause::contended, "the row moved since the plan was made"});
    if (rereads == rereads_max) {
      return keep(
          {plan::Cause::contended, "the row changed each time its qty was about to be written"});
    }
    if (auto why = plan_again()) return keep(*std::move(why));
  }
}

void Row::settle(Outcome outcome, std::int64_t qty) {
  old_qty_ = planned_->row.qty;
  outcome_ = outcome;
  new_qty_ = qty;
}

void Row::keep(plan::Why why) {
  PlannedProduct kept = *planned_;
  kept.decision = plan::Keep{std::move(why)};
  again_ = std::move(kept);
  planned_ = &*again_;
  settle(Outcome::kept, planned_->row.qty);
}

// A store that failed may have written all the same (the connection broke after the commit); the
// row itself tells.
void Row::after_failed_write(std::int64_t qty, const std::string& failure) {
  try {
    const std::optional<Product> row = managed_row();
    if (row && row->qty == qty) return settle(Outcome::wrote, qty);
  } catch (const StoreError&) {
    // Nobody knows, then.
  }
  keep(store_failed("the qty was written", failure));
}

// Plans the row as it is now on the same answers. Why not, when it cannot.
std::optional<plan::Why> Row::plan_again() {
  std::optional<Product> row = managed_row();
  if (!row) {
    return plan::Why{plan::Cause::contended, "the product was removed or is no longer managed"};
  }
  plan::Shop now;
  now.panel_host = basis_.shop.panel_host;
  now.products.push_back({*std::move(row), std::nullopt, std::nullopt, 0});
  SurroundingsReader reader(ports_.catalogue);
  read_surroundings(reader, now.products.front());
  // What made the row move may be an order.
  if (basis_.policy.reserve_pending) read_pending(ports_.catalogue, reader, now);
  plan::Request request;
  request.scope = plan::Scope::of({planned_->row.id});
  request.wall = ports_.clock.wall();
  request.brake = brake_;
  plan::Plan fresh = plan::make_plan(now, basis_.answers, basis_.policy, plan::Brake(), request);
  PlannedProduct& planned = fresh.products.front();
  if (planned.decision.why().cause == plan::Cause::contended) return planned.decision.why();
  again_ = std::move(planned);
  planned_ = &*again_;
  return std::nullopt;
}

std::optional<Product> Row::managed_row() {
  std::optional<Product> row = ports_.catalogue.product(planned_->row.id);
  if (row && !is_managed(*row)) row.reset();
  return row;
}

JournalEntry entry(const Row& row, const Basis& basis, const Ports& ports, Trigger trigger) {
  return {ports.clock.now(),
          ports.clock.wall(),
          trigger,
          row.planned().row.id,
          row.planned().decision,
          row.outcome(),
          row.old_qty(),
          row.new_qty(),
          plan::evidence(row.planned().terms, basis.answers)};
}

void tell_breakdown(const PlannedProduct& planned, const Basis& basis, Journal& journal) {
  try {
    const auto derived = plan::derivation(planned.terms, basis.answers);
    if (derived) journal.breakdown(derived->breakdown);
  } catch (const std::exception& error) {
    journal.trouble(fmt::format("a breakdown could not be made: {}", error.what()));
  }
}

void add(RefreshReport& report, JournalEntry entry) {
  const bool known = entry.outcome == Outcome::wrote || entry.outcome == Outcome::unchanged;
  report.qty.emplace(entry.product, known ? std::optional(entry.new_qty) : std::nullopt);
  report.entries.push_back(std::move(entry));
}

void take_note(const Row& row, const plan::Policy& policy, Applied& applied) {
  count(applied.report.summary, row.outcome(), row.new_qty());
  const plan::Decision& decision = row.planned().decision;
  const plan::Keep* const kept = decision.if_keep();
  if (kept != nullptr && plan::is_transient(kept->why.cause)) {
    applied.kept_for_now.push_back({row.planned().row.id, *kept});
  }
  const bool emptied = row.outcome() == Outcome::wrote && row.new_qty() == 0;
  if (emptied && plan::is_a_fall(row.planned(), policy.brake_from)) {
    applied.emptied.push_back(row.planned().row.id);
  }
}

}  // namespace

void count(Summary& summary, Outcome outcome, std::int64_t new_qty) {
  ++summary.total;
  switch (outcome) {
    case Outcome::wrote:
      ++(new_qty == 0 ? summary.zeroed : summary.updated);
      return;
    case Outcome::unchanged:
      ++summary.unchanged;
      return;
    case Outcome::kept:
      ++summary.skipped;
      return;
    case Outcome::held:
      ++summary.held;
      return;
  }
}

Outcome intended(const PlannedProduct& planned) {
  const plan::SetQty* const set = planned.decision.if_set();
  if (set == nullptr) return Outcome::kept;
  if (plan::is_settled(planned)) return Outcome::unchanged;
  return planned.withheld ? Outcome::held : Outcome::wrote;
}

namespace {

/// Carries single products of a plan out, and keeps account of them.
class Carrier {
 public:
  Carrier(const Basis& basis, const Ports& ports, const Order& order)
      : basis_(basis), ports_(ports), order_(order) {}

  /// Somebody reads of the products that nothing is to be done about.
  bool tells_of_all() const { return journal_wants_ || order_.report_products; }
  void carry_out(const PlannedProduct& planned);
  void pass_over_settled(std::size_t products) {
    applied_.report.summary.total += static_cast<std::int64_t>(products);
    applied_.report.summary.unchanged += static_cast<std::int64_t>(products);
  }
  Applied& applied() { return applied_; }

 private:
  const Basis& basis_;
  const Ports& ports_;
  const Order& order_;
  const bool journal_wants_ = ports_.journal.wants_entries();
  Applied applied_;
  bool store_is_busy_ = false;  // each further write would wait as long, and in vain
};

void Carrier::carry_out(const PlannedProduct& planned) {
  Row row(planned, basis_, ports_);
  const bool is_late = order_.write_until && ports_.clock.now() > *order_.write_until;
  if ((store_is_busy_ || is_late) && intended(planned) == Outcome::wrote) {
    row.pass_over(store_is_busy_ ? store_was_busy : time_was_over);
  } else {
    row.carry_out(order_.plans_again);
    store_is_busy_ = store_is_busy_ || row.found_store_busy();
  }
  take_note(row, basis_.policy, applied_);
  if (!tells_of_all()) return;
  JournalEntry told = entry(row, basis_, ports_, order_.trigger);
  if (journal_wants_) {
    if (ports_.journal.wants_breakdowns()) tell_breakdown(row.planned(), basis_, ports_.journal);
    ports_.journal.record(told);
  }
  add(applied_.report, std::move(told));
}

}  // namespace

Applied apply(const plan::Plan& plan, const Basis& basis, const Ports& ports, const Order& order) {
  Carrier carrier(basis, ports, order);
  carrier.applied().report.released = static_cast<std::int64_t>(plan.brake.released().size());
  if (carrier.tells_of_all()) {
    for (const PlannedProduct& planned : plan.products) carrier.carry_out(planned);
  } else {
    for (const std::size_t at : plan.unsettled) carrier.carry_out(plan.products[at]);
    carrier.pass_over_settled(plan.products.size() - plan.unsettled.size());
  }
  return std::move(carrier.applied());
}

}  // namespace vfstock::apply
