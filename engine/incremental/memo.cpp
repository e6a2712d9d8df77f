#include "engine/incremental/memo.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace vfstock::incremental {
namespace {

bool same(const panel::Package& one, const panel::Package& other) { return one == other; }

bool same(const panel::GroupResources& one, const panel::GroupResources& other) {
  if (one.revision != other.revision) return false;
  if (one.blocks == nullptr || other.blocks == nullptr) return one.blocks == other.blocks;
  return one.blocks->revision == other.blocks->revision;
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
  follow(shop);
  if (!are_linked_) link();
  take(packages_, answers.packages());
  take(groups_, answers.groups());
  reserve(plan::reservations_of(shop, answers, policy_, request.wall));
  decide_open(request.scope, answers);
  if (request.scope.is_all()) return finish(whole_, shop, brake, request);
  part_.products.clear();
  for (const catalogue::ProductId id : *request.scope.ids()) {
    if (const auto* const planned = plan::find(whole_, id)) part_.products.push_back(*planned);
  }
  part_.reserved = whole_.reserved;
  part_.unsettled = plan::unsettled(part_.products);
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
  if (shop.version != 0 && shop.version == followed_) return;
  const bool qty_alone =
      followed_ != 0 && followed_ < shop.version && shop.version - followed_ <= shop.moved.size();
  if (qty_alone) {
    const auto moves = static_cast<std::ptrdiff_t>(shop.version - followed_);
    for (auto at = shop.moved.end() - moves; at != shop.moved.end(); ++at) {
      whole_.products[*at].row.qty = shop.products[*at].row.qty;
      settle(*at);
    }
  } else {
    followed_ = 0;  // until all of it was seen
    follow_all(shop);
  }
  followed_ = shop.version;
}

void Memo::follow_all(const plan::Shop& shop) {
  if (!has_products_of(shop)) begin(shop);
  for (std::size_t index = 0; index < bases_.size(); ++index) {
    const plan::ShopProduct& product = shop.products[index];
    if (is_read(index, product)) {
      whole_.products[index].row.qty = product.row.qty;
    } else {
      read(index, shop);
    }
    settle(index);
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
  const std::size_t size = shop.products.size();
  questions_are_whole_ = are_linked_ = false;
  bases_.clear();
  open_.clear();
  open_.reserve(size);
  whole_.unsettled.clear();
  whole_.unsettled.reserve(size);
  whole_.products.clear();
  for (const plan::ShopProduct& product : shop.products) {
    whole_.products.push_back(
        {product.row, {}, plan::Keep{{plan::Cause::surprise, "not decided"}}, false});
  }
  bases_.resize(size);
}

void Memo::read(std::size_t index, const plan::Shop& shop) {
  const plan::ShopProduct& product = shop.products[index];
  plan::PlannedProduct& planned = whole_.products[index];
  Basis& basis = bases_[index];
  open(index);
  questions_are_whole_ = are_linked_ = false;
  basis.product = 0;
  basis.packages.clear();
  basis.groups.clear();
  planned.row = product.row;
  if (!product.surroundings && !product.unread) return;  // nobody asked about it
  planned.terms = plan::terms_of(product, shop, policy_);
  if (!planned.terms.refusal) {
    for (const panel::PackageId id : plan::packages_of(planned.terms)) {
      basis.packages.push_back(&packages_.all[id]);
    }
    for (const panel::GroupId id : planned.terms.groups) {
      basis.groups.push_back(&groups_.all[id]);
    }
  } else if (plan::is_transient(planned.terms.refusal->cause)) {
    return;  // what could not be read can perhaps be read now
  }
  basis.product = product.version;
}

// Tells each input the products that rest on it.
void Memo::link() {
  for (auto& [id, input] : packages_.all) input.products.clear();
  for (auto& [id, input] : groups_.all) input.products.clear();
  for (std::size_t index = 0; index < bases_.size(); ++index) {
    const Basis& basis = bases_[index];
    for (PackageInput* const package : basis.packages) package->products.push_back(index);
    for (GroupInput* const group : basis.groups) group->products.push_back(index);
  }
  are_linked_ = true;
}

template <class Id, class T, class Entries>
void Memo::take(Inputs<Id, T>& inputs, const Entries& entries) {
  auto& told = inputs.told;
  const bool same_ids =
      std::equal(told.begin(), told.end(), entries.begin(), entries.end(),
                 [](const auto& one, const auto& other) { return one.id == other.id; });
  if (!same_ids) {
    told.clear();
    for (const auto& entry : entries) told.push_back({entry.id, 0, &inputs.all[entry.id]});
  }
  for (std::size_t place = 0; place < told.size(); ++place) {
    const auto& entry = entries[place];
    if (entry.version != 0 && entry.version == told[place].version) continue;
    told[place].version = 0;  // until all of it was taken
    take(*told[place].input, *entry.told);
    told[place].version = entry.version;
  }
}

template <class T>
void Memo::take(Input<T>& input, const panel::Told<T>& told) {
  const T* const found = told.lookup.if_found();
  if (input.is_known) {
    const bool is_same = found == nullptr ? told.lookup.is_missing() && !input.value
                                          : input.value.has_value() && same(*input.value, *found);
    if (is_same) return;
  }
  input.is_known = false;
  for (const std::size_t index : input.products) open(index);
  if (told.lookup.if_unavailable() != nullptr) return;
  input.value.reset();
  if (found != nullptr) input.value = *found;
  input.is_known = true;
}

void Memo::reserve(std::vector<plan::Reservation> reserved) {
  if (reserved == whole_.reserved) return;
  for (std::size_t index = 0; index < bases_.size(); ++index) open(index);
  whole_.reserved = std::move(reserved);
}

// There is room for every product, so it cannot fail.
void Memo::open(std::size_t index) noexcept {
  Basis& basis = bases_[index];
  basis.stands = false;
  if (basis.is_open) return;
  basis.is_open = true;
  open_.push_back(index);
}

void Memo::decide_open(const plan::Scope& scope, const panel::LookupResults& answers) {
  if (open_.empty()) return;
  // Counts are asked for in the same order each time.
  std::sort(open_.begin(), open_.end());
  for (const std::size_t index : open_) {
    if (scope.contains(whole_.products[index].row.id)) decide(index, answers);
  }
  std::erase_if(open_, [this](std::size_t index) {
    Basis& basis = bases_[index];
    basis.is_open = !basis.stands;
    return basis.stands;
  });
}

void Memo::decide(std::size_t index, const panel::LookupResults& answers) {
  plan::PlannedProduct& planned = whole_.products[index];
  planned.decision =
      plan::decide_or_keep(decider_, planned.terms, answers, whole_.reserved, std::nullopt);
  settle(index);
  // A Keep of a passing cause rests on something without a version.
  bases_[index].stands = !plan::is_transient(planned.decision.why().cause);
}

// There is room for every product, so it cannot fail.
void Memo::settle(std::size_t index) noexcept {
  plan::PlannedProduct& planned = whole_.products[index];
  std::vector<std::size_t>& unsettled = whole_.unsettled;
  const auto at = std::lower_bound(unsettled.begin(), unsettled.end(), index);
  const bool was_settled = at == unsettled.end() || *at != index;
  const bool is_settled = plan::is_settled(planned);
  if (is_settled) planned.withheld = false;
  if (is_settled == was_settled) return;
  if (is_settled) {
    unsettled.erase(at);
  } else {
    unsettled.insert(at, index);
  }
}

}  // namespace vfstock::incremental
