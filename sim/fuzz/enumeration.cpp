#include "sim/fuzz/enumeration.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "sim/fuzz/trial.h"
#include "sim/invariants/target.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

// Group 1 has a hypervisor of every kind that matters; one on a page makes three pages each.
constexpr std::string_view shop_text = R"({
  "name": "enumerated", "description": "Generated.",
  "panel": {
    "resultsMax": 1,
    "packages": [
      {"id": 1, "memory": 1024, "cpuCores": 1, "primaryStorage": 20, "primaryStorageProfile": 0},
      {"id": 2, "memory": 2048, "cpuCores": 2, "primaryStorage": 40, "primaryStorageProfile": 2},
      {"id": 3, "memory": 4096, "cpuCores": 1, "primaryStorage": 10, "primaryStorageProfile": 0}],
    "groups": [
      {"id": 1, "hypervisors": [
        {"hypervisor": {"id": 1}, "resources": {
          "memory": {"max": 16384, "allocated": 2048}, "cpuCores": {"max": 16, "allocated": 3},
          "localStorage": {"enabled": 1, "storageType": 0, "max": 400, "allocated": 10},
          "otherStorage": [{"id": 1, "enabled": 1, "storageType": 2, "max": 200, "allocated": 0}],
          "network": {"total": {"ipv4": {"free": 11}}}}},
        {"hypervisor": {"id": 2}, "resources": {
          "memory": {"max": 8192, "allocated": 9000}, "cpuCores": {"max": 8, "allocated": 0},
          "localStorage": {"enabled": 1, "storageType": 2, "max": 300, "allocated": 0},
          "network": {"total": {"ipv4": {"free": 7}}}}},
        {"hypervisor": {"id": 3, "prohibit": true}, "resources": {
          "memory": {"max": 32768, "allocated": 0}, "cpuCores": {"max": 32, "allocated": 0},
          "localStorage": {"enabled": 1, "storageType": 0, "max": 900, "allocated": 0},
          "network": {"total": {"ipv4": {"free": 30}}}}}]},
      {"id": 2, "hypervisors": [
        {"hypervisor": {"id": 4}, "resources": {
          "memory": {"max": 12288, "allocated": 0}, "cpuCores": {"max": 0, "allocated": 5},
          "localStorage": {"enabled": 1, "storageType": 0, "max": 120, "allocated": 0}}},
        {"hypervisor": {"id": 5}, "resources": {
          "memory": {"max": 4096, "allocated": 0}, "cpuCores": {"max": 4, "allocated": 0},
          "localStorage": {"enabled": 1, "storageType": 2, "max": 80, "allocated": 0}}},
        {"hypervisor": {"id": 6}, "resources": {
          "memory": {"max": 6144, "allocated": 1024}, "cpuCores": {"max": 6, "allocated": 1},
          "localStorage": {"enabled": 0, "storageType": 0, "max": 80, "allocated": 0}}}]}]},
  "shop": {
    "products": [
      {"id": 1, "configoption1": "1", "configoption2": "1", "configoption3": "1",
       "configoption7": "10", "qty": 4},
      {"id": 2, "configoption1": "1|London", "configoption2": "2", "configoption3": "2",
       "configoption7": "", "qty": 0},
      {"id": 3, "configoption1": "2", "configoption2": "3", "configoption3": "1",
       "configoption7": "0", "qty": 2}],
    "options": [{"product": 1, "option": "Location", "values": ["1|London", "2|Paris"]}]}
})";

struct Draft {
  const char* name;
  const char* timeline;
};
// The last step is the sweep whose requests are enumerated.
constexpr std::array drafts{Draft{"cold", R"([{"at": "0s", "cron": {}}])"},
                            Draft{"expired", R"([{"at": "0s", "cron": {}},
        {"at": "1h", "provision-outside": {"package": 1, "group": 1}},
        {"at": "2h", "cron": {}}])"},
                            Draft{"forgotten", R"([{"at": "0s", "cron": {}},
        {"at": "10s", "provision": {"product": 1, "service": 1}}])"},
                            Draft{"gone", R"([{"at": "0s", "cron": {}},
        {"at": "1h", "change": {"package": {"id": 3, "deleted": true}}},
        {"at": "2h", "cron": {}}])"}};

Json step(const char* at, const char* verb, Json body) {
  Json json;
  json["at"] = at;
  json[verb] = std::move(body);
  return json;
}

}  // namespace

Json reference_shop() { return document::parse(shop_text, "reference shop"); }

Enumeration Enumeration::singles() {
  std::vector<const FaultSample*> all;
  for (const FaultSample& sample : fault_menu()) all.push_back(&sample);
  return Enumeration(std::move(all), false);
}

Enumeration Enumeration::pairs() {
  std::vector<const FaultSample*> first;
  for (const FaultSample& sample : fault_menu()) {
    const bool known = std::any_of(first.begin(), first.end(), [&](const FaultSample* other) {
      return other->fault_class == sample.fault_class;
    });
    if (!known) first.push_back(&sample);
  }
  return Enumeration(std::move(first), true);
}

Enumeration::Enumeration(std::vector<const FaultSample*> faults, bool in_pairs)
    : faults_(std::move(faults)), in_pairs_(in_pairs) {
  for (const Draft& draft : drafts) {
    State state{draft.name, document::parse(draft.timeline, draft.name), {}};
    Json clean = reference_shop();
    clean["timeline"] = state.timeline;
    std::vector<std::string> targets;
    run_trial(clean, scenario::TransportKind::direct, [&](const invariants::Record& record) {
      // Of the last sweep alone.
      if (std::holds_alternative<invariants::RefreshBegins>(record)) targets.clear();
      if (const auto* exchange = std::get_if<invariants::Exchanged>(&record)) {
        targets.push_back(exchange->target);
      }
    });
    // What is asked twice in one sweep is told apart by its turn.
    std::map<std::string, std::int64_t> asked;
    for (const std::string& target : targets) {
      const bool is_paged = target.find("page=") != std::string::npos;
      const auto page =
          is_paged ? std::optional(invariants::read_target(target).page) : std::nullopt;
      state.requests.push_back({target.substr(0, target.find('?')), page, ++asked[target]});
    }
    size_ += choices(state);
    states_.push_back(std::move(state));
  }
}

std::uint64_t Enumeration::choices(const State& state) const {
  const std::uint64_t requests = state.requests.size();
  const std::uint64_t faults = faults_.size();
  return in_pairs_ ? requests * (requests - 1) / 2 * faults * faults : requests * faults;
}

Json Enumeration::fault_step(const State& state, const Request& request, const FaultSample& sample,
                             const std::string& number) {
  Json body;
  body["id"] = std::string(sample.name) + " #" + number;
  body.update(sample.fail);
  body["method"] = "GET";
  body["path"] = request.path;
  if (request.page) body["page"] = *request.page;
  body["nth"] = request.nth;
  Json json;
  json["at"] = state.timeline.back()["at"];
  json["fail"] = std::move(body);
  return json;
}

// After the sweep: whatever is tried again, and a sweep once everything is too old.
Json Enumeration::finished(const State& state, std::vector<Json> faults,
                           const std::string& name) const {
  Json json = reference_shop();
  json["name"] = name;
  Json timeline = state.timeline;
  Json sweep = timeline.back();
  timeline.erase(timeline.size() - 1);
  for (Json& fault : faults) timeline.push_back(std::move(fault));
  timeline.push_back(std::move(sweep));
  timeline.push_back(step("3h", "heal", Json::object()));
  timeline.push_back(step("3h", "recalculate", Json::object()));
  json["timeline"] = std::move(timeline);
  return json;
}

Json Enumeration::timeline(std::uint64_t index) const {
  auto state = states_.begin();
  while (index >= choices(*state)) index -= choices(*state++);
  const std::uint64_t faults = faults_.size();
  const FaultSample& one = *faults_[index % faults];
  index /= faults;
  if (!in_pairs_) {
    const Request& request = state->requests[index];
    return finished(*state, {fault_step(*state, request, one, "1")},
                    fmt::format("{}: {} at {}", state->name, one.name, request.path));
  }
  const FaultSample& other = *faults_[index % faults];
  index /= faults;
  std::size_t first = 0;
  for (std::uint64_t left = state->requests.size() - 1; index >= left; --left) {
    index -= left;
    ++first;
  }
  const Request& a = state->requests[first];
  const Request& b = state->requests[first + 1 + index];
  return finished(
      *state, {fault_step(*state, a, one, "1"), fault_step(*state, b, other, "2")},
      fmt::format("{}: {} at {}, {} at {}", state->name, one.name, a.path, other.name, b.path));
}

std::string Enumeration::story() const {
  std::size_t requests = 0;
  for (const State& state : states_) requests += state.requests.size();
  return fmt::format("{} requests of {} sweeps, {} faults{}", requests, states_.size(),
                     faults_.size(), in_pairs_ ? ", two at a time" : "");
}

}  // namespace vfstock::sim::fuzz
