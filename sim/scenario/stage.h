// The stage of one replay: mock panel, shop, clock and the production engine, wired together.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/catalogue/memory_catalogue.h"
#include "engine/panel/confirming_panel.h"
#include "engine/panel/http_panel.h"
#include "engine/stock/keeper.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/panel_side.h"
#include "sim/scenario/recorder.h"
#include "sim/scenario/scenario.h"
#include "sim/scenario/virtual_clock.h"

namespace vfstock::sim::scenario {

/// Which road the engine's requests take.
enum class TransportKind { http, direct };

class Stage {
 public:
  Stage(const Scenario& scenario, TransportKind transport);

  /// The engine's triggers, each traced from beginning to end.
  void sweep(stock::Trigger trigger);
  void refresh(std::int64_t product, stock::Trigger trigger);

  VirtualClock& clock() { return clock_; }
  PanelSide& panel() { return side_; }
  PanelLink& link() { return *link_; }
  catalogue::MemoryCatalogue& shop() { return shop_; }
  Recorder& recorder() { return recorder_; }

  /// Panel server of each service that has one.
  std::map<std::int64_t, std::int64_t> servers_of_services;

 private:
  template <class Refresh>
  void traced(stock::Trigger trigger, std::optional<std::int64_t> product, Refresh refresh);

  VirtualClock clock_;
  PanelSide side_;
  catalogue::MemoryCatalogue shop_;
  Recorder recorder_;
  std::unique_ptr<PanelLink> link_;
  panel::HttpPanel panel_;
  panel::ConfirmingPanel confirming_;
  stock::StockKeeper keeper_;
};

/// The whole product table as the checker reads it.
std::vector<invariants::Row> rows_of(catalogue::MemoryCatalogue& shop);

}  // namespace vfstock::sim::scenario
