#include "engine/live/capture.h"

#include "engine/catalogue/locations.h"
#include "engine/catalogue/text.h"
#include "engine/live/live_panel.h"
#include "engine/live/open_shop.h"
#include "engine/live/real_clock.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::live {

namespace {

void add_product(Capture& captured, panel::Questions& questions, catalogue::Catalogue& shop,
                 const catalogue::Product& row, const plan::Policy& policy) {
  const auto options = shop.option_values(row.id);
  const std::int64_t package = catalogue::leading_integer(row.configoption2);
  if (package > 0) questions.packages.push_back(panel::PackageId{package});
  for (const std::int64_t group :
       catalogue::hypervisor_groups(row, options, policy.location_option)) {
    questions.groups.push_back(panel::GroupId{group});
  }
  if (!captured.server_groups.contains(row.servergroup)) {
    captured.server_groups[row.servergroup] = shop.virtfusion_hosts(row.servergroup);
  }
  captured.options[row.id] = options;
  captured.products.push_back(row);
}

/// What must be asked of the panel about the shop.
panel::Questions read_shop(Capture& captured, catalogue::Catalogue& shop,
                           const plan::Policy& policy) {
  panel::Questions questions;
  for (const catalogue::Product& row : shop.managed_products()) {
    add_product(captured, questions, shop, row, policy);
  }
  // Orders on their way hold places whatever becomes of their product's stock control.
  for (catalogue::PendingService& service : shop.pending_services()) {
    if (service.elsewhere || service.upgraded_from) {
      ++captured.pending_left_out;
    } else {
      captured.pending.push_back(std::move(service));
    }
  }
  for (const catalogue::PendingService& service : captured.pending) {
    if (captured.options.contains(service.product.id)) continue;
    add_product(captured, questions, shop, service.product, policy);
  }
  return questions;
}

panel::Answers ask(LivePanel& live, const panel::Questions& questions, const plan::Policy& policy,
                   const Clock& clock) {
  panel::Answers answers = live.panel().ask(questions, policy.bounds.sweep);
  panel::HttpPanelOptions with_slots = schedule::panel_options(policy);
  // A snapshot holds what the panel says, whatever the policy makes of it.
  with_slots.servers_needed = with_slots.servers_count = true;
  with_slots.node_caps.clear();
  panel::AnswersAgain again(live.log().answered());
  panel::HttpPanel reader(again, clock, with_slots);
  for (auto& [id, told] : reader.ask(questions, policy.bounds.sweep).groups) {
    if (told.lookup.if_found() != nullptr) answers.groups.insert_or_assign(id, told);
  }
  return answers;
}

}  // namespace

Capture capture(const PanelSettings& panel, const ShopSettings& shop, const plan::Policy& policy) {
  const RealClock clock;
  OpenShop open(shop, policy.location_option, Access::read_only);
  Capture captured;
  captured.at = clock.wall();
  const panel::Questions questions = read_shop(captured, open.rows(), policy);
  LivePanel live(panel, policy, clock);
  captured.answers = ask(live, questions, policy, clock);
  return captured;
}

}  // namespace vfstock::live
