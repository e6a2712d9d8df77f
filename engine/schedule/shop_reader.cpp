#include "engine/schedule/shop_reader.h"

#include <algorithm>
#include <utility>

namespace vfstock::schedule {

using catalogue::Product;
using catalogue::ProductId;
using plan::ShopProduct;

namespace {

// Who followed the shop longest ago looks through all of it.
constexpr std::size_t moved_max = 256;

}  // namespace

const plan::Shop& ShopReader::read(const plan::Scope& scope) {
  // Where it cannot be followed it is asked again, for what comes before the rows are read is in
  // them.
  if (!follow()) read_rows(catalogue_.changes_since(0).now);
  apply::SurroundingsReader reader(catalogue_);
  if (!is_whole_) read_surroundings(reader, scope);
  shop_.pending.clear();
  shop_.pending_unread.reset();
  if (policy_.reserve_pending) apply::read_pending(catalogue_, reader, shop_);
  return shop_;
}

void ShopReader::read_surroundings(apply::SurroundingsReader& reader, const plan::Scope& scope) {
  renewed();
  for (ShopProduct& product : shop_.products) {
    if (product.surroundings || !scope.contains(product.row.id)) continue;
    product.version = 0;
    apply::read_surroundings(reader, product);
    product.version = ++readings_;
  }
  is_whole_ =
      std::all_of(shop_.products.begin(), shop_.products.end(),
                  [](const ShopProduct& product) { return product.surroundings.has_value(); });
}

std::optional<const ShopProduct*> ShopReader::follow_to(ProductId product) {
  if (!follow()) return std::nullopt;
  return plan::find(shop_, product);
}

bool ShopReader::follow() {
  const std::optional<catalogue::Revision> seen = std::exchange(seen_, std::nullopt);
  if (!seen) return false;
  const catalogue::Changes told = catalogue_.changes_since(*seen);
  if (told.anything) return false;
  // Rows are read as they are now, so what was once told of a qty must not come after.
  for (const catalogue::Change& change : told.changes) {
    const std::size_t at = change.qty ? place(change.product) : shop_.products.size();
    if (at == shop_.products.size() || shop_.products[at].row.id != change.product) continue;
    set_qty(at, *change.qty);
  }
  for (const catalogue::Change& change : told.changes) {
    if (!change.qty) read_row(change.product);
  }
  seen_ = told.now;
  return true;
}

void ShopReader::set_qty(std::size_t at, std::int64_t qty) {
  if (shop_.products[at].row.qty == qty) return;
  if (shop_.moved.size() == moved_max) shop_.moved.clear();
  shop_.moved.push_back(at);
  ++shop_.version;
  shop_.products[at].row.qty = qty;
}

void ShopReader::renewed() {
  is_whole_ = false;
  shop_.moved.clear();
  ++shop_.version;
}

void ShopReader::read_rows(catalogue::Revision now) {
  std::vector<ShopProduct> products;
  for (Product& row : catalogue_.managed_products()) {
    products.push_back({std::move(row), std::nullopt, std::nullopt, 0});
  }
  renewed();
  shop_.products = std::move(products);
  seen_ = now;
}

void ShopReader::read_row(ProductId product) {
  std::optional<Product> row = catalogue_.product(product);
  renewed();
  const std::size_t at = place(product);
  const auto position = shop_.products.begin() + static_cast<std::ptrdiff_t>(at);
  const bool known = position != shop_.products.end() && position->row.id == product;
  if (!row || !is_managed(*row)) {
    if (known) shop_.products.erase(position);
  } else if (known) {
    *position = {*std::move(row), std::nullopt, std::nullopt, 0};
  } else {
    shop_.products.insert(position, {*std::move(row), std::nullopt, std::nullopt, 0});
  }
}

std::size_t ShopReader::place(ProductId product) const {
  const auto at = std::lower_bound(
      shop_.products.begin(), shop_.products.end(), product,
      [](const ShopProduct& one, ProductId wanted) { return one.row.id < wanted; });
  return static_cast<std::size_t>(at - shop_.products.begin());
}

}  // namespace vfstock::schedule
