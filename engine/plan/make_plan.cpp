#include "engine/plan/make_plan.h"

#include <algorithm>
#include <exception>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/capacity/capacity_batch.h"

namespace vfstock::plan {
namespace {

// An order that was cancelled or forgotten would hold its place for ever.
constexpr std::chrono::days longest_wait{7};

/// In the order in which they came first.
template <class Id>
void keep_each_once(std::vector<Id>& ids) {
  std::set<Id> seen;
  std::erase_if(ids, [&](Id id) { return !seen.insert(id).second; });
}

bool still_waits(const PendingOrder& order, WallTime wall) {
  return order.service.qty > 0 && wall - order.service.ordered < longest_wait;
}

/// What is reserved for an order; nullopt: nothing, as it will never go to this panel.
std::optional<Reservation> reservation_of(const Terms& terms, std::int64_t qty,
                                          const panel::LookupResults& answers) {
  Reservation held{terms.groups, std::nullopt, "", qty};
  if (terms.refusal && is_transient(terms.refusal->cause)) {
    held.why_unknown = to_text(*terms.refusal);
    return held;
  }
  if (terms.refusal) return std::nullopt;
  const auto* const package = answers.package(terms.package);
  if (package == nullptr) {
    held.why_unknown = fmt::format("package {} was not looked up", terms.package.value);
    return held;
  }
  if (package->lookup.is_missing()) return std::nullopt;
  if (const auto* found = package->lookup.if_found()) held.need = footprint_of(terms, *found);
  if (const auto* why = package->lookup.if_unavailable()) held.why_unknown = why->detail;
  return held;
}

template <class Response>
void append(std::vector<panel::Exchange>& evidence, const Response* response) {
  if (response == nullptr) return;
  evidence.insert(evidence.end(), response->evidence.begin(), response->evidence.end());
}

Decision surprise(std::string_view what) {
  return Keep{{Cause::surprise,
               fmt::format("deciding failed unexpectedly{}{}", what.empty() ? "" : ": ", what)}};
}

}  // namespace

panel::Questions questions_of(const Shop& shop, const Scope& scope, const Policy& policy) {
  panel::Questions questions;
  for (const ShopProduct& product : shop.products) {
    if (!scope.contains(product.row.id)) continue;
    const Terms terms = terms_of(product, shop, policy);
    if (terms.refusal) continue;
    questions.packages.push_back(terms.package);
    questions.groups.insert(questions.groups.end(), terms.groups.begin(), terms.groups.end());
  }
  // Orders on their way are no reason to ask where nothing else is.
  if (!questions.packages.empty()) {
    for (const PendingOrder& order : shop.pending) {
      const Terms terms = terms_of(order, shop, policy);
      if (!terms.refusal) questions.packages.push_back(terms.package);
    }
  }
  keep_each_once(questions.packages);
  keep_each_once(questions.groups);
  return questions;
}

Plan make_plan(const Shop& shop, const panel::LookupResults& answers, const Policy& policy,
               const Brake& brake, const Request& request) {
  capacity::CapacityBatch batch;
  Decider decider(policy, batch);
  Plan plan{request.scope, {}, reservations_of(shop, answers, policy, request.wall), brake};
  const std::optional<Why> unknown = nothing_known(shop, answers);
  for (const ShopProduct& product : shop.products) {
    if (!request.scope.contains(product.row.id)) continue;
    PlannedProduct& planned = plan.products.emplace_back(undecided(product, shop, policy));
    planned.decision = decide_or_keep(decider, planned.terms, answers, plan.reserved, unknown);
  }
  ask_brake(plan, shop, request);
  return plan;
}

PlannedProduct undecided(const ShopProduct& product, const Shop& shop, const Policy& policy) {
  return {product.row, terms_of(product, shop, policy), Keep{{Cause::surprise, "not decided"}},
          false};
}

std::optional<Why> nothing_known(const Shop& shop, const panel::LookupResults& answers) {
  if (answers.failure()) {
    return Why{Cause::surprise,
               fmt::format("asking the panel failed unexpectedly: {}", *answers.failure())};
  }
  return shop.pending_unread;
}

std::vector<Reservation> reservations_of(const Shop& shop, const panel::LookupResults& answers,
                                         const Policy& policy, WallTime wall) {
  std::vector<Reservation> reserved;
  for (const PendingOrder& order : shop.pending) {
    if (!still_waits(order, wall)) continue;
    auto held = reservation_of(terms_of(order, shop, policy), order.service.qty, answers);
    if (held) reserved.push_back(*std::move(held));
  }
  return reserved;
}

Decision decide_or_keep(Decider& decider, const Terms& terms, const panel::LookupResults& answers,
                        const std::vector<Reservation>& reserved,
                        const std::optional<Why>& unknown) {
  if (unknown && !terms.refusal) return Keep{*unknown};
  try {
    return decider.decide(terms, answers, reserved);
  } catch (const std::exception& error) {
    return surprise(error.what());
  } catch (...) {
    return surprise("");
  }
}

void ask_brake(Plan& plan, const Shop& shop, const Request& request) {
  Brake::Intent intent{
      request.began, plan.scope.is_all(), request.brake == BrakeUse::release, 0, {}, {}};
  for (PlannedProduct& planned : plan.products) {
    const bool emptied = is_emptied_by_records(planned);
    planned.withheld = emptied && request.brake == BrakeUse::withhold;
    if (emptied) intent.would_empty.insert(planned.row.id);
  }
  if (request.brake == BrakeUse::withhold || request.brake == BrakeUse::pass) return;
  if (intent.would_empty.empty() && plan.brake.is_at_rest()) return;
  intent.stocked = static_cast<std::size_t>(
      std::count_if(shop.products.begin(), shop.products.end(),
                    [](const ShopProduct& product) { return product.row.qty > 0; }));
  for (const catalogue::ProductId id : plan.brake.emptied()) {
    const ShopProduct* const product = find(shop, id);
    if (product != nullptr && product->row.qty > 0) intent.refilled.insert(id);
  }
  const auto withheld = plan.brake.withhold(intent, request.now);
  for (PlannedProduct& planned : plan.products) {
    planned.withheld = withheld.contains(planned.row.id);
  }
}

const PlannedProduct* find(const Plan& plan, catalogue::ProductId product) {
  const auto at = std::lower_bound(
      plan.products.begin(), plan.products.end(), product,
      [](const PlannedProduct& one, catalogue::ProductId wanted) { return one.row.id < wanted; });
  return at != plan.products.end() && at->row.id == product ? &*at : nullptr;
}

bool is_emptied_by_records(const PlannedProduct& planned) {
  const SetQty* const set = planned.decision.if_set();
  return set != nullptr && set->set.qty() == 0 && planned.row.qty > 0 &&
         is_brakeable(set->why.cause);
}

std::optional<capacity::Breakdown> derivation(const Terms& terms,
                                              const panel::LookupResults& answers) {
  if (terms.refusal || !is_looked_up(terms, answers)) return std::nullopt;
  const panel::Package* const package = answers.package(terms.package)->lookup.if_found();
  std::vector<const capacity::HypervisorColumns*> found;
  for (const panel::GroupId id : terms.groups) {
    const auto* const resources = answers.group(id)->lookup.if_found();
    if (resources != nullptr) found.push_back(resources->hypervisors.get());
  }
  if (package == nullptr || found.empty()) return std::nullopt;
  return capacity::breakdown(found, footprint_of(terms, *package), terms.counting,
                             blocks_known(terms, answers));
}

std::vector<panel::Exchange> evidence(const Terms& terms, const panel::LookupResults& answers) {
  std::vector<panel::Exchange> evidence;
  append(evidence, answers.package(terms.package));
  for (const panel::GroupId id : terms.groups) append(evidence, answers.group(id));
  return evidence;
}

}  // namespace vfstock::plan
