#include "engine/capacity/disk_plan.h"

#include <algorithm>
#include <utility>

#include "engine/capacity/storage_fit.h"

namespace vfstock::capacity {
namespace {

struct Candidate {
  const StoragePool* pool;
  bool default_mountpoint;
  Quota gigabytes;                       // of the whole, where it is shared
  std::optional<std::size_t> datastore;  // that it is an entry of
  std::int64_t taken_gb = 0;             // by the disks of one VPS, as far as they are placed
};

std::vector<Candidate> enabled_pools(const Hypervisor& row, std::span<const SharedEntry> shared) {
  std::vector<Candidate> pools;
  if (row.local_storage && row.local_storage->enabled) {
    pools.push_back({&*row.local_storage, true, row.local_storage->gigabytes, {}});
  }
  for (std::size_t i = 0; i < row.other_storage.size(); ++i) {
    const StoragePool& pool = row.other_storage[i];
    if (!pool.enabled) continue;
    Candidate candidate{&pool, false, pool.gigabytes, {}};
    for (const SharedEntry& entry : shared) {
      if (entry.at.pool != i) continue;
      candidate.gigabytes = entry.gigabytes;
      candidate.datastore = entry.datastore;
    }
    pools.push_back(candidate);
  }
  return pools;
}

/// Tries every way to put the disks on pools; there are few of both.
class Search {
 public:
  Search(std::vector<Candidate> pools, const Footprint& footprint, const Rules& rules)
      : pools_(std::move(pools)), rules_(rules) {
    disks_.push_back({footprint.storage_gb, footprint.storage_profile});
    for (const FurtherDisk& disk : footprint.further_disks) {
      if (disk.storage_gb > 0) disks_.push_back(disk);
    }
  }

  std::optional<DiskPlan> best() {
    place(0);
    return std::move(best_);
  }

 private:
  void place(std::size_t disk) {
    if (disk == disks_.size()) return consider();
    for (Candidate& pool : pools_) {
      if (!names_pool(rules_.storage_match, disks_[disk].storage_profile, pool.default_mountpoint,
                      pool.pool->id, pool.pool->storage_type)) {
        continue;
      }
      const std::int64_t gigabytes = std::max<std::int64_t>(disks_[disk].storage_gb, 0);
      pool.taken_gb += gigabytes;
      place(disk + 1);
      pool.taken_gb -= gigabytes;
    }
  }

  void consider() {
    DiskPlan plan{Count::unlimited(), Count::unlimited(), {}};
    for (const Candidate& pool : pools_) {
      const Count fit = quota_fit(pool.gigabytes, pool.taken_gb, rules_.buffer);
      plan.fits = std::min(plan.fits, fit);
      if (fit.is_unlimited()) continue;
      if (pool.datastore) {
        plan.shared.push_back({*pool.datastore, pool.taken_gb});
      } else {
        plan.own = std::min(plan.own, fit);
      }
    }
    if (!best_ || plan.fits > best_->fits) best_ = std::move(plan);
  }

  std::vector<Candidate> pools_;
  const Rules& rules_;
  std::vector<FurtherDisk> disks_;
  std::optional<DiskPlan> best_;
};

}  // namespace

bool has_further_disks(const Footprint& footprint) {
  return std::any_of(footprint.further_disks.begin(), footprint.further_disks.end(),
                     [](const FurtherDisk& disk) { return disk.storage_gb > 0; });
}

std::optional<DiskPlan> disk_plan(const Hypervisor& row, std::span<const SharedEntry> shared,
                                  const Footprint& footprint, const Rules& rules) {
  return Search(enabled_pools(row, shared), footprint, rules).best();
}

}  // namespace vfstock::capacity
