// make_plan: what a refresh should write, from everything that is known. Pure: no port, no clock
// but the moments given. The same inputs always give the same plan.
//
//   const Shop shop = ...;                                    // read from the shop's tables
//   const panel::Questions questions = questions_of(shop, request.scope, policy);
//   const panel::LookupResults answers = ...;                 // of these questions
//   const Plan plan = make_plan(shop, answers, policy, brake, request);
#pragma once

#include <vector>

#include "engine/base/clock.h"
#include "engine/panel/lookup_results.h"
#include "engine/plan/decider.h"
#include "engine/plan/explanation.h"
#include "engine/plan/plan.h"
#include "engine/plan/policy.h"
#include "engine/plan/shop.h"

namespace vfstock::plan {

/// How a plan asks the brake.
enum class BrakeUse {
  ask,       // whether too much falls at once
  release,   // a person wants the falls written
  withhold,  // it was asked for the plan that this one is part of, and withheld this product
  pass,      // the same, and did not
};

/// What is to be planned, and when.
struct Request {
  Scope scope = Scope::all();
  Instant began{};  // before anything was read
  WallTime wall{};  // when the shop was read
  Instant now{};    // when everything was known
  BrakeUse brake = BrakeUse::ask;
};

/// What must be looked up to decide the products of the scope. Each id once, in the order in which
/// it is first needed.
panel::Questions questions_of(const Shop& shop, const Scope& scope, const Policy& policy);

/// `answers` are those of questions_of(). Nothing that goes wrong with one product reaches another:
/// it becomes that product's Keep.
Plan make_plan(const Shop& shop, const panel::LookupResults& answers, const Policy& policy,
               const Brake& brake, const Request& request);

/// The steps of make_plan(), for whoever remembers what they gave (incremental/).

/// Why no product at all can be decided; nullopt as a rule.
std::optional<Why> nothing_known(const Shop& shop, const panel::LookupResults& answers);
/// What one order on its way will take; nullopt: nothing. One that is older than a week holds no
/// place any more, and one that the shop takes for delivered none after a day.
std::optional<Reservation> reservation_of(const PendingOrder& order, const Shop& shop,
                                          const panel::LookupResults& answers, const Policy& policy,
                                          WallTime wall);
/// The orders among them that take places of the product with these terms, one by one.
std::vector<ReservedOrder> reserved_orders(const Terms& terms, const Shop& shop,
                                           const panel::LookupResults& answers,
                                           const Policy& policy, WallTime wall);
/// What all of them will take; orders that are alike are one reservation.
std::vector<Reservation> reservations_of(const Shop& shop, const panel::LookupResults& answers,
                                         const Policy& policy, WallTime wall);
/// Throws nothing but std::bad_alloc: what fails is a Keep. `unknown` as of nothing_known().
Decision decide_or_keep(Decider& decider, const Terms& terms, const panel::LookupResults& answers,
                        const std::vector<Reservation>& reserved,
                        const std::optional<Why>& unknown);
/// The product as it was read, its terms, and no decision worth the name yet.
PlannedProduct undecided(const ShopProduct& product, const Shop& shop, const Policy& policy);
/// Says of each product whether the brake withholds it, and takes the brake along. All products of
/// the plan must be decided.
void ask_brake(Plan& plan, const Shop& shop, const Policy& policy, const Request& request);

}  // namespace vfstock::plan
