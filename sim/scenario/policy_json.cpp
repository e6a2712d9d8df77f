#include "sim/scenario/policy_json.h"

#include "engine/base/duration.h"
#include "engine/plan/policy_text.h"

namespace vfstock::sim::scenario {

using document::Json;
using fleet::Place;

std::chrono::milliseconds read_duration(const Json& json, const Place& place) {
  const auto duration = duration_from(json.get<std::string>());
  if (!duration) {
    fleet::refuse(place, "expected a duration such as 90s, 5m or 2h of at most ten years, found " +
                             json.dump());
  }
  return *duration;
}

plan::Policy read_policy(const Json& json, const Place& place) {
  plan::Policy policy = *plan::preset(json.value("preset", "default"));
  const auto choose = [&](auto& field, const char* key) {
    using Choice = std::remove_reference_t<decltype(field)>;
    if (json.contains(key)) field = *plan::parse_choice<Choice>(json[key].get<std::string>());
  };
  choose(policy.storage_match, "storage_match");
  choose(policy.ipv4_cap, "ipv4_cap");
  choose(policy.server_slots, "server_slots");
  choose(policy.ipv4_zero, "ipv4_zero");
  if (json.contains("qty_ceiling")) policy.qty_ceiling = json["qty_ceiling"].get<std::int64_t>();
  policy.location_option = json.value("location_option", policy.location_option);
  policy.confirm_missing = json.value("confirm_missing", policy.confirm_missing);
  choose(policy.forget, "forget");
  choose(policy.accept_when, "accept_when");
  const auto flag = [&](bool& field, const char* key) { field = json.value(key, field); };
  flag(policy.trailing_refresh, "trailing_refresh");
  flag(policy.retry_unavailable, "retry_unavailable");
  flag(policy.reserve_pending, "reserve_pending");
  const auto seconds = [&](std::chrono::seconds& field, const char* key) {
    if (!json.contains(key)) return;
    field = std::chrono::ceil<std::chrono::seconds>(read_duration(json[key], place.at(key)));
  };
  seconds(policy.package_ttl, "package_ttl");
  seconds(policy.group_ttl, "group_ttl");
  seconds(policy.missing_ttl, "missing_ttl");
  seconds(policy.delete_grace, "delete_grace");
  policy.brake_percent = json.value("brake_percent", policy.brake_percent);
  if (json.contains("request_deadline")) {
    policy.bounds.request = read_duration(json["request_deadline"], place.at("request_deadline"));
  }
  if (json.contains("sweep_deadline")) {
    policy.bounds.sweep = read_duration(json["sweep_deadline"], place.at("sweep_deadline"));
  }
  return policy;
}

}  // namespace vfstock::sim::scenario
