#include "engine/capacity/disk_sharing.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "engine/capacity/storage_fit.h"

namespace vfstock::capacity {
namespace {

/// Sets of datastores that belong together, each named by one of them.
class Together {
 public:
  explicit Together(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t name(std::size_t one) const {
    while (parent_[one] != one) one = parent_[one];
    return one;
  }
  void join(std::size_t one, std::size_t other) { parent_[name(one)] = name(other); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<DiskSharing::Pool> DiskSharing::pools(std::span<const Datastore> datastores,
                                                  std::span<const Hypervisor> rows,
                                                  const Percent& buffer) const {
  Together together(datastores.size());
  // Where hypervisors take differently much of one, all of them count as the greediest.
  std::vector<std::int64_t> taken_gb(datastores.size());
  for (const User& user : users_) {
    for (const auto& [datastore, gigabytes] : user.used) {
      together.join(datastore, user.used.front().datastore);
      taken_gb[datastore] = std::max(taken_gb[datastore], gigabytes);
    }
  }
  std::vector<Pool> pools;
  std::vector<std::optional<std::size_t>> known(datastores.size());
  for (std::size_t i = 0; i < datastores.size(); ++i) {
    if (taken_gb[i] == 0) continue;
    std::optional<std::size_t>& pool = known[together.name(i)];
    if (!pool) {
      pool = pools.size();
      pools.push_back({Count::unlimited(), i, {}});
    }
    const Count takes = quota_fit(quota_of(datastores[i], rows), taken_gb[i], buffer);
    if (takes >= pools[*pool].takes) continue;
    pools[*pool].takes = takes;
    pools[*pool].scarcest = i;
  }
  for (const User& user : users_) {
    pools[*known[together.name(user.used.front().datastore)]].hosts.push_back(user.host);
  }
  return pools;
}

}  // namespace vfstock::capacity
