// A group's hypervisors laid out in columns, the form in which capacity is counted.
//
// Columns are built once per group answer and then read by every product of the group. Immutable
// after construction, so safe to share between threads.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/capacity/hypervisor.h"

namespace vfstock::capacity {

class HypervisorColumns {
 public:
  HypervisorColumns() = default;
  explicit HypervisorColumns(std::vector<Hypervisor> rows);

  std::size_t size() const noexcept { return rows_.size(); }
  /// The rows in the panel's order, for breakdowns and for the plain reference.
  std::span<const Hypervisor> rows() const noexcept { return rows_; }

 private:
  std::vector<Hypervisor> rows_;
};

}  // namespace vfstock::capacity
