#include "engine/catalogue/shop_log.h"

namespace vfstock::catalogue {

void ShopLog::forget() {
  products_.clear();
  hosts_.clear();
  pending_.clear();
}

std::vector<Product> ShopLog::managed_products() {
  std::vector<Product> rows = inner().managed_products();
  for (const Product& row : rows) products_[row.id].row = row;
  return rows;
}

std::optional<Product> ShopLog::product(ProductId id) {
  std::optional<Product> row = inner().product(id);
  if (row) products_[id].row = *row;
  return row;
}

std::vector<OptionValue> ShopLog::option_values(ProductId product) {
  std::vector<OptionValue> values = inner().option_values(product);
  const auto known = products_.find(product);
  if (known != products_.end()) known->second.options = values;
  return values;
}

std::vector<std::string> ShopLog::virtfusion_hosts(std::int64_t servergroup) {
  std::vector<std::string> hosts = inner().virtfusion_hosts(servergroup);
  hosts_[servergroup] = hosts;
  return hosts;
}

std::vector<PendingService> ShopLog::pending_services() {
  pending_ = inner().pending_services();
  for (const PendingService& service : pending_) {
    if (service.elsewhere) continue;  // ids of another shop are other products
    products_.try_emplace(service.product.id, SeenProduct{service.product, {}});
  }
  return pending_;
}

}  // namespace vfstock::catalogue
