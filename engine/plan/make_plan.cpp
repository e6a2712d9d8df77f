#include "engine/plan/make_plan.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/capacity/capacity_batch.h"

namespace vfstock::plan {
namespace {

// An order that was cancelled or forgotten would hold its place for ever, and so would a service
// that the shop takes for delivered and whose server is somewhere else.
constexpr std::chrono::days longest_wait{7}, longest_wait_of_active{1};

/// In the order in which they came first.
template <class Id>
void keep_each_once(std::vector<Id>& ids) {
  std::set<Id> seen;
  std::erase_if(ids, [&](Id id) { return !seen.insert(id).second; });
}

bool still_waits(const PendingOrder& order, WallTime wall) {
  const auto longest = order.service.active ? longest_wait_of_active : longest_wait;
  return order.service.qty > 0 && wall - order.service.ordered < longest;
}

/// What an upgrade adds to what its service has. Storage on another profile is had anew.
capacity::Footprint added(const capacity::Footprint& after, const capacity::Footprint& before) {
  const auto more = [](std::int64_t now, std::int64_t then) {
    return std::max<std::int64_t>(0, now - std::max<std::int64_t>(0, then));
  };
  capacity::Footprint need = after;
  need.memory_mb = more(after.memory_mb, before.memory_mb);
  need.cores = more(after.cores, before.cores);
  need.ipv4_addresses = more(after.ipv4_addresses, before.ipv4_addresses);
  if (after.storage_profile == before.storage_profile) {
    need.storage_gb = more(after.storage_gb, before.storage_gb);
  }
  return need;
}

bool needs_nothing(const capacity::Footprint& need) {
  return need.memory_mb <= 0 && need.cores <= 0 && need.storage_gb <= 0 && need.ipv4_addresses <= 0;
}

/// The package where it was found. Where it was not, `held` says why nothing is known, or nothing
/// when it is gone.
const panel::Package* package_of(panel::PackageId id, const panel::LookupResults& answers,
                                 Reservation& held) {
  const auto* const package = answers.package(id);
  if (package == nullptr) {
    held.why_unknown = fmt::format("package {} was not looked up", id.value);
    return nullptr;
  }
  if (const auto* why = package->lookup.if_unavailable()) held.why_unknown = why->detail;
  return package->lookup.if_found();
}

/// The most that a VPS of the product takes of anything. The own package was found.
capacity::Footprint largest_need(const Terms& terms, const panel::LookupResults& answers) {
  const std::vector<capacity::Footprint> footprints = footprints_known(terms, answers);
  capacity::Footprint need = footprints.front();
  for (const capacity::Footprint& footprint : footprints) {
    need.memory_mb = std::max(need.memory_mb, footprint.memory_mb);
    need.cores = std::max(need.cores, footprint.cores);
    need.storage_gb = std::max(need.storage_gb, footprint.storage_gb);
    need.ipv4_addresses = std::max(need.ipv4_addresses, footprint.ipv4_addresses);
  }
  return need;
}

/// Takes off what the upgraded service has already. False: nothing is left, or nothing is known.
bool take_off_present(Reservation& held, const Terms& before, const panel::LookupResults& answers) {
  if (before.refusal) return true;
  const panel::Package* const package = package_of(before.package, answers, held);
  if (!held.why_unknown.empty()) held.need.reset();
  if (package == nullptr || !held.need) return true;
  Terms as_packaged = before;  // what was chosen for it is not known
  as_packaged.overrides = {};
  held.need = added(*held.need, own_footprint(as_packaged, *package));
  return !needs_nothing(*held.need);
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
    const std::vector<panel::PackageId> packages = packages_of(terms);
    questions.packages.insert(questions.packages.end(), packages.begin(), packages.end());
    questions.groups.insert(questions.groups.end(), terms.groups.begin(), terms.groups.end());
  }
  // Orders on their way are no reason to ask where nothing else is.
  if (!questions.packages.empty()) {
    for (const PendingOrder& order : shop.pending) {
      const Terms terms = terms_of(order, shop, policy);
      if (terms.refusal) continue;
      const std::vector<panel::PackageId> packages = packages_of(terms);
      questions.packages.insert(questions.packages.end(), packages.begin(), packages.end());
      const std::optional<Terms> before = terms_before(order, shop, policy);
      if (before && !before->refusal) questions.packages.push_back(before->package);
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
  Plan plan{request.scope, {}, reservations_of(shop, answers, policy, request.wall), brake, {}};
  const std::optional<Why> unknown = nothing_known(shop, answers);
  for (const ShopProduct& product : shop.products) {
    if (!request.scope.contains(product.row.id)) continue;
    PlannedProduct& planned = plan.products.emplace_back(undecided(product, shop, policy));
    planned.decision = decide_or_keep(decider, planned.terms, answers, plan.reserved, unknown);
  }
  plan.unsettled = unsettled(plan.products);
  ask_brake(plan, shop, policy, request);
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

std::optional<Reservation> reservation_of(const PendingOrder& order, const Shop& shop,
                                          const panel::LookupResults& answers, const Policy& policy,
                                          WallTime wall) {
  if (!still_waits(order, wall)) return std::nullopt;
  const Terms terms = terms_of(order, shop, policy);
  Reservation held{terms.groups, std::nullopt, "", order.service.qty};
  if (terms.refusal && is_transient(terms.refusal->cause)) {
    held.why_unknown = to_text(*terms.refusal);
    return held;
  }
  if (terms.refusal) return std::nullopt;  // it will never go to this panel
  bool is_sold = false;
  for (const panel::PackageId id : packages_of(terms)) {
    const bool is_found = package_of(id, answers, held) != nullptr;
    if (!held.why_unknown.empty()) return held;
    if (id == terms.package) is_sold = is_found;
  }
  if (!is_sold) return std::nullopt;
  held.need = largest_need(terms, answers);
  const std::optional<Terms> before = terms_before(order, shop, policy);
  if (before && !take_off_present(held, *before, answers)) return std::nullopt;
  return held;
}

std::vector<ReservedOrder> reserved_orders(const Terms& terms, const Shop& shop,
                                           const panel::LookupResults& answers,
                                           const Policy& policy, WallTime wall) {
  const auto* const told = answers.package(terms.package);
  const panel::Package* const package = told == nullptr ? nullptr : told->lookup.if_found();
  std::vector<ReservedOrder> orders;
  for (const PendingOrder& order : shop.pending) {
    const auto held = reservation_of(order, shop, answers, policy, wall);
    if (!held || !held->can_go_to_any(terms.groups)) continue;
    ReservedOrder& reserved = orders.emplace_back(ReservedOrder{order.service, std::nullopt});
    if (!held->need || package == nullptr) continue;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const std::int64_t each = cost(*held->need, own_footprint(terms, *package));
    reserved.places = held->qty > most / each ? most : held->qty * each;
  }
  return orders;
}

std::vector<Reservation> reservations_of(const Shop& shop, const panel::LookupResults& answers,
                                         const Policy& policy, WallTime wall) {
  std::vector<Reservation> reserved;
  for (const PendingOrder& order : shop.pending) {
    std::optional<Reservation> held = reservation_of(order, shop, answers, policy, wall);
    if (!held) continue;
    const auto alike = std::find_if(reserved.begin(), reserved.end(), [&](const Reservation& one) {
      return one.groups == held->groups && one.need == held->need &&
             one.why_unknown == held->why_unknown;
    });
    if (alike == reserved.end()) {
      reserved.push_back(*std::move(held));
    } else {
      constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
      alike->qty = held->qty > most - alike->qty ? most : alike->qty + held->qty;
    }
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

void ask_brake(Plan& plan, const Shop& shop, const Policy& policy, const Request& request) {
  Brake::Intent intent{
      request.began, plan.scope.is_all(), request.brake == BrakeUse::release, 0, {}, {}};
  for (const std::size_t at : plan.unsettled) {
    PlannedProduct& planned = plan.products[at];
    const bool falls = is_a_fall(planned, policy.brake_from);
    planned.withheld = falls && request.brake == BrakeUse::withhold;
    if (falls) intent.would_fall.insert(planned.row.id);
  }
  if (request.brake == BrakeUse::withhold || request.brake == BrakeUse::pass) return;
  if (intent.would_fall.empty() && plan.brake.is_at_rest()) return;
  intent.stocked = static_cast<std::size_t>(
      std::count_if(shop.products.begin(), shop.products.end(),
                    [](const ShopProduct& product) { return product.row.qty > 0; }));
  for (const catalogue::ProductId id : plan.brake.emptied()) {
    const ShopProduct* const product = find(shop, id);
    if (product != nullptr && product->row.qty > 0) intent.refilled.insert(id);
  }
  const auto withheld = plan.brake.withhold(intent, request.now);
  for (const std::size_t at : plan.unsettled) {
    PlannedProduct& planned = plan.products[at];
    planned.withheld = withheld.contains(planned.row.id);
  }
}

const PlannedProduct* find(const Plan& plan, catalogue::ProductId product) {
  const auto at = std::lower_bound(
      plan.products.begin(), plan.products.end(), product,
      [](const PlannedProduct& one, catalogue::ProductId wanted) { return one.row.id < wanted; });
  return at != plan.products.end() && at->row.id == product ? &*at : nullptr;
}

bool is_settled(const PlannedProduct& planned) {
  const SetQty* const set = planned.decision.if_set();
  return set != nullptr && set->set.qty() == planned.row.qty;
}

std::vector<std::size_t> unsettled(const std::vector<PlannedProduct>& products) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < products.size(); ++at) {
    if (!is_settled(products[at])) places.push_back(at);
  }
  return places;
}

bool is_a_fall(const PlannedProduct& planned, std::int64_t brake_from) {
  const SetQty* const set = planned.decision.if_set();
  if (set == nullptr || planned.row.qty <= 0) return false;
  const std::int64_t qty = set->set.qty();
  if (qty > 0 && qty >= (planned.row.qty + 3) / 4) return false;
  return planned.row.qty >= (rests_on_lost_records(set->why) ? 1 : brake_from);
}

std::optional<Derivation> derivation(const Terms& terms, const panel::LookupResults& answers) {
  if (terms.refusal || !is_looked_up(terms, answers)) return std::nullopt;
  std::vector<const capacity::HypervisorColumns*> found;
  for (const panel::GroupId id : terms.groups) {
    const auto* const resources = answers.group(id)->lookup.if_found();
    if (resources != nullptr) found.push_back(resources->hypervisors.get());
  }
  if (answers.package(terms.package)->lookup.if_found() == nullptr || found.empty()) {
    return std::nullopt;
  }
  std::optional<Derivation> least;
  for (const capacity::Footprint& footprint : footprints_known(terms, answers)) {
    capacity::Breakdown breakdown =
        capacity::breakdown(found, footprint, terms.counting, blocks_known(terms, answers));
    if (least && breakdown.capacity >= least->breakdown.capacity) continue;
    least = Derivation{footprint, std::move(breakdown)};
  }
  return least;
}

std::vector<panel::Exchange> evidence(const Terms& terms, const panel::LookupResults& answers) {
  std::vector<panel::Exchange> evidence;
  for (const panel::PackageId id : packages_of(terms)) append(evidence, answers.package(id));
  for (const panel::GroupId id : terms.groups) append(evidence, answers.group(id));
  return evidence;
}

}  // namespace vfstock::plan
