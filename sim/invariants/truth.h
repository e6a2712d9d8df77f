// The panel's true state as knowledge, for what must be so in the end whatever was answered.
#pragma once

#include <memory>

#include "mockpanel/model/world.h"
#include "sim/invariants/evidence.h"

namespace vfstock::sim::invariants {

class Truth final : public Knowledge {
 public:
  /// `maintenance_excluded`: hypervisors in maintenance take nothing.
  explicit Truth(std::shared_ptr<const mockpanel::model::World> world,
                 bool maintenance_excluded = false)
      : world_(std::move(world)), maintenance_excluded_(maintenance_excluded) {}

  Reading<PackageFacts> package(std::int64_t id, Time now) const override;
  Reading<GroupFacts> group(std::int64_t id, Time now) const override;
  bool may_be_silent(Time) const override { return false; }

 private:
  std::shared_ptr<const mockpanel::model::World> world_;
  bool maintenance_excluded_;
};

}  // namespace vfstock::sim::invariants
