#include "engine/capacity/columns.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace vfstock::capacity {
namespace {

constexpr double no_quota = std::numeric_limits<double>::infinity();

// Who is further behind looks through all of a group.
constexpr std::size_t replaced_max = 256;

double addresses_seen(const Hypervisor& row) {
  return static_cast<double>(std::max<std::int64_t>(0, row.ipv4_free.value_or(0)));
}

/// The eligible rows.
std::vector<std::size_t> column_order(std::span<const Hypervisor> rows) {
  std::vector<std::size_t> order;
  order.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows[row].eligible()) order.push_back(row);
  }
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
bool differ_in_figures_only(const Hypervisor& one, const Hypervisor& other) {
  if (one.eligible() != other.eligible()) return false;
  if (one.ipv4_free.has_value() != other.ipv4_free.has_value()) return false;
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

HypervisorColumns::HypervisorColumns(std::vector<Hypervisor> rows, std::uint64_t revision)
    : rows_(std::move(rows)), replaced_after_(revision) {
  lay_out();
}

void HypervisorColumns::lay_out() {
  has_address_figure_ = std::any_of(
      rows_.begin(), rows_.end(), [](const Hypervisor& row) { return row.ipv4_free.has_value(); });
  const std::vector<std::size_t> order = column_order(rows_);
  fill_columns(order);
  fill_pools(order);
  sort_by_addresses();
  shared_datastores_ = capacity::shared_datastores(rows_);
}

void HypervisorColumns::replace_row(std::size_t index, const Hypervisor& row,
                                    std::uint64_t revision) {
  const std::uint64_t replaced_after = std::exchange(replaced_after_, 0);  // should a step fail
  const bool same_layout = differ_in_figures_only(rows_[index], row);
  rows_[index] = row;
  if (!same_layout) {
    lay_out();
    replaced_.clear();
    replaced_after_ = revision;
    return;
  }
  replaced_after_ = revision == 0 ? 0 : replaced_after;
  if (!places_[index]) return;
  set_quotas(*places_[index], row);
  set_addresses(*places_[index], addresses_seen(row));
  if (replaced_after_ != 0) log(*places_[index], revision);
}

void HypervisorColumns::log(Place place, std::uint64_t revision) {
  if (replaced_.size() == replaced_max) {
    const auto kept = replaced_.begin() + replaced_max / 2;
    replaced_after_ = std::prev(kept)->revision;
    replaced_.erase(replaced_.begin(), kept);
  }
  replaced_.push_back({revision, place});
}

bool HypervisorColumns::replaced_since(std::uint64_t revision, std::vector<Place>& places) const {
  if (replaced_after_ == 0 || revision < replaced_after_) return false;
  for (auto at = replaced_.rbegin(); at != replaced_.rend() && at->revision > revision; ++at) {
    places.push_back(at->place);
  }
  return true;
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
  addresses_.resize(order.size());
  for (Place place = 0; place < order.size(); ++place) {
    const std::size_t index = order[place];
    const Hypervisor& row = rows_[index];
    places_[index] = place;
    memory_mb_.set(place, row.memory_mb);
    cores_.set(place, row.cores);
    servers_free_[place] = free_slots(row.servers);
    addresses_[place] = addresses_seen(row);
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

void HypervisorColumns::sort_by_addresses() {
  by_addresses_.resize(addresses_.size());
  std::iota(by_addresses_.begin(), by_addresses_.end(), Place{0});
  std::stable_sort(by_addresses_.begin(), by_addresses_.end(),
                   [this](Place one, Place other) { return addresses_[one] < addresses_[other]; });
}

void HypervisorColumns::set_addresses(Place place, double addresses) {
  if (addresses_[place] == addresses) return;
  const auto fewer = [this](Place one, double than) { return addresses_[one] < than; };
  const auto first =
      std::lower_bound(by_addresses_.begin(), by_addresses_.end(), addresses_[place], fewer);
  const auto from = std::find(first, by_addresses_.end(), place);
  const auto to = std::lower_bound(by_addresses_.begin(), by_addresses_.end(), addresses, fewer);
  addresses_[place] = addresses;
  if (to <= from) {
    std::rotate(to, from, from + 1);
  } else {
    std::rotate(from, from + 1, to);
  }
}

}  // namespace vfstock::capacity
