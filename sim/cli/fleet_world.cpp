#include "sim/cli/fleet_world.h"

#include <utility>

#include "engine/schedule/panel_options.h"
#include "sim/document/document.h"

namespace vfstock::sim::cli {

FleetWorld::FleetWorld(const std::string& file, const plan::Policy& policy)
    : FleetWorld(fleet::read_fleet(file), file, policy) {}

FleetWorld::FleetWorld(fleet::Fleet fleet, const std::string& file, const plan::Policy& policy)
    : side_(std::move(fleet.panel), {.tokens = {{.secret = scenario::replay_token}}}),
      link_(scenario::direct_link(side_, clock_, policy.bounds, [](const auto&) {})),
      log_(std::make_unique<panel::AnswerLog>(*link_, "")),
      panel_(std::make_unique<panel::HttpPanel>(*log_, clock_, schedule::panel_options(policy))) {
  if (!fleet.shop) throw document::DocumentError(file + ": holds no shop");
  for (const auto& product : fleet.shop->products) shop_.put(product);
  for (const auto& [product, values] : fleet.shop->options) {
    shop_.set_option_values(product, values);
  }
  for (const auto& [group, hosts] : fleet.shop->server_groups) {
    shop_.set_virtfusion_hosts(group, hosts);
  }
  for (const auto& waiting : fleet.shop->waiting) {
    shop_.put(fleet::pending_service(waiting, clock_.wall()));
  }
}

}  // namespace vfstock::sim::cli
