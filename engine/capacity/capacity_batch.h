// Counting many products over the same groups, as one plan does.
//
// Products of one buffer and storage profile share the work that does not depend on the footprint.
// A batch lives as long as the columns that it was shown. Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/capacity/counter.h"
#include "engine/capacity/prepared_group.h"

namespace vfstock::capacity {

class CapacityBatch final : public Counter {
 public:
  explicit CapacityBatch(Kernel kernel = fastest_kernel()) : kernel_(kernel) {}

  Count product_capacity(std::span<const FoundGroup> groups, const Footprint& footprint,
                         const Rules& rules, const AddressBlocks* blocks = nullptr) override;

 private:
  struct Prepared {
    Preparation preparation;
    std::map<std::int64_t, PreparedGroup> groups;
  };
  Prepared& find(const Rules& rules, std::int64_t profile);

  Kernel kernel_;
  std::vector<Prepared> prepared_;  // a shop has few distinct buffers and profiles
  std::vector<const HypervisorColumns*>
      columns_;  // of the groups asked for; a member for its memory
};

}  // namespace vfstock::capacity
