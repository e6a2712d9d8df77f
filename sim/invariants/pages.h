// Whether the pages of a group belong together, and the group that they make.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/invariants/reading.h"
#include "sim/invariants/recount.h"

namespace vfstock::sim::invariants {

/// The pages of one group in the order in which they were asked for. They outlive this.
class PageSequence {
 public:
  /// Takes the next page. What it says against the others; nullopt when they agree so far. Once
  /// they do not, no more may be added.
  std::optional<std::string> add(const PageFacts& page);

  bool empty() const { return pages_.empty(); }
  std::int64_t count() const { return static_cast<std::int64_t>(pages_.size()); }
  const PageFacts& first() const { return *pages_.front(); }
  /// The hypervisors of all pages.
  GroupFacts joined() const;

 private:
  std::vector<const PageFacts*> pages_;
  std::set<std::int64_t> seen_;  // ids of hypervisors
};

}  // namespace vfstock::sim::invariants
