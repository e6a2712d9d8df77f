// A fleet file as a world to ask: its panel answered in process, its shop in memory.
#pragma once

#include <memory>
#include <string>

#include "engine/panel/answer_log.h"
#include "engine/panel/http_panel.h"
#include "sim/fleet/fleet.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/memory_catalogue.h"

namespace vfstock::sim::cli {

class FleetWorld {
 public:
  /// Throws document::DocumentError, also for a fleet without a shop.
  FleetWorld(const std::string& file, const plan::Policy& policy);

  const Clock& clock() const { return clock_; }
  panel::Panel& panel() { return *panel_; }
  panel::AnswerLog& log() { return *log_; }
  shop::MemoryCatalogue& shop() { return shop_; }

 private:
  FleetWorld(fleet::Fleet fleet, const std::string& file, const plan::Policy& policy);

  scenario::VirtualClock clock_;
  scenario::PanelSide side_;
  shop::MemoryCatalogue shop_;
  std::unique_ptr<scenario::PanelLink> link_;
  std::unique_ptr<panel::AnswerLog> log_;
  std::unique_ptr<panel::HttpPanel> panel_;
};

}  // namespace vfstock::sim::cli
