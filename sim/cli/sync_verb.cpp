// vfstock sync: one sweep of the shop.
#include <algorithm>

#include <fmt/format.h>

#include "engine/store/open_database.h"
#include "engine/store/sql_catalogue.h"
#include "engine/store/trial_shop.h"
#include "sim/cli/live_options.h"
#include "sim/cli/live_panel.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/real_clock.h"
#include "sim/cli/sweep.h"
#include "sim/cli/sync_text.h"
#include "sim/cli/verb.h"
#include "sim/fleet/fleet.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions sync_options() {
  VerbOptions options{
      .verb = "sync",
      .usage = "vfstock sync [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock sync --dry-run --panel https://panel.example/api/v1 --token-file token \\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password\n"
          "  vfstock sync --dry-run --trial scenarios/fleets/small-shop.json --shop "
          "sqlite:shop.db ...\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()                                                          //
      ("dry-run", po::bool_switch(), "show what would be written, and write nothing")  //
      ("trial", po::value<std::string>()->value_name("FLEET"),
       "first make the shop's SQLite file with the products of this fleet file, unless it is there")
      //
      ("product", po::value<std::vector<std::int64_t>>()->value_name("ID")->composing(),
       "this product alone; repeat for more")                                //
      ("force", po::bool_switch(), "write zeros that the brake would hold")  //
      ("json", po::bool_switch(), "machine output on stdout");
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_counting_options(options.named);
  add_shop_policy_options(options.named);
  return options;
}

void make_trial_shop(const std::string& fleet_file, const store::ShopAddress& address,
                     const Invocation& invocation) {
  if (address.kind != store::ShopAddress::Kind::sqlite) {
    throw UsageError("--trial: a trial shop is an SQLite file; expected --shop sqlite:FILE");
  }
  if (std::filesystem::exists(address.file)) return;
  const auto fleet = fleet::read_fleet(fleet_file);
  if (!fleet.shop) throw UsageError(fleet_file + ": holds no shop");
  store::create_trial_shop(address.file,
                           {fleet.shop->products, fleet.shop->options, fleet.shop->server_groups});
  invocation.err << fmt::format("made a trial shop of {} products: {}\n",
                                fleet.shop->products.size(), address.text());
}

std::vector<catalogue::ProductId> products_from(const po::variables_map& values) {
  std::vector<catalogue::ProductId> only;
  if (!values.contains("product")) return only;
  for (const std::int64_t id : values["product"].as<std::vector<std::int64_t>>()) {
    only.push_back(catalogue::ProductId{id});
  }
  return only;
}

void refuse_unmanaged(const std::vector<catalogue::ProductId>& only, const Plan& plan) {
  if (plan.store_failure) return;
  for (const catalogue::ProductId id : only) {
    const bool planned =
        std::any_of(plan.products.begin(), plan.products.end(),
                    [&](const PlannedProduct& product) { return product.seen.row.id == id; });
    if (!planned) {
      throw UsageError(fmt::format(
          "product {} is not managed: its row must exist with servertype VirtFusionDirect and "
          "stockcontrol 1",
          id.value));
    }
  }
}

int status_of(const Plan& plan) {
  if (plan.store_failure || plan.outside_failed) return Status::outside_failed;
  return plan.summary.held > 0 ? Status::held : Status::good;
}

void show(const Plan& plan, bool written, bool json, const Invocation& invocation) {
  if (json) {
    invocation.out
        << sync_json(plan, written).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
        << "\n";
  } else if (!plan.store_failure) {
    print_plan(plan, written, invocation.out);
  }
  if (plan.store_failure) {
    invocation.err << "vfstock sync: the shop could not be read: " << *plan.store_failure << "\n";
    return;
  }
  invocation.err << summary_text(plan, written) << "\n";
  if (plan.summary.held > 0) {
    invocation.err << "the brake holds: too many products would fall to 0 at once; look at the "
                      "panel, then use --force, or sync again in ten minutes\n";
  }
}

}  // namespace

int sync_verb(const Invocation& invocation) {
  const auto values = read_options(sync_options(), invocation);
  if (!values) return Status::good;
  const PanelSettings panel_at = panel_settings(*values, invocation);
  const ShopSettings shop_at = shop_settings(*values, invocation);
  const stock::Policy policy = policy_from(policy_words(*values));
  if (!(*values)["dry-run"].as<bool>()) throw UsageError("--dry-run is needed");
  try {
    if (values->contains("trial")) {
      make_trial_shop((*values)["trial"].as<std::string>(), shop_at.address, invocation);
    }
    const RealClock clock;
    const auto database =
        store::open_database(shop_at.address, shop_at.password, store::Access::read_only);
    store::SqlCatalogue shop(*database, policy.location_option);
    LivePanel live(panel_at, policy, clock);
    stock::MemoryState state;
    const SweepInput input{live.panel(),
                           shop,
                           state,
                           clock,
                           policy,
                           panel_at.host(),
                           (*values)["force"].as<bool>(),
                           products_from(*values)};
    const Plan plan = plan_sweep(input);
    refuse_unmanaged(input.only, plan);
    show(plan, false, (*values)["json"].as<bool>(), invocation);
    return status_of(plan);
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock sync: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
