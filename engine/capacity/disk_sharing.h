// What VPSes of several disks take of a group's shared datastores.
//
// One VPS may need two datastores at once, which a flow through single pools cannot say. So
// datastores that some hypervisor uses together are read as one pool, which takes no more than the
// scarcest of them: what is counted can be placed, and where all hypervisors use the same ones it
// is exact. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/capacity/disk_plan.h"

namespace vfstock::capacity {

class DiskSharing {
 public:
  struct Pool {
    Count takes;
    std::size_t scarcest = 0;        // of its datastores
    std::vector<std::size_t> hosts;  // ascending
  };

  /// `used` is not empty; hosts come in ascending order.
  void add(std::size_t host, std::vector<DiskPlan::Shared> used) {
    users_.push_back({host, std::move(used)});
  }
  std::vector<Pool> pools(std::span<const Datastore> datastores, std::span<const Hypervisor> rows,
                          const Percent& buffer) const;

 private:
  struct User {
    std::size_t host;
    std::vector<DiskPlan::Shared> used;
  };

  std::vector<User> users_;
};

}  // namespace vfstock::capacity
