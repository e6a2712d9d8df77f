// The stage of one replay: mock panel, shop, clock and whoever keeps the stock, wired together. The
// engine can be taken off it and put on anew; what it saved stays.
#pragma once

#include <functional>
#include <memory>

#include "sim/scenario/failing_state.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/panel_side.h"
#include "sim/scenario/recorder.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/subject.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/failing_catalogue.h"
#include "sim/shop/memory_catalogue.h"
#include "sim/shop/shop.h"

namespace vfstock::sim::scenario {

/// Which road the engine's requests take. Over http the shop is as in production too: it cannot
/// tell what others changed in it, so that every refresh reads it whole.
enum class TransportKind { http, direct };

class Stage {
 public:
  /// Makes whoever keeps the stock; called again at each restart. The stage outlives what it makes.
  using MakeSubject = std::function<std::unique_ptr<Subject>(Stage&)>;

  /// With the production engine.
  Stage(const Scenario& scenario, TransportKind transport);
  Stage(const Scenario& scenario, TransportKind transport, MakeSubject make_subject);

  Subject& subject() { return *subject_; }
  /// A new one takes over; `state_lost`: without what the old one saved.
  void restart(bool state_lost);

  VirtualClock& clock() { return clock_; }
  PanelSide& panel() { return side_; }
  PanelLink& link() { return *link_; }
  /// The shop's tables, as the shop itself sees them.
  shop::MemoryCatalogue& tables() { return tables_; }
  /// The same tables as the engine reaches them.
  shop::FailingCatalogue& store() { return store_; }
  /// What the engine saves to survive a restart.
  FailingState& state() { return state_; }
  shop::Shop& shop() { return shop_; }
  Recorder& recorder() { return recorder_; }
  /// The shop's tables as the checker reads them; an order's moment is virtual time.
  Recorder::Tables seen_tables();
  invariants::ShopAnswers shop_answers() const { return {store_.readable(), store_.writable()}; }

 private:
  VirtualClock clock_;
  PanelSide side_;
  shop::MemoryCatalogue tables_;
  shop::FailingCatalogue store_;
  shop::Shop shop_{tables_, clock_};
  Recorder recorder_;
  std::unique_ptr<PanelLink> link_;
  FailingState state_;
  MakeSubject make_subject_;
  std::unique_ptr<Subject> subject_;
};

}  // namespace vfstock::sim::scenario
