#include "engine/schedule/shelves.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace vfstock::schedule {

using catalogue::Product;
using catalogue::ProductId;
using catalogue::StoreError;

namespace {

constexpr std::size_t bits_per_word = 64;

}  // namespace

void Shelf::forget_terms() {
  terms.reset();
  grounds = {};
  last.reset();
}

void Shelves::read() {
  if (follow()) return;
  // Asked again, for what comes before the rows are read is in them.
  read_everything(catalogue_.changes_since(0).now);
}

bool Shelves::follow() {
  const std::optional<catalogue::Revision> seen = std::exchange(seen_, std::nullopt);
  if (!seen) return false;
  const catalogue::Changes told = catalogue_.changes_since(*seen);
  if (told.anything) return false;
  // Rows are read as they are now, so what was once told of a qty must not come after.
  for (const catalogue::Change& change : told.changes) {
    Shelf* const shelf = change.qty ? find(change.product) : nullptr;
    if (shelf == nullptr || shelf->row.qty == *change.qty) continue;
    shelf->row.qty = *change.qty;
    wake(*shelf);
  }
  for (const catalogue::Change& change : told.changes) {
    if (!change.qty) read_row(change.product);
  }
  seen_ = told.now;
  return true;
}

void Shelves::read_everything(catalogue::Revision now) {
  std::vector<Shelf> shelves;
  std::vector<ProductId> products;
  for (Product& row : catalogue_.managed_products()) {
    products.push_back(row.id);
    shelves.push_back({std::move(row), std::nullopt, {}, std::nullopt});
  }
  shelves_ = std::move(shelves);
  products_ = std::move(products);
  whole_is_known_ = false;
  seen_ = now;
}

void Shelves::read_row(ProductId product) {
  std::optional<Product> row = catalogue_.product(product);
  const auto at = place(product);
  const bool known = at != shelves_.end() && at->row.id == product;
  const auto number = at - shelves_.begin();
  whole_is_known_ = false;
  if (!row || !is_managed(*row)) {
    if (!known) return;
    shelves_.erase(at);
    products_.erase(products_.begin() + number);
  } else if (known) {
    at->row = *std::move(row);
    at->forget_terms();
  } else {
    products_.reserve(products_.size() + 1);
    shelves_.insert(at, {*std::move(row), std::nullopt, {}, std::nullopt});
    products_.insert(products_.begin() + number, product);
  }
}

std::vector<Shelf>::iterator Shelves::place(ProductId product) {
  return shelves_.begin() +
         (std::lower_bound(products_.begin(), products_.end(), product) - products_.begin());
}

Shelf* Shelves::find(ProductId product) {
  const auto at = place(product);
  return at != shelves_.end() && at->row.id == product ? &*at : nullptr;
}

std::size_t Shelves::stocked() const {
  return static_cast<std::size_t>(std::count_if(
      shelves_.begin(), shelves_.end(), [](const Shelf& shelf) { return shelf.row.qty > 0; }));
}

plan::Terms Shelves::terms_of_row(const Product& row) const {
  plan::Terms terms;
  try {
    plan::Surroundings surroundings;
    surroundings.panel_host = panel_host_;
    surroundings.options = catalogue_.option_values(row.id);
    if (row.servergroup != 0) {
      surroundings.virtfusion_hosts = catalogue_.virtfusion_hosts(row.servergroup);
    }
    return plan::terms_of(row, surroundings, policy_);
  } catch (const StoreError& error) {
    terms.refusal =
        plan::Why{plan::Cause::store_failed,
                  fmt::format("the shop's store failed while the product's options were read: {}",
                              error.what())};
  } catch (const std::exception& error) {
    terms.refusal =
        plan::Why{plan::Cause::surprise,
                  fmt::format("reading the product's options failed: {}", error.what())};
  }
  return terms;
}

void Shelves::read_terms(Shelf& shelf) { replace(shelf, shelf.row, terms_of_row(shelf.row)); }

void Shelves::replace(Shelf& shelf, Product row, plan::Terms terms) {
  plan::Grounds grounds;
  if (!terms.refusal) {
    grounds.package = &panel_.package(terms.package);
    for (const panel::GroupId id : terms.groups) grounds.groups.push_back(&panel_.group(id));
  }
  // From here on nothing can fail: no shelf has terms without their grounds.
  shelf.last.reset();
  shelf.row = std::move(row);
  shelf.terms = std::move(terms);
  shelf.grounds = std::move(grounds);
  whole_is_known_ = false;
}

panel::CachingPanel::KeptBatch& Shelves::whole_batch() {
  if (!whole_is_known_) {
    panel::CachingPanel::Batch whole;
    for (const Shelf& shelf : shelves_) add_to(whole, shelf.grounds);
    whole.keep_each_once();
    whole_ = panel_.keep(std::move(whole));
    put_down_users();
    awake_.assign(shelves_.size() / bits_per_word + 1, 0);
    whole_is_known_ = true;
    wake_all();
  }
  return whole_;
}

void Shelves::put_down_users() {
  std::map<const void*, std::vector<std::size_t>> users;
  for (const Shelf& shelf : shelves_) {
    if (shelf.grounds.package == nullptr) continue;
    users[shelf.grounds.package].push_back(index(shelf));
    for (const auto* const group : shelf.grounds.groups) users[group].push_back(index(shelf));
  }
  const auto take = [&](const auto& places, auto& users_of) {
    users_of.clear();
    for (const auto* const place : places) users_of.push_back(std::move(users.at(place)));
  };
  take(whole_.all().packages, users_of_packages_);
  take(whole_.all().groups, users_of_groups_);
}

void Shelves::add_awake(std::vector<Shelf*>& awake) {
  if (!whole_is_known_) {
    for (Shelf& shelf : shelves_) awake.push_back(&shelf);
    return;
  }
  for (std::size_t word = 0; word < awake_.size(); ++word) {
    for (std::uint64_t left = awake_[word]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(left));
      awake.push_back(&shelves_[word * bits_per_word + bit]);
    }
  }
}

void Shelves::put_to_rest(const Shelf& shelf) {
  if (!whole_is_known_) return;
  const std::size_t n = index(shelf);
  awake_[n / bits_per_word] &= ~(std::uint64_t{1} << n % bits_per_word);
}

void Shelves::wake(std::size_t n) {
  if (whole_is_known_) awake_[n / bits_per_word] |= std::uint64_t{1} << n % bits_per_word;
}

void Shelves::wake_all() {
  for (std::size_t n = 0; n < shelves_.size(); ++n) wake(n);
}

void Shelves::wake_by_answers() {
  const auto wake_users = [&](const auto& places, const auto& users_of) {
    for (std::size_t n = 0; n < places.size(); ++n) {
      if (places[n]->version() <= seen_answers_) continue;
      for (const std::size_t shelf : users_of[n]) wake(shelf);
    }
  };
  if (seen_answers_ == panel_.version()) return;
  wake_users(whole_.all().groups, users_of_groups_);
  if (seen_packages_ != panel_.package_news()) {
    wake_users(whole_.all().packages, users_of_packages_);
  }
  seen_answers_ = panel_.version();
  seen_packages_ = panel_.package_news();
}

void add_to(panel::CachingPanel::Batch& batch, const plan::Grounds& grounds) {
  if (grounds.package == nullptr) return;
  batch.packages.push_back(grounds.package);
  batch.groups.insert(batch.groups.end(), grounds.groups.begin(), grounds.groups.end());
}

}  // namespace vfstock::schedule
