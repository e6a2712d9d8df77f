#include "engine/capacity/datastores.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace vfstock::capacity {

std::vector<Datastore> shared_datastores(std::span<const Hypervisor> rows) {
  std::map<std::pair<std::string_view, std::int64_t>, Datastore> by_name;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::vector<StoragePool>& pools = rows[row].other_storage;
    for (std::size_t pool = 0; pool < pools.size(); ++pool) {
      if (pools[pool].datastore.empty()) continue;
      by_name[{pools[pool].datastore, pools[pool].storage_type}].push_back({row, pool});
    }
  }
  std::vector<Datastore> shared;
  for (auto& [name, entries] : by_name) {
    if (entries.size() > 1) shared.push_back(std::move(entries));
  }
  return shared;
}

std::vector<SharedEntry> entries_of(std::span<const Datastore> datastores,
                                    std::span<const Hypervisor> rows) {
  std::vector<SharedEntry> entries;
  for (std::size_t i = 0; i < datastores.size(); ++i) {
    const Quota whole = quota_of(datastores[i], rows);
    for (const DatastoreEntry& at : datastores[i]) entries.push_back({at, i, whole});
  }
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const SharedEntry& one, const SharedEntry& other) { return one.at.row < other.at.row; });
  return entries;
}

Quota quota_of(const Datastore& datastore, std::span<const Hypervisor> rows) {
  // Far beyond every quota, and far from overflow.
  constexpr std::int64_t allocated_max = std::int64_t{1} << 60;
  std::int64_t max = 0, allocated = 0;
  for (const DatastoreEntry& entry : datastore) {
    const Quota& stated = rows[entry.row].other_storage[entry.pool].gigabytes;
    if (stated.max > 0) max = max == 0 ? stated.max : std::min(max, stated.max);
    allocated = std::min(allocated + (stated.max - stated.free), allocated_max);
  }
  return {max, max - allocated};
}

}  // namespace vfstock::capacity
