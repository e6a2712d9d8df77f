// The mock panel as a replay runs it: model, API and faults behind one door.
//
// The runner announces each request before it is sent, which is when a fault is chosen, so that a
// request that never arrives (refused) is decided the same way as one that does. The link then has
// it delivered, in process or from a socket's thread. Thread safe.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "mockpanel/api/api.h"
#include "mockpanel/faults/injector.h"
#include "mockpanel/model/world.h"

namespace vfstock::sim::scenario {

/// What the announced request met.
struct Played {
  mockpanel::faults::Delivery delivery;
  std::string fault;  // id of the rule that fired, empty for none
  bool lied = false;  // its kind makes the panel tell what is not so
  std::shared_ptr<const mockpanel::model::World> truth;  // the panel's state when it answered
};

class PanelSide {
 public:
  PanelSide(mockpanel::model::World world, mockpanel::api::Options options);

  /// Chooses the fault for the next request. Whatever would come at `patience` or later does not
  /// come at all. True when the request never arrives: see obstacle().
  bool announce(const mockpanel::api::Request& request, mockpanel::model::Time now,
                std::string wall, std::chrono::milliseconds patience);
  /// What keeps the announced request from arriving; null: nothing does.
  const mockpanel::faults::Kind* obstacle() const;
  /// Answers the announced request. A client that retries meets the same fault again.
  mockpanel::faults::Delivery deliver(const mockpanel::api::Request& request);
  /// What came of the announced request.
  Played take();

  /// The panel's state at this moment, shared as long as nothing changes.
  std::shared_ptr<const mockpanel::model::World> truth();

  /// For steps that change the panel itself. Not while a request is in flight.
  mockpanel::model::World& world() { return world_; }
  mockpanel::faults::Injector& faults() { return injector_; }

 private:
  mutable std::mutex mutex_;
  mockpanel::model::World world_;
  mockpanel::api::Api api_;
  mockpanel::faults::Injector injector_{world_};

  const mockpanel::faults::Rule* rule_ = nullptr;
  const mockpanel::faults::Kind* obstacle_ = nullptr;
  mockpanel::model::Time now_{};
  std::string wall_;
  std::chrono::milliseconds patience_{};
  Played played_;
  std::shared_ptr<const mockpanel::model::World> truth_;
};

}  // namespace vfstock::sim::scenario
