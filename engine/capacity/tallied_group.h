// A prepared group that remembers what it counted, for counts that are asked for again and again.
//
// When a few hypervisors have changed since the last version, a remembered count follows them: it
// loses what they took and gains what they take now, which is exact, and costs nothing for the
// hypervisors that stayed as they were. What was not asked for in a version is forgotten with the
// next. Whoever sweeps asks in the same order each time, so each count is looked for behind the one
// before.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>

#include "engine/capacity/prepared_group.h"

namespace vfstock::capacity {

class TalliedGroup {
 public:
  TalliedGroup(const HypervisorColumns& columns, std::uint64_t version,
               const Preparation& preparation, Kernel kernel)
      : group_(columns, preparation, kernel), version_(version) {}
  TalliedGroup(TalliedGroup&&) = default;  // what it points at moves along
  TalliedGroup(const TalliedGroup&) = delete;
  TalliedGroup& operator=(const TalliedGroup&) = delete;

  /// Goes over to the columns of this version; the same version has the same columns.
  void show(const HypervisorColumns& columns, std::uint64_t version);

  const HypervisorColumns& columns() const noexcept { return group_.columns(); }
  /// As of a PreparedGroup.
  Count fits(const Footprint& footprint);
  Count fits(const Footprint& footprint, const AddressRun& run) const noexcept {
    return group_.fits(footprint, run);
  }

 private:
  struct Tally;
  using Tallied = std::pair<const Footprint, Tally>;
  struct Tally {
    double sum = 0;               // of the fits, exact
    bool asked = true;            // since the group changed
    Tallied* follower = nullptr;  // that was asked for after this one last time

    /// False: the sum is not known exactly any more.
    bool follow(const Footprint& footprint,
                std::span<const PreparedGroup::Change> changes) noexcept;
  };

  /// Null: it was not counted yet.
  Tallied* find(const Footprint& footprint) noexcept;
  void follow(std::span<const PreparedGroup::Change> changes) noexcept;

  PreparedGroup group_;
  std::uint64_t version_;
  bool follows_ = false;  // the last change was in steps, so the next may well be
  std::map<Footprint, Tally> tallies_;
  Tallied* newest_ = nullptr;  // the one that was last asked for
};

/// As of prepared groups.
Count product_capacity(std::span<TalliedGroup* const> groups, const Footprint& footprint,
                       Ipv4Cap ipv4_cap);

}  // namespace vfstock::capacity
