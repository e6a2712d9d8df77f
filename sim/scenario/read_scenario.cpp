#include <array>
#include <functional>

#include "mockpanel/faults/rule_json.h"
#include "sim/document/document.h"
#include "sim/document/schemas.h"
#include "sim/fleet/fleet.h"
#include "sim/fleet/shop_json.h"
#include "sim/scenario/policy_json.h"
#include "sim/scenario/scenario.h"

namespace vfstock::sim::scenario {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

std::int64_t number(const Json& json, const char* key) { return json[key].get<std::int64_t>(); }

template <class T>
std::optional<T> maybe(const Json& json, const char* key) {
  if (!json.contains(key)) return std::nullopt;
  return json[key].get<T>();
}

Action read_fail(const Json& json, const Place& place) {
  Fail fail;
  Json rule = json;
  if (rule.contains("for")) {
    fail.lasts = read_duration(rule["for"], place.at("for"));
    rule.erase("for");
  }
  try {
    fail.rule = mockpanel::faults::rule_from_json(rule);
  } catch (const mockpanel::faults::RuleError& error) {
    refuse(place, error.what());
  }
  return fail;
}

Action read_expect(const Json& json) {
  Expect expect;
  expect.product = maybe<std::int64_t>(json, "product");
  expect.qty = maybe<std::int64_t>(json, "qty");
  expect.writes = maybe<std::int64_t>(json, "writes");
  expect.oversell = maybe<std::int64_t>(json, "oversell");
  expect.decision = maybe<std::string>(json, "decision");
  expect.why = maybe<std::string>(json, "why");
  expect.trigger = maybe<std::string>(json, "trigger");
  using Counts = std::map<std::string, std::int64_t>;
  expect.requests = json.contains("requests") ? json["requests"].get<Counts>() : Counts{};
  expect.summary = json.contains("summary") ? json["summary"].get<Counts>() : Counts{};
  return expect;
}

Action read_provision(const Json& json) {
  return Provision{number(json, "product"), maybe<std::int64_t>(json, "service"),
                   maybe<std::int64_t>(json, "group")};
}

Action read_provision_outside(const Json& json) {
  ProvisionOutside step;
  step.package = number(json, "package");
  step.group = number(json, "group");
  step.count = json.value("count", std::int64_t{1});
  step.ipv4 = maybe<std::int64_t>(json, "ipv4");
  return step;
}

using Reader = std::function<Action(const Json&, const Place&)>;

const std::map<std::string, Reader>& readers() {
  static const std::map<std::string, Reader> table = {
      {"cron", [](const Json&, const Place&) { return Cron{}; }},
      {"recalculate", [](const Json&, const Place&) { return Recalculate{}; }},
      {"view-cart", [](const Json& j, const Place&) { return ViewCart{number(j, "product")}; }},
      {"provision", [](const Json& j, const Place&) { return read_provision(j); }},
      {"terminate", [](const Json& j, const Place&) { return Terminate{number(j, "service")}; }},
      {"provision-outside", [](const Json& j, const Place&) { return read_provision_outside(j); }},
      {"terminate-outside",
       [](const Json& j, const Place&) { return TerminateOutside{number(j, "server")}; }},
      {"change", [](const Json& j, const Place&) { return Change{j}; }},
      {"fail", [](const Json& j, const Place& place) { return read_fail(j, place); }},
      {"heal", [](const Json& j, const Place&) { return Heal{maybe<std::string>(j, "id")}; }},
      {"expect", [](const Json& j, const Place&) { return read_expect(j); }},
  };
  return table;
}

Step read_step(const Json& json, const Place& place) {
  Step step;
  step.at = read_duration(json["at"], place.at("at"));
  for (const auto& [key, body] : json.items()) {
    if (key == "at") continue;
    step.verb = key;
    step.place = place.at(key);
    step.action = readers().at(key)(body, step.place);
  }
  return step;
}

std::vector<Step> read_timeline(const Json& json, const Place& place) {
  std::vector<Step> timeline;
  for (std::size_t i = 0; i < json.size(); ++i) {
    timeline.push_back(read_step(json[i], place.at(i)));
    if (i > 0 && timeline[i].at < timeline[i - 1].at) {
      refuse(place.at(i).at("at"), "is earlier than the step before it; sort the steps by time");
    }
  }
  return timeline;
}

/// The panel comes from a fleet file or stands in the scenario; a shop in the scenario wins.
void read_world(Scenario& scenario, const Json& json, const std::filesystem::path& file) {
  const Place root{file.string(), ""};
  if (json.contains("fleet") == json.contains("panel")) {
    refuse(root.at("panel"), "expected either panel or fleet");
  }
  if (json.contains("fleet")) {
    fleet::Fleet fleet = fleet::read_fleet(file.parent_path() / json["fleet"].get<std::string>());
    scenario.panel = std::move(fleet.panel);
    if (fleet.shop) scenario.shop = std::move(*fleet.shop);
  } else {
    scenario.panel = fleet::read_panel(json["panel"], root.at("panel"));
  }
  if (json.contains("shop")) scenario.shop = fleet::read_shop(json["shop"], root.at("shop"));
  if (scenario.shop.products.empty()) refuse(root.at("shop"), "expected at least one product");
}

}  // namespace

Scenario read_scenario(const std::filesystem::path& file,
                       const std::optional<std::string>& preset) {
  const Json json = document::read_file(file);
  document::published_schemas().check("scenario.schema.json", json, file.string());
  Scenario scenario;
  scenario.file = file.string();
  scenario.name = json["name"].get<std::string>();
  scenario.description = json["description"].get<std::string>();
  read_world(scenario, json, file);
  const Place root{file.string(), ""};
  Json policy = json.value("policy", Json::object());
  if (preset) policy["preset"] = *preset;
  scenario.policy = read_policy(policy, root.at("policy"));
  scenario.panel_host = policy.value("panel_host", "");
  if (json.contains("violates")) {
    for (const Json& id : json["violates"]) scenario.violates.insert(id.get<std::string>());
  }
  scenario.timeline = read_timeline(json["timeline"], root.at("timeline"));
  return scenario;
}

}  // namespace vfstock::sim::scenario
