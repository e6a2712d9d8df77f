// Who counts a product's groups for a decision.
//
// The port exists because counting is most of the work of a plan: CapacityBatch shares it between
// the products of one plan, and a forecast, which makes thousands of plans a second, carries it
// over from one plan to the next (incremental/).
#pragma once

#include <cstdint>
#include <span>

#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/count.h"
#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// A group that was found. One id and revision always come with the same hypervisors.
struct FoundGroup {
  std::int64_t id = 0;
  std::uint64_t revision = 0;
  const HypervisorColumns* columns = nullptr;
};

class Counter {
 public:
  virtual ~Counter() = default;
  /// As capacity::product_capacity(). `blocks`: null where the panel tells none.
  virtual Count product_capacity(std::span<const FoundGroup> groups, const Footprint& footprint,
                                 const Rules& rules, const AddressBlocks* blocks) = 0;
};

}  // namespace vfstock::capacity
