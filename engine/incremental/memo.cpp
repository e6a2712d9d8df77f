#include "engine/incremental/memo.h"

#include <optional>
#include <utility>

namespace vfstock::incremental {
namespace {

bool same(const panel::Package& one, const panel::Package& other) { return one == other; }
bool same(const panel::GroupResources& one, const panel::GroupResources& other) {
  return one.revision == other.revision;
}

/// Takes what was told into the inputs; both are in the order of their ids.
template <class Inputs, class Entries>
void take_into(Inputs& inputs, const Entries& entries, std::uint64_t number) {
  auto at = inputs.begin();
  for (const auto& [id, told] : entries) {
    while (at != inputs.end() && at->first < id) ++at;
    if (at == inputs.end() || id < at->first) at = inputs.try_emplace(at, id);
    auto& input = at->second;
    const auto* const found = told->lookup.if_found();
    if (input.is_known) {
      const bool is_same = found == nullptr ? told->lookup.is_missing() && !input.value
                                            : input.value.has_value() && same(*input.value, *found);
      if (is_same) continue;
    }
    input.is_known = false;  // until it holds all of the new one
    input.changed = number;
    if (told->lookup.if_unavailable() != nullptr) continue;
    input.value.reset();
    if (found != nullptr) input.value = *found;
    input.is_known = true;
  }
}

}  // namespace

const panel::Questions& Memo::questions(const plan::Shop& shop, const plan::Scope& scope) {
  follow(shop);
  if (scope.is_all() && shop.pending.empty()) {
    if (!questions_are_whole_) {
      questions_ = plan::questions_of(shop, scope, policy_);
      questions_are_whole_ = true;
    }
    return questions_;
  }
  questions_are_whole_ = false;
  return questions_ = plan::questions_of(shop, scope, policy_);
}

const plan::Plan& Memo::plan(const plan::Shop& shop, const panel::LookupResults& answers,
                             const plan::Brake& brake, const plan::Request& request) {
  if (plan::nothing_known(shop, answers)) {
    return part_ = plan::make_plan(shop, answers, policy_, brake, request);
  }
  ++number_;
  follow(shop);
  take(answers);
  auto reserved = plan::reservations_of(shop, answers, policy_, request.wall);
  if (reserved != whole_.reserved) {
    reserved_changed_ = number_;
    whole_.reserved = std::move(reserved);
  }
  const bool is_all = request.scope.is_all();
  part_.products.clear();
  for (std::size_t index = 0; index < bases_.size(); ++index) {
    if (!request.scope.contains(shop.products[index].row.id)) continue;
    if (!stands(bases_[index])) decide(index, answers);
    if (!is_all) part_.products.push_back(whole_.products[index]);
  }
  if (is_all) return finish(whole_, shop, brake, request);
  part_.reserved = whole_.reserved;
  return finish(part_, shop, brake, request);
}

const plan::Plan& Memo::finish(plan::Plan& plan, const plan::Shop& shop, const plan::Brake& brake,
                               const plan::Request& request) {
  plan.scope = request.scope;
  plan.brake = brake;
  plan::ask_brake(plan, shop, policy_, request);
  return plan;
}

// Brings rows and terms up to those of the shop.
void Memo::follow(const plan::Shop& shop) {
  if (!has_products_of(shop)) begin(shop);
  for (std::size_t index = 0; index < bases_.size(); ++index) {
    const plan::ShopProduct& product = shop.products[index];
    if (is_read(index, product)) {
      whole_.products[index].row.qty = product.row.qty;
    } else {
      read(index, shop);
    }
  }
}

bool Memo::has_products_of(const plan::Shop& shop) const {
  if (bases_.size() != shop.products.size() || bases_.size() != whole_.products.size()) {
    return false;
  }
  for (std::size_t index = 0; index < bases_.size(); ++index) {
    if (whole_.products[index].row.id.value != shop.products[index].row.id.value) return false;
  }
  return true;
}

bool Memo::is_read(std::size_t index, const plan::ShopProduct& product) const {
  return product.version != 0 && bases_[index].product == product.version;
}

void Memo::begin(const plan::Shop& shop) {
  questions_are_whole_ = false;
  bases_.clear();
  whole_.products.clear();
  for (const plan::ShopProduct& product : shop.products) {
    whole_.products.push_back(
        {product.row, {}, plan::Keep{{plan::Cause::surprise, "not decided"}}, false});
  }
  bases_.resize(shop.products.size());
}

void Memo::read(std::size_t index, const plan::Shop& shop) {
  const plan::ShopProduct& product = shop.products[index];
  plan::PlannedProduct& planned = whole_.products[index];
  Basis& basis = bases_[index];
  questions_are_whole_ = false;
  basis = {};
  planned.row = product.row;
  if (!product.surroundings && !product.unread) return;  // nobody asked about it
  planned.terms = plan::terms_of(product, shop, policy_);
  if (!planned.terms.refusal) {
    for (const panel::PackageId id : plan::packages_of(planned.terms)) {
      basis.packages.push_back(&packages_[id]);
    }
    for (const panel::GroupId id : planned.terms.groups) basis.groups.push_back(&groups_[id]);
  } else if (plan::is_transient(planned.terms.refusal->cause)) {
    return;  // what could not be read can perhaps be read now
  }
  basis.product = product.version;
}

void Memo::take(const panel::LookupResults& answers) {
  take_into(packages_, answers.packages(), number_);
  take_into(groups_, answers.groups(), number_);
}

bool Memo::stands(const Basis& basis) const {
  if (basis.decided == 0 || basis.decided < reserved_changed_) return false;
  // Both are empty where the terms refuse.
  for (const PackageInput* const package : basis.packages) {
    if (package->changed > basis.decided) return false;
  }
  for (const GroupInput* const group : basis.groups) {
    if (group->changed > basis.decided) return false;
  }
  return true;
}

void Memo::decide(std::size_t index, const panel::LookupResults& answers) {
  plan::PlannedProduct& planned = whole_.products[index];
  Basis& basis = bases_[index];
  basis.decided = 0;
  planned.decision =
      plan::decide_or_keep(decider_, planned.terms, answers, whole_.reserved, std::nullopt);
  // A Keep of a passing cause rests on something without a version.
  if (!plan::is_transient(planned.decision.why().cause)) basis.decided = number_;
}

}  // namespace vfstock::incremental
