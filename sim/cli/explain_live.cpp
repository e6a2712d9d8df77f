#include "sim/cli/explain_live.h"

#include <fmt/format.h>

#include "engine/live/look.h"
#include "engine/live/shop_status.h"
#include "engine/live/sync.h"
#include "engine/plan/terms.h"
#include "sim/cli/fleet_world.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

std::string footprint_words(const capacity::Footprint& footprint) {
  return fmt::format("{} MB of memory, {} cores, {} GB of {} and {} IPv4 address{}",
                     footprint.memory_mb, footprint.cores, footprint.storage_gb,
                     footprint.storage_profile > 0
                         ? fmt::format("storage {}", footprint.storage_profile)
                         : std::string("local storage"),
                     footprint.ipv4_addresses, footprint.ipv4_addresses == 1 ? "" : "es");
}

}  // namespace

plan::Explanation explain_product(const po::variables_map& values, const plan::Policy& policy,
                                  const Invocation& invocation) {
  const catalogue::ProductId id{values["product"].as<std::int64_t>()};
  if (values.contains("fleet")) {
    FleetWorld world(values["fleet"].as<std::string>(), policy);
    catalogue::ShopLog seen(world.shop());
    return live::explain({seen, world.panel(), world.clock(), policy, ""}, id);
  }
  const PanelSettings panel = panel_settings(values, invocation);
  const ShopSettings shop = shop_settings(values, invocation);
  return live::explain_live(panel, shop, policy, id);
}

void print_product(const plan::Explanation& explanation, const plan::Policy& policy,
                   std::ostream& out) {
  const catalogue::Product& row = explanation.product;
  out << fmt::format("Product {} \"{}\" stands at {} in the shop.\n", row.id.value,
                     report::clean(row.name), row.qty);
  const panel::Package* const package =
      explanation.package ? explanation.package->lookup.if_found() : nullptr;
  if (package == nullptr) return;
  const plan::Terms as_packaged = plan::terms_of(row, {}, policy);
  const capacity::Footprint packaged = plan::own_footprint(as_packaged, *package);
  out << fmt::format("One of package {} \"{}\" takes {}.\n", package->id.value,
                     report::clean(package->name), footprint_words(packaged));
  if (explanation.footprint && *explanation.footprint != packaged) {
    out << fmt::format("Counted is what options can make of it: {}.\n",
                       footprint_words(*explanation.footprint));
  }
  out << fmt::format("The buffer (configoption7 \"{}\") is held back of every quota.\n",
                     report::clean(row.configoption7));
}

void print_overrides(const plan::Explanation& explanation, const plan::Policy& policy,
                     std::ostream& out) {
  if (policy.option_overrides == plan::OptionOverrides::largest) return;
  for (const std::string& option : explanation.overriding_options) {
    out << fmt::format(
        "Warning: the option '{}' may make a VPS larger than its package, which is what is "
        "counted; --option-overrides largest counts the largest that can be chosen.\n",
        report::clean(option));
  }
}

void print_brake(const po::variables_map& values, catalogue::ProductId product,
                 const Invocation& invocation) {
  if (values.contains("fleet")) return;
  const auto remembered = live::remembered_in(journal_file(values, invocation));
  if (!remembered || !remembered->braked.contains(product)) return;
  invocation.out << "Nothing of this is written now: " << *live::brake_text(*remembered) << ".\n";
}

}  // namespace vfstock::sim::cli
