// A Counter that carries its work from plan to plan: what was prepared and counted of a group holds
// as long as the group comes with the same revision, and follows it where few hypervisors changed.
//
// Not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/capacity/counter.h"
#include "engine/incremental/tallied_group.h"

namespace vfstock::incremental {

class GroupCounts final : public capacity::Counter {
 public:
  explicit GroupCounts(capacity::Kernel kernel = capacity::fastest_kernel()) : kernel_(kernel) {}
  GroupCounts(const GroupCounts&) = delete;  // it points into itself
  GroupCounts& operator=(const GroupCounts&) = delete;

  /// Columns need only live as long as their revision is asked for.
  capacity::Count product_capacity(std::span<const capacity::FoundGroup> groups,
                                   const capacity::Footprint& footprint,
                                   const capacity::Rules& rules,
                                   const capacity::AddressBlocks* blocks = nullptr) override;

 private:
  struct Prepared {
    capacity::Preparation preparation;
    std::map<std::int64_t, TalliedGroup> groups;
  };
  Prepared& find(const capacity::Rules& rules, std::int64_t profile);

  capacity::Kernel kernel_;
  std::vector<Prepared> prepared_;  // a shop has few distinct buffers and profiles
  Prepared* newest_ = nullptr;      // the one that was last asked for
  std::vector<TalliedGroup*> asked_;
  std::vector<const capacity::HypervisorColumns*> columns_;  // of the groups asked for
};

}  // namespace vfstock::incremental
