#include "engine/catalogue/memory_catalogue.h"

#include <algorithm>
#include <utility>

namespace vfstock::catalogue {

// A reader further behind than this reads everything.
constexpr std::size_t log_min = 256;

void MemoryCatalogue::changed(ProductId product, std::optional<std::int64_t> qty) {
  const std::size_t most = std::max(log_min, 4 * rows_.size());
  if (log_.size() >= most) {
    const std::size_t dropped = log_.size() / 2;
    log_.erase(log_.begin(), log_.begin() + static_cast<std::ptrdiff_t>(dropped));
    before_log_ += dropped;
  }
  log_.push_back({product, qty});
}

void MemoryCatalogue::anything_changed() {
  before_log_ += log_.size() + 1;
  log_.clear();
}

Changes MemoryCatalogue::changes_since(Revision seen) {
  const Revision now = before_log_ + log_.size();
  if (seen < before_log_ || seen > now) return {now, true, {}};
  return {now, false, std::span<const Change>(log_).subspan(seen - before_log_)};
}

void MemoryCatalogue::put(Product product) {
  const ProductId id = product.id;
  rows_.insert_or_assign(id, std::move(product));
  changed(id);
}

void MemoryCatalogue::remove(ProductId product) {
  rows_.erase(product);
  options_.erase(product);
  changed(product);
}

void MemoryCatalogue::set_option_values(ProductId product, std::vector<OptionValue> values) {
  options_.insert_or_assign(product, std::move(values));
  changed(product);
}

void MemoryCatalogue::set_virtfusion_hosts(std::int64_t servergroup,
                                           std::vector<std::string> hosts) {
  std::sort(hosts.begin(), hosts.end());
  hosts_.insert_or_assign(servergroup, std::move(hosts));
  anything_changed();
}

Product* MemoryCatalogue::row(ProductId product) {
  const auto found = rows_.find(product);
  if (found == rows_.end()) return nullptr;
  changed(product);
  return &found->second;
}

const Product* MemoryCatalogue::find(ProductId product) const noexcept {
  const auto found = rows_.find(product);
  return found == rows_.end() ? nullptr : &found->second;
}

void MemoryCatalogue::set_qty(ProductId product, std::int64_t qty) {
  rows_.at(product).qty = qty;
  changed(product, qty);
}

std::vector<Product> MemoryCatalogue::managed_products() {
  std::vector<Product> managed;
  for (const auto& [id, product] : rows_) {
    if (is_managed(product)) managed.push_back(product);
  }
  return managed;
}

std::optional<Product> MemoryCatalogue::product(ProductId id) {
  const Product* const found = find(id);
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

void MemoryCatalogue::put(const PendingService& service) {
  pending_.insert_or_assign(service.service, Pending{service.order, service.qty, service.ordered,
                                                     service.product.id, service.option});
}

std::vector<PendingService> MemoryCatalogue::pending_services() {
  std::vector<PendingService> pending;
  for (const auto& [id, service] : pending_) {
    const Product* const found = find(service.product);
    if (found == nullptr || found->servertype != "VirtFusionDirect") continue;
    pending.push_back({id, service.order, service.qty, service.ordered, *found, service.option});
  }
  return pending;
}

Written MemoryCatalogue::write(ProductId product, const Set& set, std::int64_t seen_qty) {
  const auto known = rows_.find(product);
  if (known == rows_.end()) return Written::row_moved;
  Product* const found = &known->second;
  if (!is_managed(*found) || found->qty != seen_qty) return Written::row_moved;
  found->qty = set.qty();
  changed(product, set.qty());
  if (observer_) observer_(product, seen_qty, set.qty());
  return Written::yes;
}

}  // namespace vfstock::catalogue
