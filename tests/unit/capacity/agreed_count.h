// Counts with every implementation and expects one answer, so that each rule's test covers them all.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/capacity/capacity_batch.h"
#include "engine/capacity/scalar.h"

namespace vfstock::capacity {

inline void PrintTo(const Count& count, std::ostream* out) {
  if (count.is_unlimited()) {
    *out << "unlimited";
  } else {
    *out << count.places();
  }
}

inline void PrintTo(Dimension dimension, std::ostream* out) { *out << name(dimension); }

namespace test {

using Groups = std::vector<HypervisorColumns>;

inline std::vector<const HypervisorColumns*> pointers(const Groups& groups) {
  std::vector<const HypervisorColumns*> result;
  for (const HypervisorColumns& group : groups) result.push_back(&group);
  return result;
}

inline Count agreed_count(const Groups& groups, const Footprint& footprint, const Rules& rules) {
  const auto asked = pointers(groups);
  const Count plain = scalar::product_capacity(asked, footprint, rules);
  EXPECT_EQ(plain, product_capacity(asked, footprint, rules)) << "columns";
  EXPECT_EQ(plain, breakdown(asked, footprint, rules).capacity) << "breakdown";
  for (const Kernel kernel : {Kernel::portable, Kernel::avx2}) {
    if (!runs_here(kernel)) continue;
    CapacityBatch batch(kernel);
    EXPECT_EQ(plain, batch.product_capacity(asked, footprint, rules))
        << (kernel == Kernel::avx2 ? "AVX2" : "portable");
  }
  return plain;
}

inline Count agreed_count(const std::vector<Hypervisor>& rows, const Footprint& footprint,
                          const Rules& rules) {
  Groups groups;
  groups.emplace_back(rows);
  return agreed_count(groups, footprint, rules);
}

}  // namespace test
}  // namespace vfstock::capacity
