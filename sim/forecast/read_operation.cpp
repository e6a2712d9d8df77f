// Dated operations of plan files.
#include <algorithm>
#include <array>

#include "sim/fleet/shop_json.h"
#include "sim/forecast/read_plan.h"
#include "sim/scenario/policy_json.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

std::int64_t known_hypervisor(const Plan& plan, const Json& id, const Place& place) {
  const auto number = id.get<std::int64_t>();
  if (!plan.panel.hypervisors.contains(number)) {
    refuse(place, "there is no hypervisor " + std::to_string(number));
  }
  return number;
}

std::optional<std::int64_t> integer_if_given(const Json& json, const char* key) {
  if (!json.contains(key)) return std::nullopt;
  return json[key].get<std::int64_t>();
}

Change read_resize(const Plan& plan, const Json& json, const Place& place) {
  return HypervisorResized{known_hypervisor(plan, json["hypervisor"], place.at("hypervisor")),
                           integer_if_given(json, "memory"), integer_if_given(json, "cpuCores"),
                           integer_if_given(json, "localStorage"),
                           integer_if_given(json, "servers")};
}

Change read_addresses(const Plan& plan, const Json& json, const Place& place) {
  const auto block = json["block"].get<std::int64_t>();
  if (!plan.panel.blocks.contains(block)) {
    refuse(place.at("block"), "there is no IPv4 block " + std::to_string(block));
  }
  return AddressesAdded{block, json["add"].get<std::int64_t>()};
}

// Of two changes of one thing the later builds on the earlier, so operations are read in the order
// of their dates.
Change read_package(const Plan& plan, const Json& json) {
  const auto id = json["id"].get<std::int64_t>();
  const auto known = plan.panel.packages.find(id);
  mockpanel::model::Package package =
      known == plan.panel.packages.end() ? mockpanel::model::Package{} : known->second;
  for (const Operation& earlier : plan.operations) {
    const auto* const change = std::get_if<PackageChanged>(&earlier.change);
    if (change != nullptr && change->package.id == id) package = change->package;
  }
  package.id = id;
  fleet::update_package(package, json);
  return PackageChanged{std::move(package)};
}

Change read_product(const Plan& plan, const Json& json, const Place& place) {
  const catalogue::ProductId id{json["id"].get<std::int64_t>()};
  const auto& rows = plan.shop.products;
  const auto known = std::find_if(rows.begin(), rows.end(),
                                  [&](const catalogue::Product& row) { return row.id == id; });
  if (known == rows.end()) {
    refuse(place.at("id"), "there is no product " + std::to_string(id.value));
  }
  ProductChanged changed{*known, std::nullopt};
  for (const Operation& earlier : plan.operations) {
    const auto* const change = std::get_if<ProductChanged>(&earlier.change);
    if (change != nullptr && change->row.id == id) changed.row = change->row;
  }
  if (json["change"].contains("qty")) {
    refuse(place.at("change").at("qty"), "the engine owns qty once the forecast runs");
  }
  fleet::update_product(changed.row, json["change"]);
  if (json["change"].contains("price")) changed.price = json["change"]["price"].get<double>();
  return changed;
}

/// The lead time is a duration or a law.
Change read_add(const Json& json, const Place& place) {
  HypervisorsEnter enter{ids_of_added(json)};
  if (!json.contains("lead_time")) return enter;
  const Json& lead = json["lead_time"];
  const Place at = place.at("lead_time");
  enter.lead_time = lead.is_string() ? Law::deterministic(static_cast<double>(read_time(lead, at)))
                                     : read_law(lead, at);
  return enter;
}

Change read_change(const Plan& plan, const std::string& verb, const Json& json,
                   const Place& place) {
  if (verb == "add") return read_add(json, place);
  if (verb == "remove") return HypervisorLeaves{known_hypervisor(plan, json, place)};
  if (verb == "drain" || verb == "fail") {
    return HypervisorAccepts{known_hypervisor(plan, json, place), false};
  }
  if (verb == "resize") return read_resize(plan, json, place);
  if (verb == "addresses") return read_addresses(plan, json, place);
  if (verb == "package") return read_package(plan, json);
  if (verb == "product") return read_product(plan, json, place);
  return PolicyChanged{scenario::read_policy(json, place)};
}

}  // namespace

std::vector<std::int64_t> ids_of_added(const Json& add) {
  const auto first = add["hypervisor"]["hypervisor"]["id"].get<std::int64_t>();
  std::vector<std::int64_t> ids;
  for (std::int64_t n = 0; n < add.value("copies", std::int64_t{1}); ++n) ids.push_back(first + n);
  return ids;
}

void read_operation(Plan& plan, const std::string& name, const Json& json, const Place& place) {
  const Time at = read_time(json["at"], place.at("at"));
  std::string verb;
  for (const auto& [key, value] : json.items()) {
    if (key == "at" || key == "for") continue;
    if (!verb.empty()) refuse(place.at(key), "one operation is one thing; " + verb + " is there");
    verb = key;
  }
  if (verb.empty()) refuse(place, "expected something that happens");
  if (json.contains("for") && verb != "fail") refuse(place.at("for"), "belongs to fail alone");
  plan.operations.push_back({name, at, read_change(plan, verb, json[verb], place.at(verb))});
  if (!json.contains("for")) return;
  const Time end = at + read_time(json["for"], place.at("for"));
  plan.operations.push_back({name, end, HypervisorAccepts{json["fail"].get<std::int64_t>(), true}});
}

}  // namespace vfstock::sim::forecast
