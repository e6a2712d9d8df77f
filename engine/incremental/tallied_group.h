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

namespace vfstock::incremental {

class TalliedGroup {
 public:
  TalliedGroup(const capacity::HypervisorColumns& columns, std::uint64_t version,
               const capacity::Preparation& preparation, capacity::Kernel kernel)
      : group_(columns, preparation, kernel), version_(version) {}
  TalliedGroup(TalliedGroup&&) = default;  // what it points at moves along
  TalliedGroup(const TalliedGroup&) = delete;
  TalliedGroup& operator=(const TalliedGroup&) = delete;

  /// Goes over to the columns of this version; the same version has the same columns.
  void show(const capacity::HypervisorColumns& columns, std::uint64_t version);

  const capacity::HypervisorColumns& columns() const noexcept { return group_.columns(); }
  /// As of a capacity::PreparedGroup.
  capacity::Count fits(const capacity::Footprint& footprint);
  void fits_each(const capacity::Footprint& footprint, capacity::Column& fits) const {
    group_.fits_each(footprint, fits);
  }

 private:
  struct Tally;
  using Tallied = std::pair<const capacity::Footprint, Tally>;
  struct Tally {
    double sum = 0;               // of the fits, exact
    bool asked = true;            // since the group changed
    Tallied* follower = nullptr;  // that was asked for after this one last time

    /// False: the sum is not known exactly any more.
    bool follow(const capacity::Footprint& footprint,
                std::span<const capacity::PreparedGroup::Change> changes) noexcept;
  };

  /// Null: it was not counted yet.
  Tallied* find(const capacity::Footprint& footprint) noexcept;
  void follow(std::span<const capacity::PreparedGroup::Change> changes) noexcept;

  capacity::PreparedGroup group_;
  std::uint64_t version_;
  bool follows_ = false;  // the last change was in steps, so the next may well be
  std::map<capacity::Footprint, Tally> tallies_;
  Tallied* newest_ = nullptr;  // the one that was last asked for
};

}  // namespace vfstock::incremental
