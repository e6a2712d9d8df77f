// Counting many products over the same groups, as a sweep does, and sweep after sweep.
//
// Products of one buffer and storage profile share the work that does not depend on the footprint.
// The batch remembers that work for each group, and what it counted, until the group comes with
// another version; where little has changed it does no more of it again than that. Not safe to
// share between threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/capacity/tallied_group.h"

namespace vfstock::capacity {

/// A group as it stands. Whatever comes under one id and version is one and the same object.
struct VersionedGroup {
  std::int64_t id = 0;
  std::uint64_t version = 0;
  const HypervisorColumns* columns = nullptr;
};

class CapacityBatch {
 public:
  explicit CapacityBatch(Kernel kernel = fastest_kernel()) : kernel_(kernel) {}
  CapacityBatch(const CapacityBatch&) = delete;  // it points into itself
  CapacityBatch& operator=(const CapacityBatch&) = delete;

  /// As capacity::product_capacity(). Columns need only live as long as their version is shown.
  Count product_capacity(std::span<const VersionedGroup> groups, const Footprint& footprint,
                         const Rules& rules);
  /// Lets go of everything remembered.
  void forget() {
    newest_ = nullptr;
    prepared_.clear();
  }

 private:
  struct Prepared {
    Preparation preparation;
    std::map<std::int64_t, TalliedGroup> groups;
  };

  Prepared& find(const Rules& rules, std::int64_t profile);

  Kernel kernel_;
  std::vector<Prepared> prepared_;  // a shop has few distinct buffers and profiles
  Prepared* newest_ = nullptr;      // the one that was last asked for
  std::vector<TalliedGroup*> asked_;
};

}  // namespace vfstock::capacity
