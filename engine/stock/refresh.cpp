#include "engine/stock/refresh.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "engine/catalogue/text.h"

namespace vfstock::stock {
namespace {

using catalogue::Product;
using catalogue::StoreError;
using catalogue::Written;

// A row that still moves after this many further readings is left to the next refresh.
constexpr int rereads_max = 3;

template <class Told>
void append(std::vector<panel::Exchange>& evidence, const Told& told) {
  evidence.insert(evidence.end(), told.evidence.begin(), told.evidence.end());
}

void count(Summary& summary, const JournalEntry& entry) {
  ++summary.total;
  switch (entry.outcome) {
    case Outcome::wrote:
      ++(entry.new_qty == 0 ? summary.zeroed : summary.updated);
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

void add(RefreshReport& report, JournalEntry entry) {
  count(report.summary, entry);
  const bool known = entry.outcome == Outcome::wrote || entry.outcome == Outcome::unchanged;
  report.qty.emplace(entry.product, known ? std::optional(entry.new_qty) : std::nullopt);
  report.entries.push_back(std::move(entry));
}

Why store_failed(const std::string& doing, const std::string& failure) {
  return {Cause::store_failed, fmt::format("the shop's store failed while {}: {}", doing, failure)};
}

}  // namespace

RefreshReport Refresh::run(Task task, Brake& brake) {
  std::vector<Candidate> candidates;
  candidates.reserve(task.rows.size());
  for (Product& row : task.rows) {
    Terms terms = read_terms(row);
    candidates.push_back({std::move(row), std::move(terms), std::nullopt});
  }
  read_pending();
  look_up(candidates);
  reserve();
  for (Candidate& candidate : candidates) candidate.decision = decide_or_keep(candidate);
  withheld_ = ask_brake(task, candidates, brake);

  RefreshReport report;
  report.entries.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    Settled settled = settle(candidate);
    JournalEntry entry{
        ports_.clock.now(),          ports_.clock.wall(), task.trigger,    candidate.row.id,
        std::move(settled.decision), settled.outcome,     settled.old_qty, settled.new_qty,
        evidence(candidate.terms)};
    if (ports_.journal.wants_breakdowns()) tell_breakdown(candidate.terms);
    ports_.journal.record(entry);
    add(report, std::move(entry));
  }
  brake.take(report, task.is_sweep);
  return report;
}

std::set<catalogue::ProductId> Refresh::ask_brake(const Task& task,
                                                  const std::vector<Candidate>& candidates,
                                                  Brake& brake) {
  Brake::Intent intent{task.began, task.is_sweep, task.brake_released, task.with_stock, {}};
  for (const Candidate& candidate : candidates) {
    const SetQty* const set = candidate.decision->if_set();
    if (set == nullptr || set->set.qty() != 0 || candidate.row.qty <= 0) continue;
    if (is_brakeable(set->why.cause)) intent.would_empty.insert(candidate.row.id);
  }
  return brake.withhold(intent, ports_.clock.now());
}

Explanation Refresh::explain(const Product& row) {
  const std::vector<Candidate> candidates{{row, read_terms(row), std::nullopt}};
  const Terms& terms = candidates.front().terms;
  read_pending();
  look_up(candidates);
  reserve();
  Explanation explanation{decide(terms), row, std::nullopt, {}, std::nullopt};
  const auto package = answers_.packages.find(terms.package);
  if (package != answers_.packages.end()) explanation.package = package->second;
  for (const panel::GroupId id : terms.groups) {
    const auto group = answers_.groups.find(id);
    if (group != answers_.groups.end()) explanation.groups.emplace_back(id, group->second);
  }
  if (looked_up(terms)) explanation.breakdown = decider_.breakdown(terms, answers_);
  return explanation;
}

Terms Refresh::read_terms(const Product& row) {
  Terms terms;
  try {
    Surroundings surroundings;
    surroundings.panel_host = panel_host_;
    surroundings.options = ports_.catalogue.option_values(row.id);
    if (row.servergroup != 0) {
      surroundings.virtfusion_hosts = ports_.catalogue.virtfusion_hosts(row.servergroup);
    }
    return terms_of(row, surroundings, policy_);
  } catch (const StoreError& error) {
    terms.refusal = store_failed("the product's options were read", error.what());
  } catch (const std::exception& error) {
    terms.refusal =
        Why{Cause::surprise, fmt::format("reading the product's options failed: {}", error.what())};
  }
  return terms;
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
      Terms terms = read_terms(service.product);
      const std::int64_t chosen = catalogue::leading_integer(service.option.value_or(""));
      if (chosen > 0) terms.groups = {panel::GroupId{chosen}};
      pending_.emplace_back(std::move(terms), service.qty);
    }
  } catch (const std::exception& error) {
    pending_failure_ = store_failed("orders on their way were read", error.what());
  }
}

void Refresh::reserve() {
  reserved_.clear();
  for (const auto& [terms, qty] : pending_) {
    Reservation held{terms.groups, std::nullopt, "", qty};
    const auto known = answers_.packages.find(terms.package);
    if (terms.refusal && is_transient(terms.refusal->cause)) {
      held.why_unknown = terms.refusal->text;
    } else if (terms.refusal) {
      continue;  // it goes to no server of this panel
    } else if (known == answers_.packages.end()) {
      held.why_unknown = fmt::format("package {} was not looked up", terms.package.value);
    } else {
      const auto& lookup = known->second.lookup;
      if (lookup.is_missing()) continue;  // what does not exist cannot be provisioned
      if (const auto* package = lookup.if_found()) held.need = footprint_of(terms, *package);
      if (const auto* why = lookup.if_unavailable()) held.why_unknown = why->detail;
    }
    reserved_.push_back(std::move(held));
  }
}

void Refresh::look_up(const std::vector<Candidate>& candidates) {
  panel::Questions questions;
  for (const Candidate& candidate : candidates) {
    if (candidate.terms.refusal) continue;
    questions.packages.push_back(candidate.terms.package);
    questions.groups.insert(questions.groups.end(), candidate.terms.groups.begin(),
                            candidate.terms.groups.end());
  }
  if (questions.packages.empty()) return;
  for (const auto& [terms, qty] : pending_) {
    if (!terms.refusal) questions.packages.push_back(terms.package);
  }
  try {
    answers_ = ports_.panel.ask(questions, policy_.bounds.sweep);
  } catch (const std::exception& error) {
    ask_failure_ =
        Why{Cause::surprise, fmt::format("asking the panel failed unexpectedly: {}", error.what())};
  }
}

bool Refresh::looked_up(const Terms& terms) const {
  return answers_.packages.contains(terms.package) &&
         std::all_of(terms.groups.begin(), terms.groups.end(),
                     [&](panel::GroupId id) { return answers_.groups.contains(id); });
}

Decision Refresh::decide(const Terms& terms) {
  if (!terms.refusal && ask_failure_) return Keep{*ask_failure_};
  if (!terms.refusal && pending_failure_) return Keep{*pending_failure_};
  return decider_.decide(terms, answers_, reserved_, batch_);
}

// Nothing that goes wrong with one product may reach the others.
Decision Refresh::decide_or_keep(const Candidate& candidate) {
  try {
    return decide(candidate.terms);
  } catch (const std::exception& error) {
    return Keep{{Cause::surprise, fmt::format("deciding failed unexpectedly: {}", error.what())}};
  } catch (...) {
    return Keep{{Cause::surprise, "deciding failed unexpectedly"}};
  }
}

Refresh::Settled Refresh::settle(Candidate& candidate) {
  const auto kept = [&](Why why) {
    return Settled{Keep{std::move(why)}, Outcome::kept, candidate.row.qty, candidate.row.qty};
  };
  try {
    return settle_or_throw(candidate);
  } catch (const StoreError& error) {
    return kept(store_failed("the row was read again", error.what()));
  } catch (const std::exception& error) {
    return kept({Cause::surprise, fmt::format("deciding failed unexpectedly: {}", error.what())});
  } catch (...) {
    return kept({Cause::surprise, "deciding failed unexpectedly"});
  }
}

Refresh::Settled Refresh::settle_or_throw(Candidate& candidate) {
  for (int rereads = 0;; ++rereads) {
    Decision decision = candidate.decision ? *std::exchange(candidate.decision, std::nullopt)
                                           : decide(candidate.terms);
    const std::int64_t seen = candidate.row.qty;
    const SetQty* const wanted = decision.if_set();
    if (wanted == nullptr) return {std::move(decision), Outcome::kept, seen, seen};
    const std::int64_t qty = wanted->set.qty();
    if (qty == seen) return {std::move(decision), Outcome::unchanged, seen, seen};
    if (withheld_.contains(candidate.row.id) && qty == 0 && is_brakeable(wanted->why.cause)) {
      return {std::move(decision), Outcome::held, seen, seen};
    }
    try {
      if (ports_.catalogue.write(candidate.row.id, wanted->set, seen) == Written::yes) {
        return {std::move(decision), Outcome::wrote, seen, qty};
      }
    } catch (const StoreError& error) {
      return after_failed_write(candidate, decision, qty, error.what());
    }
    std::optional<Why> contended;
    if (rereads == rereads_max) {
      contended =
          Why{Cause::contended, "the row changed each time its qty was about to be written"};
    } else {
      contended = read_again(candidate);
    }
    if (contended) return {Keep{*std::move(contended)}, Outcome::kept, seen, seen};
  }
}

// A store that failed may have written all the same (the connection broke after the commit); the
// row itself tells.
Refresh::Settled Refresh::after_failed_write(const Candidate& candidate, const Decision& decision,
                                             std::int64_t qty, const std::string& failure) {
  const std::int64_t seen = candidate.row.qty;
  Settled kept{Keep{store_failed("the qty was written", failure)}, Outcome::kept, seen, seen};
  try {
    const std::optional<Product> row = managed_row(candidate.row.id);
    if (!row || row->qty != qty) return kept;
  } catch (const StoreError&) {
    return kept;
  }
  return {decision, Outcome::wrote, seen, qty};
}

// Takes the row as it is now, to be decided again on the same answers. Why not, when it cannot.
std::optional<Why> Refresh::read_again(Candidate& candidate) {
  std::optional<Product> row = managed_row(candidate.row.id);
  if (!row) {
    return Why{Cause::contended, "the product was removed or is no longer managed"};
  }
  Terms terms = read_terms(*row);
  if (!terms.refusal && !looked_up(terms)) {
    return Why{Cause::contended, "the product was changed to a package or group not looked up yet"};
  }
  candidate = {*std::move(row), std::move(terms), std::nullopt};
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

void Refresh::tell_breakdown(const Terms& terms) {
  if (terms.refusal || !looked_up(terms)) return;
  try {
    const auto breakdown = decider_.breakdown(terms, answers_);
    if (breakdown) ports_.journal.breakdown(*breakdown);
  } catch (const std::exception& error) {
    ports_.journal.trouble(fmt::format("a breakdown could not be made: {}", error.what()));
  }
}

std::vector<panel::Exchange> Refresh::evidence(const Terms& terms) const {
  std::vector<panel::Exchange> evidence;
  const auto package = answers_.packages.find(terms.package);
  if (package != answers_.packages.end()) append(evidence, package->second);
  for (const panel::GroupId id : terms.groups) {
    const auto group = answers_.groups.find(id);
    if (group != answers_.groups.end()) append(evidence, group->second);
  }
  return evidence;
}

}  // namespace vfstock::stock
