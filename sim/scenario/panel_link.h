// The road between the engine and the mock panel: one request at a time, each traced.
//
// PanelLink is the engine's Transport in a replay. It announces a request to the panel's side,
// carries it (in process or over a socket), moves the virtual clock by what the exchange would have
// taken, and tells the onlooker. The two kinds of link differ in carrying alone, so both meet the
// same timeline.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/panel/transport.h"
#include "engine/plan/policy.h"
#include "mockpanel/faults/reception.h"
#include "sim/invariants/trace.h"
#include "sim/scenario/panel_side.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/provisioning.h"

namespace vfstock::sim::scenario {

/// The token that the replayed engine presents to the replayed panel.
constexpr const char* replay_token = "replay";

class PanelLink : public panel::Transport {
 public:
  using Onlooker = std::function<void(const invariants::Exchanged&)>;

  PanelLink(PanelSide& side, VirtualClock& clock, plan::Bounds bounds, Onlooker onlooker);

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds budget) final;
  /// Lets virtual time pass until a moment, with everything that falls due by then.
  using PassUntil = std::function<void(Instant)>;
  /// A call of the shop's module, over the same road. The engine does not wait for it: while the
  /// call takes its time, `pass_until` runs.
  shop::ModuleAnswer call(const shop::ModuleCall& call, const PassUntil& pass_until);

 protected:
  virtual panel::Answer carry(const panel::Request& request) = 0;
  virtual shop::ModuleAnswer carry(const shop::ModuleCall& call) = 0;
  /// Until further notice requests do not arrive: connections are refused, or their TLS fails
  /// (refused, or a broken handshake). Null: they do.
  virtual void obstruct(const mockpanel::faults::Kind* obstacle) = 0;

  /// For a link that settles what arrived while it carries: the onlooker is told the same.
  void arrived(mockpanel::faults::Reception reception) { arrived_ = std::move(reception); }

  /// What the shop's module makes of an exchange that ended so.
  static shop::ModuleAnswer failed(panel::Ending ending) {
    return {false, 0, {}, std::string(panel::name(ending))};
  }

  PanelSide& side() { return side_; }
  const plan::Bounds& bounds() const { return bounds_; }

 private:
  /// Leaves what came of it in played_; the time that it takes is the caller's to let pass.
  template <class Carry>
  auto exchange(const mockpanel::api::Request& request, std::chrono::milliseconds patience,
                Carry carry_it);

  PanelSide& side_;
  VirtualClock& clock_;
  plan::Bounds bounds_;
  Onlooker onlooker_;
  // Of the newest exchange.
  Played played_;
  std::optional<mockpanel::faults::Reception> arrived_;
};

/// What a request to the panel's API looks like when it arrives.
mockpanel::api::Request arriving(const std::string& method, const std::string& target,
                                 const std::string& body = {});

/// Calendar time as the panel writes it.
std::string iso_time(WallTime wall);

/// What an onlooker sees of a request for `target`, of which `arrived` (what is received of the
/// delivery, when absent) came; the times are the caller's.
invariants::Exchanged traced(const std::string& target, Played played,
                             std::optional<mockpanel::faults::Reception> arrived = std::nullopt);

/// In process: the same bytes without sockets.
std::unique_ptr<PanelLink> direct_link(PanelSide& side, VirtualClock& clock, plan::Bounds bounds,
                                       PanelLink::Onlooker onlooker);
/// Real sockets on loopback: libcurl on one side, the mock panel's wire on the other.
std::unique_ptr<PanelLink> socket_link(PanelSide& side, VirtualClock& clock, plan::Bounds bounds,
                                       PanelLink::Onlooker onlooker);

}  // namespace vfstock::sim::scenario
