#include "sim/shop/memory_catalogue.h"

#include <algorithm>
#include <set>
#include <utility>

namespace vfstock::sim::shop {

// A reader further behind than this reads everything.
constexpr std::size_t log_min = 256;

void MemoryCatalogue::changed(catalogue::ProductId product, std::optional<std::int64_t> qty) {
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

catalogue::Changes MemoryCatalogue::changes_since(catalogue::Revision seen) {
  const catalogue::Revision now = before_log_ + log_.size();
  if (seen < before_log_ || seen > now) return {now, true, {}};
  return {now, false, std::span<const catalogue::Change>(log_).subspan(seen - before_log_)};
}

void MemoryCatalogue::put(catalogue::Product product) {
  const catalogue::ProductId id = product.id;
  rows_.insert_or_assign(id, std::move(product));
  changed(id);
}

void MemoryCatalogue::remove(catalogue::ProductId product) {
  rows_.erase(product);
  options_.erase(product);
  changed(product);
}

void MemoryCatalogue::set_option_values(catalogue::ProductId product,
                                        std::vector<catalogue::OptionValue> values) {
  options_.insert_or_assign(product, std::move(values));
  changed(product);
}

void MemoryCatalogue::set_virtfusion_hosts(std::int64_t servergroup,
                                           std::vector<std::string> hosts) {
  std::sort(hosts.begin(), hosts.end());
  hosts_.insert_or_assign(servergroup, std::move(hosts));
  anything_changed();
}

catalogue::Product* MemoryCatalogue::row(catalogue::ProductId product) {
  const auto found = rows_.find(product);
  if (found == rows_.end()) return nullptr;
  changed(product);
  return &found->second;
}

const catalogue::Product* MemoryCatalogue::find(catalogue::ProductId product) const noexcept {
  const auto found = rows_.find(product);
  return found == rows_.end() ? nullptr : &found->second;
}

void MemoryCatalogue::set_qty(catalogue::ProductId product, std::int64_t qty) {
  rows_.at(product).qty = qty;
  changed(product, qty);
}

std::vector<catalogue::Product> MemoryCatalogue::managed_products() {
  std::vector<catalogue::Product> managed;
  for (const auto& [id, product] : rows_) {
    if (is_managed(product)) managed.push_back(product);
  }
  return managed;
}

std::optional<catalogue::Product> MemoryCatalogue::product(catalogue::ProductId id) {
  const catalogue::Product* const found = find(id);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::vector<catalogue::OptionValue> MemoryCatalogue::option_values(catalogue::ProductId product) {
  const auto found = options_.find(product);
  return found == options_.end() ? std::vector<catalogue::OptionValue>() : found->second;
}

std::vector<std::string> MemoryCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  const auto found = hosts_.find(servergroup);
  if (servergroup != 0 && found != hosts_.end() && !found->second.empty()) return found->second;
  std::set<std::string> all;
  for (const auto& [group, hosts] : hosts_) all.insert(hosts.begin(), hosts.end());
  return {all.begin(), all.end()};
}

void MemoryCatalogue::put(const catalogue::PendingService& service) {
  Pending pending{service.order,  service.qty,    service.ordered, service.product.id,
                  service.option, service.active, std::nullopt};
  if (service.upgraded_from) pending.upgraded_from = service.upgraded_from->row.id;
  pending_.insert_or_assign(service.service, std::move(pending));
}

std::vector<catalogue::PendingService> MemoryCatalogue::pending_services() {
  std::vector<catalogue::PendingService> pending;
  for (const auto& [id, service] : pending_) {
    const catalogue::Product* const found = find(service.product);
    if (found == nullptr || found->servertype != "VirtFusionDirect") continue;
    pending.push_back({id, service.order, service.qty, service.ordered, *found, service.option,
                       service.active, nullptr, std::nullopt});
    if (!service.upgraded_from) continue;
    const catalogue::Product* const before = find(*service.upgraded_from);
    if (before != nullptr) pending.back().upgraded_from = catalogue::SoldProduct{*before};
  }
  return pending;
}

catalogue::Written MemoryCatalogue::write(catalogue::ProductId product, const catalogue::Set& set,
                                          std::int64_t seen_qty) {
  const auto known = rows_.find(product);
  if (known == rows_.end()) return catalogue::Written::row_moved;
  catalogue::Product* const found = &known->second;
  if (!is_managed(*found) || found->qty != seen_qty) return catalogue::Written::row_moved;
  found->qty = set.qty();
  changed(product, set.qty());
  if (observer_) observer_(product, seen_qty, set.qty());
  return catalogue::Written::yes;
}

}  // namespace vfstock::sim::shop
