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

double free_slots(const std::optional<Quota>& servers) {
  if (!servers || servers->max == 0) return no_quota;
  return static_cast<double>(std::max<std::int64_t>(servers->free, 0));
}

}  // namespace

QuotaColumn::QuotaColumn(Eigen::Index size) : max(size), free(size) {}

void QuotaColumn::set(Eigen::Index entry, const Quota& quota) {
  max[entry] = static_cast<double>(quota.max);
  free[entry] = quota.max == 0 ? no_quota : static_cast<double>(quota.free);
  greatest_max = std::max(greatest_max, max[entry]);
}

HypervisorColumns::HypervisorColumns(std::vector<Hypervisor> rows) : rows_(std::move(rows)) {
  has_address_figure_ = std::any_of(
      rows_.begin(), rows_.end(), [](const Hypervisor& row) { return row.ipv4_free.has_value(); });
  const std::vector<std::size_t> order = column_order(rows_);
  fill_columns(order);
  fill_pools(order);
  cut_address_runs(order);
}

void HypervisorColumns::fill_columns(std::span<const std::size_t> order) {
  const auto size = static_cast<Eigen::Index>(order.size());
  memory_mb_ = QuotaColumn(size);
  cores_ = QuotaColumn(size);
  servers_free_.resize(size);
  for (Eigen::Index place = 0; place < size; ++place) {
    const Hypervisor& row = rows_[order[static_cast<std::size_t>(place)]];
    memory_mb_.set(place, row.memory_mb);
    cores_.set(place, row.cores);
    servers_free_[place] = free_slots(row.servers);
  }
}

void HypervisorColumns::fill_pools(std::span<const std::size_t> order) {
  std::vector<Quota> quotas;
  quotas.reserve(order.size());
  pools_.pools.reserve(order.size());
  const auto add = [&](std::size_t place, bool default_mountpoint, const StoragePool& pool) {
    if (!pool.enabled) return;
    pools_.pools.push_back(
        {static_cast<Eigen::Index>(place), default_mountpoint, pool.id, pool.storage_type});
    quotas.push_back(pool.gigabytes);
  };
  for (std::size_t place = 0; place < order.size(); ++place) {
    const Hypervisor& row = rows_[order[place]];
    if (row.local_storage) add(place, true, *row.local_storage);
    for (const StoragePool& pool : row.other_storage) add(place, false, pool);
  }
  const auto size = static_cast<Eigen::Index>(quotas.size());
  pools_.gigabytes = QuotaColumn(size);
  for (Eigen::Index entry = 0; entry < size; ++entry) {
    pools_.gigabytes.set(entry, quotas[static_cast<std::size_t>(entry)]);
  }
}

void HypervisorColumns::cut_address_runs(std::span<const std::size_t> order) {
  for (std::size_t place = 0; place < order.size(); ++place) {
    const std::int64_t free_addresses = addresses_seen(rows_[order[place]]);
    const auto begin = static_cast<Eigen::Index>(place);
    if (address_runs_.empty() || address_runs_.back().free_addresses != free_addresses) {
      address_runs_.push_back({free_addresses, begin, begin});
    }
    address_runs_.back().end = begin + 1;
  }
}

}  // namespace vfstock::capacity
