#include "sim/cli/explain_live.h"

#include <fmt/format.h>

#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/live_panel.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "engine/plan/terms.h"
#include "engine/schedule/keeper.h"
#include "sim/cli/fleet_world.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/sync_plan.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

plan::Explanation explain(catalogue::Catalogue& shop, panel::Panel& panel, const Clock& clock,
                          const plan::Policy& policy, const std::string& panel_host,
                          std::int64_t id) {
  PlanJournal journal;
  schedule::MemoryState state;
  schedule::NoBilling billing;
  schedule::StockKeeper keeper({shop, panel, journal, state, billing, clock}, policy, panel_host);
  auto explanation = keeper.explain(catalogue::ProductId{id});
  if (!explanation) {
    throw UsageError(fmt::format(
        "product {} is not managed: its row must exist with servertype VirtFusionDirect and "
        "stockcontrol 1",
        id));
  }
  return *std::move(explanation);
}

}  // namespace

plan::Explanation explain_product(const po::variables_map& values, const plan::Policy& policy,
                                  const Invocation& invocation) {
  const auto id = values["product"].as<std::int64_t>();
  if (values.contains("fleet")) {
    FleetWorld world(values["fleet"].as<std::string>(), policy);
    return explain(world.shop(), world.panel(), world.clock(), policy, "", id);
  }
  const PanelSettings panel_at = panel_settings(values, invocation);
  const ShopSettings shop_at = shop_settings(values, invocation);
  const live::RealClock clock;
  const auto database =
      live::open_database(shop_at.address, shop_at.password, live::Access::read_only);
  catalogue::SqlCatalogue shop(*database, policy.location_option);
  live::LivePanel live(panel_at, policy, clock);
  return explain(shop, live.panel(), clock, policy, panel_at.host(), id);
}

void print_product(const plan::Explanation& explanation, const plan::Policy& policy,
                   std::ostream& out) {
  const catalogue::Product& row = explanation.product;
  out << fmt::format("Product {} \"{}\" stands at {} in the shop.\n", row.id.value,
                     report::clean(row.name), row.qty);
  const panel::Package* const package =
      explanation.package ? explanation.package->lookup.if_found() : nullptr;
  if (package == nullptr) return;
  const plan::Terms terms = plan::terms_of(row, {}, policy);
  out << fmt::format(
      "One of package {} \"{}\" takes {} MB of memory, {} cores, {} GB of {} and {} IPv4 "
      "address{}.\n",
      package->id.value, report::clean(package->name), package->memory_mb, package->cores,
      package->storage_gb,
      package->storage_profile > 0 ? fmt::format("storage {}", package->storage_profile)
                                   : std::string("local storage"),
      terms.ipv4_addresses, terms.ipv4_addresses == 1 ? "" : "es");
  out << fmt::format("The buffer (configoption7 \"{}\") is held back of every quota.\n",
                     report::clean(row.configoption7));
}

}  // namespace vfstock::sim::cli
