#include "sim/cli/journal_scenario.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/panel/http_panel.h"
#include "engine/panel/pages.h"
#include "engine/schedule/panel_options.h"
#include "sim/cli/policy_options.h"
#include "sim/fleet/fleet_json.h"
#include "sim/scenario/policy_json.h"
#include "sim/scenario/virtual_clock.h"

namespace vfstock::sim::cli {

using document::Json;
using sqlite::KeptDecision;
using sqlite::KeptRefresh;

namespace {

/// What one refresh was told about one record; a failure with the status that stands for it.
struct Failure {
  int status = 503;
  friend bool operator==(const Failure&, const Failure&) = default;
};

/// Everything that the panel said in one refresh.
struct Told {
  std::map<std::int64_t, Json> packages;
  std::map<std::int64_t, std::map<std::int64_t, Json>> groups;  // id -> hypervisors by id
  std::map<std::string, Failure> failures;                      // by path
};

/// "/packages/7" -> 7, "/compute/hypervisors/groups/3/resources?..." -> 3; nullopt for others.
std::optional<std::int64_t> id_between(const std::string& target, std::string_view before) {
  if (!target.starts_with(before)) return std::nullopt;
  std::int64_t id = 0;
  for (std::size_t i = before.size(); i < target.size() && target[i] != '/'; ++i) {
    if (target[i] < '0' || target[i] > '9') return std::nullopt;
    id = id * 10 + (target[i] - '0');
  }
  return id;
}

/// What the list of packages holds was not asked for singly.
void add_listed(const panel::Answer& answer, std::set<std::int64_t>& packages) {
  const auto listed = panel::decode_packages(answer.body, {});
  const std::vector<panel::Package>* const all = listed.if_found();
  if (all == nullptr) return;
  for (const panel::Package& each : *all) packages.insert(each.id.value);
}

panel::Questions questions_of(const panel::Answered& answers) {
  std::set<std::int64_t> packages, groups;
  for (const auto& [target, answer] : answers) {
    if (const auto id = id_between(target, "/packages/")) packages.insert(*id);
    if (target == "/packages") add_listed(answer, packages);
    if (const auto id = id_between(target, "/compute/hypervisors/groups/")) groups.insert(*id);
  }
  panel::Questions questions;
  for (const std::int64_t id : packages) questions.packages.push_back(panel::PackageId{id});
  for (const std::int64_t id : groups) questions.groups.push_back(panel::GroupId{id});
  return questions;
}

/// A status that is Unavailable and as near to what happened as a status can be.
Failure failure_of(const std::vector<panel::Exchange>& evidence) {
  const int status = evidence.empty() ? 0 : evidence.back().status;
  return {status >= 400 && status <= 599 && status != 404 ? status : 503};
}

bool vouched(const panel::Answered& answers) {
  const auto connect = answers.find("/connect");
  return connect != answers.end() && connect->second.status == 200;
}

/// Reads the kept answers as the engine did.
Told told_by(const panel::Answered& answers, const plan::Policy& policy) {
  panel::AnswersAgain again(answers);
  const scenario::VirtualClock clock;
  panel::HttpPanelOptions options = schedule::panel_options(policy);
  options.read_blocks = options.exclude_maintenance = false;  // a fleet has its own
  panel::HttpPanel panel(again, clock, options);
  const panel::Answers read = panel.ask(questions_of(answers), policy.bounds.sweep);
  const Failure missing{!policy.confirm_missing || vouched(answers) ? 404 : 503};
  Told told;
  for (const auto& asked : read.packages) {
    const std::string path = fmt::format("/packages/{}", asked.first.value);
    asked.second.lookup.match(
        [&](const panel::Package& package) {
          told.packages[asked.first.value] = fleet::package_json(package);
        },
        [&](panel::Missing) { told.failures[path] = missing; },
        [&](const panel::Unavailable&) {
          told.failures[path] = failure_of(asked.second.evidence);
        });
  }
  for (const auto& asked : read.groups) {
    const std::string path = panel::resources_path(asked.first);
    asked.second.lookup.match(
        [&](const panel::GroupResources& resources) {
          auto& hypervisors = told.groups[asked.first.value];
          for (const auto& hypervisor : resources.hypervisors->rows()) {
            hypervisors[hypervisor.id] = fleet::hypervisor_json(hypervisor);
          }
        },
        [&](panel::Missing) { told.failures[path] = missing; },
        [&](const panel::Unavailable&) {
          told.failures[path] = failure_of(asked.second.evidence);
        });
  }
  return told;
}

Json prohibited(Json hypervisor) {
  hypervisor["hypervisor"]["prohibit"] = true;
  return hypervisor;
}

/// A replay answers in no time, one request at a time.
bool is_about_requests(const plan::PolicyField& field) {
  return field.use == plan::PolicyUse::panel || plan::kind(field) == plan::PolicyKind::time;
}

/// Builds the document refresh by refresh.
class Builder {
 public:
  Builder(const std::vector<KeptRefresh>& refreshes, const std::string& name);
  Json take();

 private:
  void read_terms(const std::string& terms);
  void add_world();
  void add_shop();
  void step(std::size_t index);
  void take_back(const KeptRefresh& refresh);
  void change_panel(const Told& told);
  void change_faults(const Told& told);
  void change_rows(const KeptRefresh& refresh);
  void change_waiting(const KeptRefresh& refresh);
  void add_row(Json& shop, const catalogue::SeenProduct& seen);
  void expect(const KeptRefresh& refresh);
  void add(Json step);
  void change(const char* what, Json record) { add({{"change", {{what, std::move(record)}}}}); }

  const std::vector<KeptRefresh>& refreshes_;
  plan::Policy policy_;
  std::vector<Told> told_;
  Json document_;
  std::string at_;
  std::map<std::int64_t, Json> packages_;                        // as the world now has them
  std::map<std::int64_t, std::map<std::int64_t, Json>> groups_;  // the same
  std::map<std::string, Failure> failing_;                       // faults that are on
  std::map<std::int64_t, Json> rows_;                            // products as the shop has them
  std::map<std::int64_t, catalogue::PendingService> waiting_;    // services as the shop has them
};

Builder::Builder(const std::vector<KeptRefresh>& refreshes, const std::string& name)
    : refreshes_(refreshes) {
  document_["name"] = name;
  document_["description"] = "Made from a journal: what panel and shop said, and what was decided.";
  read_terms(refreshes.front().terms);
  for (const KeptRefresh& refresh : refreshes) told_.push_back(told_by(refresh.answers, policy_));
  add_world();
  add_shop();
}

void Builder::read_terms(const std::string& terms) {
  const Json kept = document::parse(terms, "the journal's terms");
  policy_ = policy_from(kept["policy"].get<PolicyWords>());
  Json policy = Json::object();
  for (const auto& [option, value] : kept["policy"].items()) {
    const plan::PolicyField* const field = plan::field_of_option(option);
    if (option == "policy") policy["preset"] = value;
    if (field == nullptr || is_about_requests(*field)) continue;
    policy[std::string(field->name)] = scenario::policy_value(*field, value.get<std::string>());
  }
  policy["brake"] = policy_.brake_percent;
  policy["confirm_missing"] = false;
  policy["reserve_pending"] = policy_.reserve_pending;
  for (const char* lifetime : {"package_ttl", "group_ttl", "missing_ttl"}) policy[lifetime] = "0s";
  const std::string host = kept["panel_host"].get<std::string>();
  if (!host.empty()) policy["panel_host"] = host;
  document_["policy"] = std::move(policy);
}

// Hypervisors cannot come or go in a timeline, so all that were ever seen are there from the
// beginning; those that are not there yet are prohibited.
void Builder::add_world() {
  for (const Told& told : told_) {
    for (const auto& [id, package] : told.packages) packages_.emplace(id, package);
    for (const auto& [id, members] : told.groups) {
      auto& known = groups_[id];
      for (const auto& [hypervisor, json] : members) known.emplace(hypervisor, prohibited(json));
    }
  }
  Json panel{{"packages", Json::array()}, {"groups", Json::array()}};
  for (const auto& [id, package] : packages_) panel["packages"].push_back(package);
  for (const auto& [id, members] : groups_) {
    Json hypervisors = Json::array();
    for (const auto& [hypervisor, json] : members) hypervisors.push_back(json);
    panel["groups"].push_back({{"id", id}, {"hypervisors", std::move(hypervisors)}});
  }
  document_["panel"] = std::move(panel);
}

void Builder::add_row(Json& shop, const catalogue::SeenProduct& seen) {
  const std::int64_t id = seen.row.id.value;
  if (rows_.contains(id)) return;
  Json row = fleet::product_json(seen.row);
  row["stockcontrol"] = 0;  // until its first decision
  rows_[id] = row;
  shop["products"].push_back(row);
  for (const auto& value : seen.options) {
    shop["options"].push_back(
        {{"product", id}, {"option", value.option}, {"values", {value.value}}});
  }
}

void Builder::add_shop() {
  Json shop{
      {"products", Json::array()}, {"options", Json::array()}, {"serverGroups", Json::array()}};
  sqlite::Hosts hosts;
  for (const KeptRefresh& refresh : refreshes_) {
    hosts.insert(refresh.hosts.begin(), refresh.hosts.end());
    for (const KeptDecision& decision : refresh.decisions) add_row(shop, decision.seen);
    for (const auto& product : refresh.pending.products) add_row(shop, product);
  }
  for (const auto& [group, names] : hosts) {
    if (names.empty()) continue;
    shop["serverGroups"].push_back({{"id", group}, {"hosts", names}});
  }
  document_["shop"] = std::move(shop);
}

void Builder::add(Json step) {
  step["at"] = at_;
  document_["timeline"].push_back(std::move(step));
}

void Builder::change_panel(const Told& told) {
  for (const auto& [id, package] : told.packages) {
    if (packages_[id] == package) continue;
    packages_[id] = package;
    change("package", package);
  }
  for (const auto& [id, members] : told.groups) {
    for (auto& [hypervisor, known] : groups_[id]) {
      const auto now = members.find(hypervisor);
      const Json wanted = now != members.end() ? now->second : prohibited(known);
      if (known == wanted) continue;
      known = wanted;
      change("hypervisor", wanted);
    }
  }
}

void Builder::change_faults(const Told& told) {
  for (auto on = failing_.begin(); on != failing_.end();) {
    const auto wanted = told.failures.find(on->first);
    const bool stays = wanted != told.failures.end() && wanted->second == on->second;
    if (!stays) add({{"heal", {{"id", on->first}}}});
    on = stays ? std::next(on) : failing_.erase(on);
  }
  for (const auto& [path, failure] : told.failures) {
    if (!failing_.emplace(path, failure).second) continue;
    add({{"fail",
          {{"id", path},
           {"kind", "status"},
           {"status", failure.status},
           {"body", "json"},
           {"path", path}}}});
  }
}

void Builder::change_rows(const KeptRefresh& refresh) {
  std::set<std::int64_t> managed;
  for (const KeptDecision& decision : refresh.decisions) {
    const std::int64_t id = decision.product.value;
    managed.insert(id);
    Json row = fleet::product_json(decision.seen.row);
    row["qty"] = decision.old_qty;
    row["stockcontrol"] = 1;
    if (rows_[id] == row) continue;
    rows_[id] = row;
    change("product", row);
  }
  for (const catalogue::SeenProduct& product : refresh.pending.products) {
    const std::int64_t id = product.row.id.value;
    if (managed.contains(id)) continue;
    Json row = fleet::product_json(product.row);
    for (const char* column : {"qty", "stockcontrol"}) row[column] = rows_[id][column];
    if (std::exchange(rows_[id], row) == row) continue;
    for (const char* column : {"qty", "stockcontrol"}) row.erase(column);
    change("product", row);
  }
  if (!refresh.only.empty()) return;
  for (auto& [id, row] : rows_) {
    if (managed.contains(id) || row["stockcontrol"] == 0) continue;
    row["stockcontrol"] = 0;
    change("product", {{"id", id}, {"stockcontrol", 0}});
  }
}

/// The same service, wherever the clock stands.
bool same_order(const catalogue::PendingService& one, const catalogue::PendingService& other) {
  return one.order == other.order && one.product.id == other.product.id && one.qty == other.qty &&
         one.ordered == other.ordered && one.option == other.option;
}

void Builder::change_waiting(const KeptRefresh& refresh) {
  if (!policy_.reserve_pending) return;
  std::map<std::int64_t, catalogue::PendingService> now;
  for (const auto& service : refresh.pending.services) now.emplace(service.service, service);
  for (const auto& [id, service] : waiting_) {
    if (!now.contains(id)) change("serviceGone", id);
  }
  constexpr std::chrono::milliseconds oldest = std::chrono::days{3650};
  for (const auto& [id, service] : now) {
    const auto known = waiting_.find(id);
    if (known != waiting_.end() && same_order(known->second, service)) continue;
    const auto age =
        std::clamp(refresh.began - service.ordered, std::chrono::milliseconds{0}, oldest);
    change("service", fleet::waiting_json({id, service.order, service.product.id, service.qty,
                                           service.option, age}));
  }
  waiting_ = std::move(now);
}

void Builder::expect(const KeptRefresh& refresh) {
  for (const KeptDecision& decision : refresh.decisions) {
    const std::int64_t id = decision.product.value;
    const bool repeatable = decision.cause != "store failed" && decision.cause != "contended" &&
                            decision.cause != "surprise";
    rows_[id]["qty"] = repeatable ? Json(decision.new_qty) : Json(nullptr);
    if (!repeatable) continue;
    add({{"expect",
          {{"product", id},
           {"qty", decision.new_qty},
           {"decision", decision.is_set ? "set" : "keep"},
           {"why", decision.cause}}}});
  }
}

// What a person took back is a change of the shop that nobody announces.
void Builder::take_back(const KeptRefresh& refresh) {
  for (const KeptDecision& decision : refresh.decisions) {
    const std::int64_t id = decision.product.value;
    if (decision.outcome != "wrote" || !rows_.contains(id)) continue;
    rows_[id]["qty"] = decision.new_qty;
    change("product", {{"id", id}, {"qty", decision.new_qty}});
  }
}

void Builder::step(std::size_t index) {
  const KeptRefresh& refresh = refreshes_[index];
  at_ = fmt::format("{}ms", (refresh.began - refreshes_.front().began).count());
  if (refresh.trigger == apply::name(apply::Trigger::undo)) return take_back(refresh);
  change_panel(told_[index]);
  change_faults(told_[index]);
  change_rows(refresh);
  change_waiting(refresh);
  if (refresh.only.empty()) {
    add({{"recalculate", Json::object()}});
  } else {
    for (const std::int64_t id : refresh.only) add({{"view-cart", {{"product", id}}}});
  }
  expect(refresh);
}

Json Builder::take() {
  document_["timeline"] = Json::array();
  for (std::size_t i = 0; i < refreshes_.size(); ++i) step(i);
  return std::move(document_);
}

}  // namespace

Json journal_scenario(const std::vector<KeptRefresh>& refreshes, const std::string& name) {
  std::vector<KeptRefresh> decided;
  for (const KeptRefresh& refresh : refreshes) {
    if (!refresh.decisions.empty()) decided.push_back(refresh);
  }
  if (decided.empty()) throw document::DocumentError("nothing was decided in that time");
  return Builder(decided, name).take();
}

}  // namespace vfstock::sim::cli
