#include "engine/catalogue/memory_catalogue.h"

#include <algorithm>
#include <utility>

namespace vfstock::catalogue {

void MemoryCatalogue::put(Product product) {
  const ProductId id = product.id;
  rows_.insert_or_assign(id, std::move(product));
}

void MemoryCatalogue::remove(ProductId product) {
  rows_.erase(product);
  options_.erase(product);
}

void MemoryCatalogue::set_option_values(ProductId product, std::vector<OptionValue> values) {
  options_.insert_or_assign(product, std::move(values));
}

void MemoryCatalogue::set_virtfusion_hosts(std::int64_t servergroup,
                                           std::vector<std::string> hosts) {
  std::sort(hosts.begin(), hosts.end());
  hosts_.insert_or_assign(servergroup, std::move(hosts));
}

Product* MemoryCatalogue::row(ProductId product) noexcept {
  const auto found = rows_.find(product);
  return found == rows_.end() ? nullptr : &found->second;
}

std::vector<Product> MemoryCatalogue::managed_products() {
  std::vector<Product> managed;
  for (const auto& [id, product] : rows_) {
    if (is_managed(product)) managed.push_back(product);
  }
  return managed;
}

std::optional<Product> MemoryCatalogue::product(ProductId id) {
  const Product* const found = row(id);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::vector<OptionValue> MemoryCatalogue::option_values(ProductId product) {
  const auto found = options_.find(product);
  return found == options_.end() ? std::vector<OptionValue>() : found->second;
}

std::vector<std::string> MemoryCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  const auto found = hosts_.find(servergroup);
  return found == hosts_.end() ? std::vector<std::string>() : found->second;
}

void MemoryCatalogue::put(PendingService service) {
  const std::int64_t id = service.service;
  pending_.insert_or_assign(id, std::move(service));
}

std::vector<PendingService> MemoryCatalogue::pending_services() {
  std::vector<PendingService> pending;
  for (const auto& [id, service] : pending_) {
    const Product* const found = row(service.product.id);
    if (found == nullptr || found->servertype != "VirtFusionDirect") continue;
    pending.push_back(service);
    pending.back().product = *found;
  }
  return pending;
}

Written MemoryCatalogue::write(ProductId product, const Set& set, std::int64_t seen_qty) {
  Product* const found = row(product);
  if (found == nullptr || !is_managed(*found) || found->qty != seen_qty) return Written::row_moved;
  found->qty = set.qty();
  if (observer_) observer_(product, seen_qty, set.qty());
  return Written::yes;
}

}  // namespace vfstock::catalogue
