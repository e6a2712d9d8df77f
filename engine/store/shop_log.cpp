#include "engine/store/shop_log.h"

namespace vfstock::store {

using catalogue::Product;
using catalogue::ProductId;

void ShopLog::forget() {
  products_.clear();
  hosts_.clear();
}

std::vector<Product> ShopLog::managed_products() {
  std::vector<Product> rows = inner_.managed_products();
  for (const Product& row : rows) products_[row.id].row = row;
  return rows;
}

std::optional<Product> ShopLog::product(ProductId id) {
  std::optional<Product> row = inner_.product(id);
  if (row) products_[id].row = *row;
  return row;
}

std::vector<catalogue::OptionValue> ShopLog::option_values(ProductId product) {
  std::vector<catalogue::OptionValue> values = inner_.option_values(product);
  const auto known = products_.find(product);
  if (known != products_.end()) known->second.options = values;
  return values;
}

std::vector<std::string> ShopLog::virtfusion_hosts(std::int64_t servergroup) {
  std::vector<std::string> hosts = inner_.virtfusion_hosts(servergroup);
  hosts_[servergroup] = hosts;
  return hosts;
}

std::vector<catalogue::PendingService> ShopLog::pending_services() {
  return inner_.pending_services();
}

catalogue::Written ShopLog::write(ProductId product, const catalogue::Set& set,
                                  std::int64_t seen_qty) {
  return inner_.write(product, set, seen_qty);
}

}  // namespace vfstock::store
