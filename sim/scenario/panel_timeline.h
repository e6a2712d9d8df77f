// What a timeline does to the panel alone, for clients that are none of ours: faults begin and end,
// records change, servers come and go. The shop's own steps are the client's matter.
//
// A service is provisioned and terminated in the panel's model, without a request that a fault
// could meet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "mockpanel/faults/injector.h"
#include "mockpanel/model/world.h"
#include "sim/scenario/scenario.h"

namespace vfstock::sim::scenario {

class PanelTimeline {
 public:
  /// All three outlive the timeline; `world` is the scenario's own or a copy of it.
  PanelTimeline(const Scenario& scenario, mockpanel::model::World& world,
                mockpanel::faults::Injector& injector);

  /// Carries out every step that is due by `now` and has not been yet. Throws
  /// document::DocumentError when a step names what is not there.
  void play_until(Time now);
  /// Carries out one step, at this moment.
  void apply(const Step& step, Time now);

 private:
  struct Placed {
    std::int64_t product = 0;
    std::optional<std::int64_t> group, server;
  };

  void act(const Fail& step, const Step& whole, Time now);
  void act(const Heal& step, const Step& whole, Time now);
  void act(const Change& step, const Step& whole, Time now);
  void act(const ProvisionOutside& step, const Step& whole, Time now);
  void act(const TerminateOutside& step, const Step& whole, Time now);
  void act(const Order& step, const Step& whole, Time now);
  void act(const Provision& step, const Step& whole, Time now);
  void act(const Terminate& step, const Step& whole, Time now);
  void act(const ChangePackage& step, const Step& whole, Time now);
  template <class Other>
  void act(const Other&, const Step&, Time) {}

  const catalogue::Product& product(std::int64_t id, const Step& whole) const;
  Placed& placed(std::int64_t service, const Step& whole);

  const Scenario& scenario_;
  mockpanel::model::World& world_;
  mockpanel::faults::Injector& injector_;
  std::size_t next_step_ = 0;
  std::int64_t next_fault_ = 1;
  std::int64_t next_service_ = 1;
  std::map<std::int64_t, Placed> services_;
};

}  // namespace vfstock::sim::scenario
