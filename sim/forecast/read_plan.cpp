#include "sim/forecast/read_plan.h"

#include <algorithm>
#include <charconv>

#include "sim/document/nearest.h"
#include "sim/document/schemas.h"
#include "sim/fleet/fleet.h"
#include "sim/fleet/shop_json.h"
#include "sim/scenario/policy_json.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

const Json& part(const Json& json, const char* key) {
  static const Json none = Json::object();
  return json.contains(key) ? json[key] : none;
}

/// The panel as it will be: hypervisors that come later stand in it, and are absent at first.
void add_later_hypervisors(Json& panel, const Json& operations, Plan& plan, const Place& place) {
  for (const auto& [name, operation] : operations.items()) {
    if (!operation.contains("add")) continue;
    const Json& add = operation["add"];
    const Place at = place.at(name).at("add");
    const auto group =
        std::find_if(panel["groups"].begin(), panel["groups"].end(),
                     [&](const Json& candidate) { return candidate["id"] == add["group"]; });
    if (group == panel["groups"].end()) {
      refuse(at.at("group"), "there is no group " + add["group"].dump());
    }
    for (const std::int64_t id : ids_of_added(add)) {
      Json one = add["hypervisor"];
      one["hypervisor"]["id"] = id;
      (*group)["hypervisors"].push_back(std::move(one));
      if (!plan.absent.insert(id).second) {
        refuse(at.at("hypervisor"), "hypervisor " + std::to_string(id) + " is added twice");
      }
    }
  }
}

void read_world(Plan& plan, const PlanDocument& document, const Json& json, const Place& root) {
  if (json.contains("fleet") == json.contains("panel")) {
    refuse(root.at("panel"), "expected either panel or fleet");
  }
  Json panel;
  Place place = root.at("panel");
  if (json.contains("fleet")) {
    const auto file = document.file.parent_path() / json["fleet"].get<std::string>();
    fleet::Fleet read = fleet::read_fleet(file);
    if (read.shop) plan.shop = std::move(*read.shop);
    panel = document::read_file(file)["panel"];
    place = {file.string(), "/panel"};
  } else {
    panel = json["panel"];
  }
  add_later_hypervisors(panel, part(json, "operations"), plan, root.at("operations"));
  plan.panel = fleet::read_panel(panel, place);
  if (json.contains("shop")) plan.shop = fleet::read_shop(json["shop"], root.at("shop"));
  if (plan.shop.products.empty()) refuse(root.at("shop"), "expected at least one product");
  if (plan.panel.hypervisors.empty()) refuse(place, "expected at least one hypervisor");
}

void read_placement(Plan& plan, const Json& json, const Place& root) {
  if (json.contains("placement")) {
    const std::string placement = json["placement"].get<std::string>();
    plan.panel.placement = placement == "most-free" ? mockpanel::model::Placement::most_free
                           : placement == "fewest-servers"
                               ? mockpanel::model::Placement::fewest_servers
                               : mockpanel::model::Placement::first_fit;
  }
  if (json.contains("delete_delay")) {
    const auto delay = scenario::read_duration(json["delete_delay"], root.at("delete_delay"));
    plan.panel.default_delete_delay = std::chrono::duration_cast<std::chrono::minutes>(delay);
    if (plan.panel.default_delete_delay != delay) {
      refuse(root.at("delete_delay"), "expected whole minutes");
    }
  }
}

void read_products(Plan& plan, const Json& json, const Place& place) {
  for (const auto& [key, change] : json.items()) {
    const auto row = std::find_if(
        plan.shop.products.begin(), plan.shop.products.end(),
        [&key = key](const auto& known) { return std::to_string(known.id.value) == key; });
    if (row == plan.shop.products.end()) {
      refuse(place.at(key), "there is no product " + key);
    }
    fleet::update_product(*row, change);
    if (change.contains("price")) plan.prices[row->id] = change["price"].get<double>();
  }
}

/// Turns the stream's profile so that it begins with the plan. Where one of the two says nothing of
/// the calendar, the profile's first hour is the plan's.
void align_profile(const Plan& plan, Stream& stream, const Json& json, const Place& place) {
  if (!json.contains("hours_begin")) return;
  const auto profile_begins = calendar_moment(json["hours_begin"].get<std::string>());
  if (!profile_begins) {
    refuse(place.at("hours_begin"), "expected a date or moment such as 2026-12-01");
  }
  if (!plan.begins) return;
  for (auto* const hours : {&stream.rate.hours, &stream.batch.hours}) {
    if (!hours->empty()) align_hours(*hours, *profile_begins, *plan.begins);
  }
}

bool is_sold(const Plan& plan, catalogue::ProductId id) {
  const auto& rows = plan.shop.products;
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
}

/// What of the stream the plan does not know is taken out of it; false: nothing is left.
bool keep_what_is_known(Plan& plan, Stream& stream) {
  const auto unknown = std::find_if(stream.products.begin(), stream.products.end(),
                                    [&](const auto& one) { return !is_sold(plan, one.what); });
  if (unknown != stream.products.end()) {
    plan.notes.push_back("the demand '" + stream.name + "' is left out: the plan has no product " +
                         std::to_string(unknown->what.value));
    return false;
  }
  std::erase_if(stream.groups, [&](const auto& one) {
    if (plan.panel.groups.contains(one.what)) return false;
    plan.notes.push_back("the demand '" + stream.name + "' for group " + std::to_string(one.what) +
                         " goes to its other groups: the plan has no such group");
    return true;
  });
  return true;
}

void check_stream(const Plan& plan, const Json& json, const Stream& stream, const Place& place) {
  for (const auto& choice : stream.products) {
    if (is_sold(plan, choice.what)) continue;
    const std::string id = std::to_string(choice.what.value);
    refuse(json.contains("product") ? place.at("product") : place.at("products").at(id),
           "there is no product " + id);
  }
  for (const auto& choice : stream.groups) {
    const std::string id = std::to_string(choice.what);
    if (!plan.panel.groups.contains(choice.what)) {
      refuse(place.at("locations").at(id), "there is no group " + id);
    }
  }
}

void read_demand(Plan& plan, const Json& json, const std::set<std::string>& learnt,
                 const Place& place) {
  for (const auto& [name, stream] : json.items()) {
    Stream read = read_stream(name, stream, place.at(name));
    if (learnt.contains(name) && !keep_what_is_known(plan, read)) continue;
    check_stream(plan, stream, read, place.at(name));
    align_profile(plan, read, stream, place.at(name));
    plan.streams.push_back(std::move(read));
  }
  // Ordered by name, so that what a merge patch appends stands where it would in the file.
  std::sort(plan.streams.begin(), plan.streams.end(),
            [](const Stream& one, const Stream& other) { return one.name < other.name; });
  for (std::size_t i = 1; i < plan.streams.size(); ++i) {
    const auto same = std::find_if(
        plan.streams.begin(), plan.streams.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const Stream& earlier) { return earlier.entity == plan.streams[i].entity; });
    if (same != plan.streams.begin() + static_cast<std::ptrdiff_t>(i)) {
      refuse(place.at(plan.streams[i].name),
             "its name draws the same chance as '" + same->name + "'; give it another");
    }
  }
}

/// Milliseconds since the plan begins, of a time since then or of a date.
double read_moment(const Plan& plan, const Json& json, const Place& place) {
  const auto date = calendar_moment(json.get<std::string>());
  if (!date) return static_cast<double>(read_time(json, place));
  if (!plan.begins) refuse(place, "a date needs a plan that says when it begins (/begins)");
  return std::chrono::duration<double, std::milli>(*date - *plan.begins).count();
}

void read_promotions(Plan& plan, const Json& json, const Place& place) {
  std::vector<std::string> names;
  for (const Stream& stream : plan.streams) names.push_back(stream.name);
  for (const auto& [name, promotion] : json.items()) {
    const Place at = place.at(name);
    Boost boost;
    boost.from = read_moment(plan, promotion["from"], at.at("from"));
    boost.until = boost.from + static_cast<double>(read_time(promotion["for"], at.at("for")));
    boost.factor = promotion["factor"].get<double>();
    if (boost.from >= static_cast<double>(plan.horizon)) {
      plan.notes.push_back("the promotion '" + name +
                           "' comes after the horizon: it changes nothing");
    }
    const auto chosen =
        promotion.contains("demand") ? promotion["demand"].get<std::vector<std::string>>() : names;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto stream =
          std::find_if(plan.streams.begin(), plan.streams.end(),
                       [&](const Stream& known) { return known.name == chosen[i]; });
      if (stream == plan.streams.end()) {
        refuse(at.at("demand").at(i),
               "there is no demand '" + chosen[i] + "'" + document::did_you_mean(chosen[i], names));
      }
      stream->rate.boosts.push_back(boost);
    }
  }
}

/// A group that is gone is any group of the product.
bool keep_what_is_known(Plan& plan, Running& running) {
  if (!is_sold(plan, running.product)) {
    plan.notes.push_back("the running VPSes '" + running.name +
                         "' are left out: the plan has no product " +
                         std::to_string(running.product.value));
    return false;
  }
  if (running.group && !plan.panel.groups.contains(*running.group)) running.group.reset();
  return true;
}

void read_running(Plan& plan, const Json& json, const std::set<std::string>& learnt,
                  const Place& place) {
  for (const auto& [name, kind] : json.items()) {
    const Place at = place.at(name);
    Running running;
    running.name = name;
    running.entity = entity_of(name);
    running.product = {kind["product"].get<std::int64_t>()};
    running.count = kind["count"].get<std::int64_t>();
    if (kind.contains("group")) running.group = kind["group"].get<std::int64_t>();
    for (std::size_t i = 0; i < part(kind, "ages").size(); ++i) {
      running.ages.push_back(static_cast<double>(read_time(kind["ages"][i], at.at("ages").at(i))));
    }
    running.life = read_law(kind["life"], at.at("life"));
    if (kind.contains("stays")) {
      running.stays = static_cast<double>(read_time(kind["stays"], at.at("stays")));
    }
    running.counted = kind.value("counted", false);
    if (learnt.contains(name) && !keep_what_is_known(plan, running)) continue;
    plan.running.push_back(std::move(running));
  }
  std::sort(plan.running.begin(), plan.running.end(),
            [](const Running& one, const Running& other) { return one.name < other.name; });
}

void read_operations(Plan& plan, const Json& json, const Place& place) {
  std::vector<std::pair<Time, std::string>> names;
  for (const auto& [name, operation] : json.items()) {
    names.emplace_back(read_time(operation["at"], place.at(name).at("at")), name);
  }
  std::sort(names.begin(), names.end());
  for (const auto& [at, name] : names) read_operation(plan, name, json[name], place.at(name));
  std::stable_sort(plan.operations.begin(), plan.operations.end(),
                   [](const Operation& one, const Operation& other) { return one.at < other.at; });
}

void read_weather(Weather& weather, const Json& json, const Place& place) {
  if (json.contains("good") != json.contains("bad")) {
    refuse(place, "expected good and bad together, or neither");
  }
  if (json.contains("good")) {
    weather.good = read_law(json["good"], place.at("good"));
    weather.bad = read_law(json["bad"], place.at("bad"));
    if (json.contains("outages")) refuse(place.at("outages"), "expected dates or spells, not both");
  }
  const Json& outages = part(json, "outages");
  for (std::size_t i = 0; i < outages.size(); ++i) {
    const Place at = place.at("outages").at(i);
    const Time from = read_time(outages[i]["from"], at.at("from"));
    if (!weather.outages.empty() && from <= weather.outages.back().second) {
      refuse(at.at("from"), "is not later than the end of the outage before it");
    }
    weather.outages.emplace_back(from, from + read_time(outages[i]["for"], at.at("for")));
  }
}

void read_course(Plan& plan, const Json& json, const Place& root) {
  const auto time = [&](Time& field, const char* key) {
    if (json.contains(key)) field = read_time(json[key], root.at(key));
  };
  time(plan.horizon, "horizon");
  time(plan.warm_up, "warm_up");
  time(plan.provision_after, "provision_after");
  time(plan.cron_every, "cron_every");
  if (plan.horizon <= plan.warm_up) {
    refuse(root.at("horizon"), plan.warm_up > 0 ? "is not later than the end of warm_up"
                                                : "expected more than nothing");
  }
  if (plan.cron_every < 1000) refuse(root.at("cron_every"), "expected at least 1s");
  plan.mode = json.value("stock", "engine") == "ideal" ? StockMode::ideal : StockMode::engine;
  plan.cart_views = json.value("cart_views", plan.cart_views);
  plan.probes_per_day = json.value("probes_per_day", plan.probes_per_day);
  plan.samples = json.value("samples", plan.samples);
  plan.replicates = json.value("replicates", plan.replicates);
  plan.seed = json.value("seed", plan.seed);
}

Plan read(const PlanDocument& document, const Json& json, const std::string& label) {
  document::published_schemas().check("plan.schema.json", json, label);
  const Place root{label, ""};
  Plan plan;
  plan.name = json["name"].get<std::string>();
  plan.description = json["description"].get<std::string>();
  plan.currency = json.value("currency", "");
  if (json.contains("begins")) {
    plan.begins = calendar_moment(json["begins"].get<std::string>());
    if (!plan.begins) refuse(root.at("begins"), "expected a date or moment such as 2026-12-01");
  }
  read_world(plan, document, json, root);
  read_placement(plan, json, root);
  read_products(plan, part(json, "products"), root.at("products"));
  plan.policy = scenario::read_policy(part(json, "policy"), root.at("policy"));
  plan.panel_host = part(json, "policy").value("panel_host", "");
  read_course(plan, json, root);
  read_demand(plan, part(json, "demand"), document.learnt, root.at("demand"));
  read_promotions(plan, part(json, "promotions"), root.at("promotions"));
  read_running(plan, part(json, "running"), document.learnt, root.at("running"));
  read_operations(plan, part(json, "operations"), root.at("operations"));
  read_weather(plan.weather, part(json, "weather"), root.at("weather"));
  if (json.contains("expect")) read_expectations(plan, json["expect"], root.at("expect"));
  note_what_comes_too_late(plan);
  return plan;
}

}  // namespace

PlanDocument read_plan_document(const std::filesystem::path& file) {
  PlanDocument document{file, document::read_file(file), {}};
  document::published_schemas().check("plan.schema.json", document.json, file.string());
  for (const auto& [name, patch] : part(document.json, "what_ifs").items()) {
    document.what_ifs.push_back({name, patch, ""});
  }
  document.json.erase("what_ifs");
  return document;
}

PlanDocument::WhatIf read_what_if(const std::filesystem::path& file) {
  const Json json = document::read_file(file);
  const Place root{file.string(), ""};
  if (!json.is_object()) throw document::DocumentError(file.string() + ": expected an object");
  for (const auto& [key, value] : json.items()) {
    if (key != "name" && key != "description" && key != "patch" && key != "begins") {
      refuse(root.at(key), "unknown; expected name, description, patch, begins");
    }
  }
  if (!json.contains("name") || !json["name"].is_string()) {
    refuse(root.at("name"), "expected the what-if's name");
  }
  if (!json.contains("patch") || !json["patch"].is_object()) {
    refuse(root.at("patch"), "expected a merge patch (RFC 7386) on the plan");
  }
  if (json.contains("description") && !json["description"].is_string()) {
    refuse(root.at("description"), "expected text");
  }
  PlanDocument::WhatIf read{json["name"].get<std::string>(), json["patch"],
                            json.value("description", "")};
  if (!json.contains("begins")) return read;
  if (json["begins"].is_string()) read.begins = calendar_moment(json["begins"].get<std::string>());
  if (!read.begins) refuse(root.at("begins"), "expected a date or moment such as 2026-12-01");
  return read;
}

void replace_demand(PlanDocument& document, const PlanDocument::WhatIf& learnt) {
  for (const char* const part : {"demand", "running"}) {
    if (learnt.patch.contains(part)) document.json[part] = Json::object();
  }
  document.json.merge_patch(learnt.patch);
  const auto begins = learnt.begins ? learnt.begins : moment_named_in(learnt.description);
  for (const char* const part : {"demand", "running"}) {
    if (!learnt.patch.contains(part)) continue;
    for (auto& [name, kind] : document.json[part].items()) {
      document.learnt.insert(name);
      const bool profiled = kind.is_object() && kind.contains("hours");
      if (begins && profiled && !kind.contains("hours_begin")) {
        kind["hours_begin"] = calendar_text(*begins);
      }
    }
  }
  if (begins && !document.json.contains("begins")) {
    document.json["begins"] = calendar_text(*begins);
  }
  if (learnt.description.empty()) return;
  document.json["description"] =
      document.json["description"].get<std::string>() + " " + learnt.description;
}

Plan read_plan(const PlanDocument& document) {
  return read(document, document.json, document.file.string());
}

Plan read_plan(const PlanDocument& document, const PlanDocument::WhatIf& what_if) {
  Json patched = document.json;
  patched.merge_patch(what_if.patch);
  Plan plan = read(document, patched, document.file.string() + " (" + what_if.name + ")");
  plan.name = what_if.name;
  return plan;
}

}  // namespace vfstock::sim::forecast
