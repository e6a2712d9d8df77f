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
    mockpanel::faults::refuse_unreachable(fail.rule);
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
  if (json.contains("order")) {
    expect.order = Expect::OrderStatus{number(json["order"], "id"),
                                       json["order"]["status"].get<std::string>()};
  }
  return expect;
}

Action read_cron(const Json& json, const Place& place) {
  Cron cron;
  if (json.contains("every") != json.contains("until")) {
    refuse(place, "expected every and until together, or neither");
  }
  if (!json.contains("every")) return cron;
  cron.every = read_duration(json["every"], place.at("every"));
  cron.until = read_duration(json["until"], place.at("until"));
  if (*cron.every < std::chrono::seconds{1}) refuse(place.at("every"), "expected at least 1s");
  return cron;
}

shop::OrderLine read_line(const Json& json) {
  return {catalogue::ProductId{number(json, "product")}, maybe<std::int64_t>(json, "service"),
          maybe<std::int64_t>(json, "group")};
}

Action read_order(const Json& json, const Place& place) {
  Order order;
  order.order = maybe<std::int64_t>(json, "order");
  order.refused = json.value("refused", false);
  if (json.contains("product") == json.contains("services")) {
    refuse(place, "expected either product or services");
  }
  if (json.contains("product")) {
    order.lines.push_back(read_line(json));
  } else {
    for (const char* key : {"service", "group"}) {
      if (json.contains(key)) refuse(place.at(key), "belongs into an entry of services");
    }
    for (const Json& line : json["services"]) order.lines.push_back(read_line(line));
  }
  return order;
}

Action read_provision(const Json& json, const Place& place) {
  if (!json.contains("product") && !json.contains("service")) {
    refuse(place, "expected a product, or a service that was ordered");
  }
  Provision step{json.value("product", std::int64_t{0}), maybe<std::int64_t>(json, "service"),
                 maybe<std::int64_t>(json, "group")};
  step.chosen.package = maybe<std::int64_t>(json, "package");
  step.chosen.memory_mb = maybe<std::int64_t>(json, "memory");
  step.chosen.cores = maybe<std::int64_t>(json, "cpuCores");
  step.chosen.storage_gb = maybe<std::int64_t>(json, "storage");
  step.chosen.storage_profile = maybe<std::int64_t>(json, "storageProfile");
  step.chosen.ipv4 = maybe<std::int64_t>(json, "ipv4");
  return step;
}

Action read_store_fail(const Json& json, const Place& place) {
  using Fault = shop::StoreFault;
  using Part = StoreFail::Part;
  static const std::map<std::string, StoreFail> kinds = {
      {"reads", {Part::tables, Fault::reads, "the shop's database does not answer", {}}},
      {"writes", {Part::tables, Fault::writes, "the shop's database does not answer", {}}},
      {"reads-and-writes",
       {Part::tables, Fault::reads_and_writes, "the shop's database does not answer", {}}},
      {"writes-done",
       {Part::tables, Fault::writes_done, "the connection was lost after the write", {}}},
      {"locked", {Part::tables, Fault::writes, "the row is locked: lock wait timeout", {}}},
      {"deadlock", {Part::tables, Fault::writes, "deadlock found; the write was undone", {}}},
      {"connection-lost",
       {Part::tables, Fault::writes, "the connection was lost before the write", {}}},
      {"read-only", {Part::tables, Fault::writes, "the server runs read-only", {}}},
      {"disk-full", {Part::tables, Fault::writes, "the disk is full", {}}},
      {"row-changed", {Part::tables, Fault::row_changed, "", {}}},
      {"row-gone", {Part::tables, Fault::row_gone, "", {}}},
      {"acceptance", {Part::acceptance, Fault::none, "the shop's API does not answer", {}}},
      {"state", {Part::state, Fault::none, "what the engine saves cannot be stored", {}}}};
  StoreFail step = kinds.at(json["kind"].get<std::string>());
  if (json.contains("for")) step.lasts = read_duration(json["for"], place.at("for"));
  return step;
}

Action read_clock(const Json& json, const Place& place) {
  std::string text = json["by"].get<std::string>();
  const bool back = text.starts_with('-');
  const Time by = read_duration(back ? Json(text.substr(1)) : json["by"], place.at("by"));
  return ClockStep{back ? -by : by};
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
      {"cron", read_cron},
      {"order", read_order},
      {"cancel", [](const Json& j, const Place&) { return Cancel{number(j, "order")}; }},
      {"change-package",
       [](const Json& j, const Place&) {
         return ChangePackage{number(j, "service"), number(j, "product")};
       }},
      {"store-fail", read_store_fail},
      {"restart",
       [](const Json& j, const Place&) { return Restart{j.value("state", "kept") == "lost"}; }},
      {"clock", read_clock},
      {"recalculate",
       [](const Json& j, const Place&) { return Recalculate{j.value("force", false)}; }},
      {"view-cart", [](const Json& j, const Place&) { return ViewCart{number(j, "product")}; }},
      {"provision", read_provision},
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
  return scenario_from(json, file, preset);
}

Scenario scenario_from(const Json& json, const std::filesystem::path& file,
                       const std::optional<std::string>& preset) {
  Scenario scenario;
  scenario.file = file.string();
  scenario.name = json["name"].get<std::string>();
  scenario.description = json["description"].get<std::string>();
  read_world(scenario, json, file);
  const Place root{file.string(), ""};
  Json policy = json.value("policy", Json::object());
  scenario.states_policy = json.contains("policy") || json.contains("judged_by");
  if (preset) policy["preset"] = *preset;
  scenario.policy = read_policy(policy, root.at("policy"));
  scenario.judged_by = json.contains("judged_by")
                           ? read_policy(json["judged_by"], root.at("judged_by"))
                           : scenario.policy;
  scenario.panel_host = policy.value("panel_host", "");
  if (json.contains("violates")) {
    for (const Json& id : json["violates"]) scenario.violates.insert(id.get<std::string>());
  }
  scenario.timeline = read_timeline(json["timeline"], root.at("timeline"));
  return scenario;
}

}  // namespace vfstock::sim::scenario
