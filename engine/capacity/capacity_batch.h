// Counting many products over the same groups, as a sweep does.
//
// Products of one buffer and storage profile share the work that does not depend on the footprint.
// The batch remembers that work, so it lives no longer than the columns that it was shown: make one
// per sweep. Not safe to share between threads.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <vector>

#include "engine/capacity/prepared_group.h"

namespace vfstock::capacity {

class CapacityBatch {
 public:
  explicit CapacityBatch(Kernel kernel = fastest_kernel()) : kernel_(kernel) {}

  /// As capacity::product_capacity(). Every group shown must outlive the batch.
  Count product_capacity(std::span<const HypervisorColumns* const> groups,
                         const Footprint& footprint, const Rules& rules);

 private:
  /// What a prepared group depends on besides its columns.
  struct Preparation {
    Percent buffer;
    StorageMatch storage_match;
    ServerSlots server_slots;
    std::int64_t storage_profile;
    friend bool operator==(const Preparation&, const Preparation&) = default;
  };
  struct Prepared {
    Preparation preparation;
    // Only looked up by key: the order of addresses never shows.
    std::map<const HypervisorColumns*, PreparedGroup> groups;
  };

  Prepared& prepared_for(const Preparation& preparation);

  Kernel kernel_;
  std::deque<Prepared> prepared_;  // a shop has few distinct buffers and profiles
  std::vector<const PreparedGroup*> asked_;
};

}  // namespace vfstock::capacity
