#include "engine/capacity/columns.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vfstock::capacity {
namespace {

constexpr double no_quota = std::numeric_limits<double>::infinity();

std::int64_t addresses_seen(const Hypervisor& row) { return row.ipv4_free.value_or(0); }

/// The eligible rows, those with the fewest free addresses first, otherwise in the panel's order.
std::vector<std::size_t> column_order(std::span<const Hypervisor> rows) {
  std::vector<std::size_t> order;
  order.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].eligible()) order.push_back(row);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return addresses_seen(rows[a]) < addresses_seen(rows[b]);
  });
  return order;
}

/// The default mountpoint first.
template <class Visit>
void for_each_enabled_pool(const Hypervisor& row, Visit visit) {
  using enum PoolColumns::Mountpoint;
  if (row.local_storage && row.local_storage->enabled) visit(by_default, *row.local_storage);
  for (const StoragePool& pool : row.other_storage) {
    if (pool.enabled) visit(other, pool);
  }
}

bool same_place(const StoragePool& one, const StoragePool& other) {
  return one.id == other.id && one.enabled == other.enabled &&
         one.storage_type == other.storage_type && one.datastore == other.datastore;
}

/// Whether both rows have the same place in the columns, and the same pools.
bool differ_in_quotas_only(const Hypervisor& one, const Hypervisor& other) {
  if (one.eligible() != other.eligible() || one.ipv4_free != other.ipv4_free) return false;
  if (one.local_storage.has_value() != other.local_storage.has_value()) return false;
  if (one.local_storage && !same_place(*one.local_storage, *other.local_storage)) return false;
  return std::equal(one.other_storage.begin(), one.other_storage.end(), other.other_storage.begin(),
                    other.other_storage.end(), same_place);
}

double free_slots(const std::optional<Quota>& servers) {
  if (!servers || servers->max == 0) return no_quota;
  return static_cast<double>(std::max<std::int64_t>(servers->free, 0));
}

}  // namespace

QuotaColumn::QuotaColumn(Place size) : max(size), free(size) {}

void QuotaColumn::set(Place entry, const Quota& quota) {
  max[entry] = static_cast<double>(quota.max);
  free[entry] = quota.max == 0 ? no_quota : static_cast<double>(quota.free);
  greatest_max = std::max(greatest_max, max[entry]);
  if (quota.max != 0) greatest_free = std::max(greatest_free, free[entry]);
}

HypervisorColumns::HypervisorColumns(std::vector<Hypervisor> rows) : rows_(std::move(rows)) {
  lay_out();
}

void HypervisorColumns::lay_out() {
  has_address_figure_ = std::any_of(
      rows_.begin(), rows_.end(), [](const Hypervisor& row) { return row.ipv4_free.has_value(); });
  const std::vector<std::size_t> order = column_order(rows_);
  fill_columns(order);
  fill_pools(order);
  cut_address_runs(order);
  shared_datastores_ = capacity::shared_datastores(rows_);
}

void HypervisorColumns::replace_row(std::size_t index, const Hypervisor& row) {
  const bool same_layout = differ_in_quotas_only(rows_[index], row);
  rows_[index] = row;
  if (!same_layout) {
    lay_out();
  } else if (places_[index]) {
    set_quotas(*places_[index], row);
  }
}

void HypervisorColumns::set_quotas(Place place, const Hypervisor& row) {
  memory_mb_.set(place, row.memory_mb);
  cores_.set(place, row.cores);
  servers_free_[place] = free_slots(row.servers);
  std::size_t pool = first_pools_[place];
  for_each_enabled_pool(row, [&](PoolColumns::Mountpoint, const StoragePool& enabled) {
    pools_.gigabytes.set(pool++, enabled.gigabytes);
  });
}

void HypervisorColumns::fill_columns(std::span<const std::size_t> order) {
  places_.assign(rows_.size(), std::nullopt);
  memory_mb_ = QuotaColumn(order.size());
  cores_ = QuotaColumn(order.size());
  servers_free_.resize(order.size());
  for (Place place = 0; place < order.size(); ++place) {
    const std::size_t index = order[place];
    const Hypervisor& row = rows_[index];
    places_[index] = place;
    memory_mb_.set(place, row.memory_mb);
    cores_.set(place, row.cores);
    servers_free_[place] = free_slots(row.servers);
  }
}

void HypervisorColumns::fill_pools(std::span<const std::size_t> order) {
  std::vector<Quota> quotas;
  quotas.reserve(order.size());
  pools_.pools.clear();
  pools_.pools.reserve(order.size());
  first_pools_.clear();
  for (Place place = 0; place < order.size(); ++place) {
    first_pools_.push_back(quotas.size());
    for_each_enabled_pool(rows_[order[place]],
                          [&](PoolColumns::Mountpoint mountpoint, const StoragePool& pool) {
                            pools_.pools.push_back({place, mountpoint, pool.id, pool.storage_type});
                            quotas.push_back(pool.gigabytes);
                          });
  }
  pools_.gigabytes = QuotaColumn(quotas.size());
  for (Place entry = 0; entry < quotas.size(); ++entry) pools_.gigabytes.set(entry, quotas[entry]);
}

void HypervisorColumns::cut_address_runs(std::span<const std::size_t> order) {
  address_runs_.clear();
  for (Place place = 0; place < order.size(); ++place) {
    const std::int64_t free_addresses = addresses_seen(rows_[order[place]]);
    if (address_runs_.empty() || address_runs_.back().free_addresses != free_addresses) {
      address_runs_.push_back({free_addresses, place, place});
    }
    address_runs_.back().end = place + 1;
  }
}

}  // namespace vfstock::capacity
