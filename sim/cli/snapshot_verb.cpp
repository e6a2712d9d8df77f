// vfstock snapshot: a live panel and shop as a fleet file.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/catalogue/locations.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/catalogue/text.h"
#include "engine/live/live_panel.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "engine/schedule/panel_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/verb.h"
#include "sim/cli/whole_file.h"
#include "sim/document/document.h"
#include "sim/document/schemas.h"
#include "sim/fleet/fleet_json.h"
#include "sim/fleet/panel_json.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using document::Json;

namespace {

VerbOptions snapshot_options() {
  VerbOptions options{
      .verb = "snapshot",
      .usage = "vfstock snapshot [OPTIONS] FILE",
      .examples =
          "Examples:\n"
          "  vfstock snapshot --anonymise --panel https://panel.example/api/v1 --token-file token "
          "\\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password fleet.json\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()  //
      ("anonymise", po::bool_switch(),
       "leave out every name: of products, packages, hypervisors, locations and hosts");
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_policy_options(options.named);
  options.hidden.add_options()("file", po::value<std::string>());
  options.positional.add("file", 1);
  return options;
}

/// What the shop sells, and of which packages and groups.
struct Wanted {
  fleet::Shop shop;
  panel::Questions questions;
};

void add_product(Wanted& wanted, catalogue::Catalogue& shop, const catalogue::Product& row,
                 const plan::Policy& policy) {
  const auto options = shop.option_values(row.id);
  const std::int64_t package = catalogue::leading_integer(row.configoption2);
  if (package > 0) wanted.questions.packages.push_back(panel::PackageId{package});
  for (const std::int64_t group :
       catalogue::hypervisor_groups(row, options, policy.location_option)) {
    wanted.questions.groups.push_back(panel::GroupId{group});
  }
  if (row.servergroup != 0) {
    wanted.shop.server_groups[row.servergroup] = shop.virtfusion_hosts(row.servergroup);
  }
  wanted.shop.options[row.id] = options;
  wanted.shop.products.push_back(row);
}

/// Orders on their way hold places whatever becomes of their product's stock control.
void add_waiting(Wanted& wanted, catalogue::Catalogue& shop, const plan::Policy& policy,
                 WallTime now) {
  for (const catalogue::PendingService& service : shop.pending_services()) {
    if (!wanted.shop.options.contains(service.product.id)) {
      add_product(wanted, shop, service.product, policy);
    }
    wanted.shop.waiting.push_back({service.service, service.order, service.product.id, service.qty,
                                   service.option,
                                   std::max(now - service.ordered, std::chrono::milliseconds{0})});
  }
}

Wanted read_shop(catalogue::Catalogue& shop, const plan::Policy& policy, WallTime now) {
  Wanted wanted;
  for (const catalogue::Product& row : shop.managed_products()) {
    add_product(wanted, shop, row, policy);
  }
  add_waiting(wanted, shop, policy, now);
  return wanted;
}

/// The panel's part. Throws StoreError with the reason when anything could not be read: half a
/// fleet would answer every question wrongly.
Json panel_json(const panel::Answers& answers) {
  const auto unavailable = [](const panel::Unavailable& why) {
    throw catalogue::StoreError("no snapshot of half a panel: " + why.detail);
  };
  Json json{{"packages", Json::array()}, {"groups", Json::array()}};
  for (const auto& [id, told] : answers.packages) {
    told.lookup.match(
        [&](const panel::Package& package) {
          json["packages"].push_back(fleet::package_json(package));
        },
        [](panel::Missing) {}, unavailable);
  }
  for (const auto& asked : answers.groups) {
    asked.second.lookup.match(
        [&](const panel::GroupResources& group) {
          Json hypervisors = Json::array();
          for (const auto& hypervisor : group.hypervisors->rows()) {
            hypervisors.push_back(fleet::hypervisor_json(hypervisor));
          }
          json["groups"].push_back(
              {{"id", asked.first.value}, {"hypervisors", std::move(hypervisors)}});
        },
        [](panel::Missing) {}, unavailable);
  }
  return json;
}

panel::Answers ask(live::LivePanel& live, const panel::Questions& questions,
                   const plan::Policy& policy, const Clock& clock) {
  panel::Answers answers = live.panel().ask(questions, policy.bounds.sweep);
  // Server slots are worth having where the panel tells them, whatever the policy needs.
  panel::HttpPanelOptions all = schedule::panel_options(policy);
  all.servers_needed = true;
  panel::AnswersAgain again(live.log().answered());
  panel::HttpPanel with_slots(again, clock, all);
  for (auto& [id, told] : with_slots.ask(questions, policy.bounds.sweep).groups) {
    if (told.lookup.if_found() != nullptr) answers.groups.insert_or_assign(id, told);
  }
  return answers;
}

void anonymise_option(catalogue::OptionValue& value, const std::string& location_option,
                      std::map<std::string, std::size_t>& names) {
  const bool is_location = catalogue::machine_name(value.option) == location_option;
  const std::size_t number = names.emplace(value.option, names.size() + 1).first->second;
  value.option = is_location ? location_option : fmt::format("Option {}", number);
  value.value = is_location ? std::to_string(catalogue::leading_integer(value.value)) : "value";
}

void anonymise(Wanted& wanted, const std::string& location_option, const std::string& panel_host) {
  std::map<std::string, std::size_t> names, hosts;
  for (auto& product : wanted.shop.products) {
    product.name = fmt::format("Product {}", product.id.value);
    for (std::string* column : {&product.configoption1, &product.configoption2}) {
      *column = std::to_string(catalogue::leading_integer(*column));
    }
  }
  for (auto& [product, values] : wanted.shop.options) {
    for (auto& value : values) anonymise_option(value, location_option, names);
  }
  for (auto& waiting : wanted.shop.waiting) {
    if (waiting.location) {
      waiting.location = std::to_string(catalogue::leading_integer(*waiting.location));
    }
  }
  for (auto& [group, members] : wanted.shop.server_groups) {
    for (std::string& host : members) {
      const std::size_t number = hosts.emplace(host, hosts.size() + 1).first->second;
      host = host == panel_host ? "panel.example" : fmt::format("other-{}.example", number);
    }
  }
}

void anonymise(Json& panel) {
  for (Json& package : panel["packages"]) package.erase("name");
  for (Json& group : panel["groups"]) {
    for (Json& hypervisor : group["hypervisors"]) hypervisor["hypervisor"].erase("name");
  }
}

int snapshot(const po::variables_map& values, const Invocation& invocation) {
  const PanelSettings panel_at = panel_settings(values, invocation);
  const ShopSettings shop_at = shop_settings(values, invocation);
  const plan::Policy policy = policy_from(policy_words(values));
  const std::string& file = values["file"].as<std::string>();
  const live::RealClock clock;
  const auto database =
      live::open_database(shop_at.address, shop_at.password, live::Access::read_only);
  catalogue::SqlCatalogue shop(*database, policy.location_option);
  const WallTime now = clock.wall();
  Wanted wanted = read_shop(shop, policy, now);
  live::LivePanel live(panel_at, policy, clock);
  Json panel = panel_json(ask(live, wanted.questions, policy, clock));
  if (values["anonymise"].as<bool>()) {
    anonymise(wanted, policy.location_option, panel_at.host());
    anonymise(panel);
  }
  const auto taken = std::chrono::floor<std::chrono::seconds>(now);
  const Json fleet{{"format", 1},
                   {"description", "Taken from a live panel and shop."},
                   {"taken", fleet::shop_moment(taken)},
                   {"panel", std::move(panel)},
                   {"shop", fleet::tables_json(wanted.shop, taken)}};
  document::published_schemas().check("fleet.schema.json", fleet, file);
  fleet::read_panel(fleet["panel"], {file, "/panel"});
  write_whole_file(file, fleet.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  invocation.err << fmt::format("{}: {} products, {} packages, {} groups, {} orders on their way\n",
                                file, wanted.shop.products.size(),
                                fleet["panel"]["packages"].size(), fleet["panel"]["groups"].size(),
                                wanted.shop.waiting.size());
  return Status::good;
}

}  // namespace

int snapshot_verb(const Invocation& invocation) {
  const auto values = read_options(snapshot_options(), invocation);
  if (!values) return Status::good;
  if (!values->contains("file")) {
    throw UsageError("name the file to write (see vfstock snapshot --help)");
  }
  try {
    return snapshot(*values, invocation);
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock snapshot: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
