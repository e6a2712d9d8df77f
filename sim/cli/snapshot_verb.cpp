// vfstock snapshot: a live panel and shop as a fleet file.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/capacity/percent.h"
#include "engine/catalogue/locations.h"
#include "engine/catalogue/panel_name.h"
#include "engine/catalogue/text.h"
#include "engine/live/capture.h"
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

fleet::Shop shop_of(const live::Capture& captured) {
  fleet::Shop shop{captured.products, captured.options, captured.server_groups, {}};
  for (const catalogue::PendingService& service : captured.pending) {
    const auto age = std::max(captured.at - service.ordered, std::chrono::milliseconds{0});
    shop.waiting.push_back(
        {service.service, service.order, service.product.id, service.qty, service.option, age});
  }
  return shop;
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

/// Of a text what the engine reads: its number, or that there is none.
std::string number_alone(const std::string& column) {
  return trimmed(column).empty() ? "" : std::to_string(catalogue::leading_integer(column));
}

/// A text that is no percentage counts as the same as a blank one.
std::string percent_alone(const std::string& column) {
  return capacity::Percent::parse(column) ? std::string(trimmed(column)) : "";
}

void anonymise_option(catalogue::OptionValue& value, const std::string& location_option,
                      std::map<std::string, std::size_t>& names) {
  const bool is_location = catalogue::machine_name(value.option) == location_option;
  const std::size_t number = names.emplace(value.option, names.size() + 1).first->second;
  value.option = is_location ? location_option : fmt::format("Option {}", number);
  value.value = is_location ? std::to_string(catalogue::leading_integer(value.value)) : "value";
}

void anonymise(fleet::Shop& shop, const std::string& location_option,
               const std::string& panel_host) {
  std::map<std::string, std::size_t> names, hosts;
  for (auto& product : shop.products) {
    product.name = fmt::format("Product {}", product.id.value);
    for (std::string* column : {&product.configoption1, &product.configoption2}) {
      *column = std::to_string(catalogue::leading_integer(*column));
    }
    product.configoption3 = number_alone(product.configoption3);
    product.configoption7 = percent_alone(product.configoption7);
  }
  for (auto& [product, values] : shop.options) {
    for (auto& value : values) anonymise_option(value, location_option, names);
  }
  for (auto& waiting : shop.waiting) {
    if (waiting.location) {
      waiting.location = std::to_string(catalogue::leading_integer(*waiting.location));
    }
  }
  for (auto& [group, members] : shop.server_groups) {
    for (std::string& host : members) {
      const std::size_t number = hosts.emplace(host, hosts.size() + 1).first->second;
      const bool is_panel = catalogue::panel_name(host) == catalogue::panel_name(panel_host);
      host = is_panel ? "panel.example" : fmt::format("other-{}.example", number);
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
  const live::Capture captured = live::capture(panel_at, shop_at, policy);
  fleet::Shop shop = shop_of(captured);
  Json panel = panel_json(captured.answers);
  if (values["anonymise"].as<bool>()) {
    anonymise(shop, policy.location_option, panel_at.host());
    anonymise(panel);
  }
  const auto taken = std::chrono::floor<std::chrono::seconds>(captured.at);
  const Json fleet{{"format", 1},
                   {"description", "Taken from a live panel and shop."},
                   {"taken", fleet::shop_moment(taken)},
                   {"panel", std::move(panel)},
                   {"shop", fleet::tables_json(shop, taken)}};
  document::published_schemas().check("fleet.schema.json", fleet, file);
  fleet::read_panel(fleet["panel"], {file, "/panel"});
  write_whole_file(file, fleet.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  invocation.err << fmt::format("{}: {} products, {} packages, {} groups, {} orders on their way\n",
                                file, shop.products.size(), fleet["panel"]["packages"].size(),
                                fleet["panel"]["groups"].size(), shop.waiting.size());
  if (captured.pending_left_out > 0) {
    invocation.err << fmt::format(
        "{} order{} on the way left out: a fleet file holds neither paid upgrades nor what other "
        "shops have sold\n",
        captured.pending_left_out, captured.pending_left_out == 1 ? "" : "s");
  }
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
