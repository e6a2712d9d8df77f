#include "engine/stock/refresh.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

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
  }
}

void add(RefreshReport& report, JournalEntry entry) {
  count(report.summary, entry);
  const bool known = entry.outcome != Outcome::kept;
  report.qty.emplace(entry.product, known ? std::optional(entry.new_qty) : std::nullopt);
  report.entries.push_back(std::move(entry));
}

Why store_failed(const std::string& doing, const std::string& failure) {
  return {Cause::store_failed, fmt::format("the shop's store failed while {}: {}", doing, failure)};
}

}  // namespace

RefreshReport Refresh::run(std::vector<Product> rows, Trigger trigger) {
  std::vector<Candidate> candidates;
  candidates.reserve(rows.size());
  for (Product& row : rows) {
    Terms terms = read_terms(row);
    candidates.push_back({std::move(row), std::move(terms)});
  }
  look_up(candidates);

  RefreshReport report;
  report.entries.reserve(candidates.size());
  for (Candidate& candidate : candidates) {
    Settled settled = settle(candidate);
    JournalEntry entry{
        ports_.clock.now(),          ports_.clock.wall(), trigger,         candidate.row.id,
        std::move(settled.decision), settled.outcome,     settled.old_qty, settled.new_qty,
        evidence(candidate.terms)};
    ports_.journal.record(entry);
    add(report, std::move(entry));
  }
  return report;
}

Explanation Refresh::explain(const Product& row) {
  const std::vector<Candidate> candidates{{row, read_terms(row)}};
  const Terms& terms = candidates.front().terms;
  look_up(candidates);
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

void Refresh::look_up(const std::vector<Candidate>& candidates) {
  panel::Questions questions;
  for (const Candidate& candidate : candidates) {
    if (candidate.terms.refusal) continue;
    questions.packages.push_back(candidate.terms.package);
    questions.groups.insert(questions.groups.end(), candidate.terms.groups.begin(),
                            candidate.terms.groups.end());
  }
  if (questions.packages.empty()) return;
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
  return decider_.decide(terms, answers_, batch_);
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
    Decision decision = decide(candidate.terms);
    const std::int64_t seen = candidate.row.qty;
    const SetQty* const wanted = decision.if_set();
    if (wanted == nullptr) return {std::move(decision), Outcome::kept, seen, seen};
    const std::int64_t qty = wanted->set.qty();
    if (qty == seen) return {std::move(decision), Outcome::unchanged, seen, seen};
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
  const Settled kept{Keep{store_failed("the qty was written", failure)}, Outcome::kept, seen, seen};
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
  candidate = {*std::move(row), std::move(terms)};
  return std::nullopt;
}

std::optional<Product> Refresh::managed_row(catalogue::ProductId product) {
  for (Product& row : ports_.catalogue.managed_products()) {
    if (row.id == product) return std::move(row);
  }
  return std::nullopt;
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
