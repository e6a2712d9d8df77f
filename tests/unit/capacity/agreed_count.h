// Counts with every implementation and expects one answer, so that each rule's test covers them
// all.
#pragma once

#include <ostream>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/capacity/capacity.h"
#include "engine/capacity/capacity_batch.h"
#include "tests/oracle/plain_count.h"

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

/// One implementation's answer.
struct Told {
  const char* by;
  Count count;
};

/// Groups numbered from 1, each in its first revision.
inline std::vector<FoundGroup> numbered(const std::vector<const HypervisorColumns*>& groups) {
  std::vector<FoundGroup> found;
  for (const HypervisorColumns* group : groups) {
    found.push_back({static_cast<std::int64_t>(found.size()) + 1, 1, group});
  }
  return found;
}

/// The plain reference's answer first.
inline std::vector<Told> count_every_way(const Groups& groups, const Footprint& footprint,
                                         const Rules& rules) {
  const auto asked = pointers(groups);
  std::vector<Told> told{{"plain", oracle::product_capacity(asked, footprint, rules)},
                         {"columns", product_capacity(asked, footprint, rules)},
                         {"breakdown", breakdown(asked, footprint, rules).capacity}};
  for (const auto& [name, kernel] :
       {std::pair{"portable kernel", Kernel::portable}, std::pair{"AVX2 kernel", Kernel::avx2}}) {
    if (!runs_here(kernel)) continue;
    CapacityBatch batch(kernel);
    told.push_back({name, batch.product_capacity(numbered(asked), footprint, rules)});
  }
  return told;
}

inline Count agreed_count(const Groups& groups, const Footprint& footprint, const Rules& rules) {
  const std::vector<Told> told = count_every_way(groups, footprint, rules);
  for (const Told& one : told) EXPECT_EQ(told.front().count, one.count) << one.by;
  return told.front().count;
}

inline Count agreed_count(const std::vector<Hypervisor>& rows, const Footprint& footprint,
                          const Rules& rules) {
  Groups groups;
  groups.emplace_back(rows);
  return agreed_count(groups, footprint, rules);
}

}  // namespace test
}  // namespace vfstock::capacity
