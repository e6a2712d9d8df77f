#include "sim/scenario/policy_json.h"

#include "engine/base/duration.h"
#include "engine/plan/policy_fields.h"

namespace vfstock::sim::scenario {

using document::Json;
using fleet::Place;

namespace {

/// A value of the document as people write it elsewhere.
std::string text_of(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "on" : "off";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

bool is_for_scenarios(const plan::PolicyField& field) noexcept {
  return field.use != plan::PolicyUse::fixed && field.use != plan::PolicyUse::panel;
}

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
  for (const plan::PolicyField& field : plan::policy_fields) {
    const std::string key(field.name);
    if (!is_for_scenarios(field) || !json.contains(key)) continue;
    if (const auto refusal = plan::set(policy, field, text_of(json[key]))) {
      fleet::refuse(place.at(key), *refusal);
    }
  }
  return policy;
}

Json policy_value(const plan::PolicyField& field, const std::string& text) {
  switch (plan::kind(field)) {
    case plan::PolicyKind::flag:
      return text == "on";
    case plan::PolicyKind::number:
      return Json::parse(text);
    case plan::PolicyKind::text:
    case plan::PolicyKind::time:
    case plan::PolicyKind::choice:
    case plan::PolicyKind::caps:
      return text;
  }
  return text;
}

Json policy_schema(const plan::PolicyField& field) {
  switch (plan::kind(field)) {
    case plan::PolicyKind::flag:
      return {{"type", "boolean"}};
    case plan::PolicyKind::number:
      return {{"type", "integer"}, {"minimum", field.least}, {"maximum", field.most}};
    case plan::PolicyKind::text:
      return {{"type", "string"}, {"minLength", 1}};
    case plan::PolicyKind::caps:
      return {{"type", "string"},
              {"maxLength", 64},
              {"pattern", "^([1-9][0-9]{0,17}=[0-9]{1,18}(,[1-9][0-9]{0,17}=[0-9]{1,18})*)?$"}};
    case plan::PolicyKind::time:
      return {{"$ref", "fleet.schema.json#/definitions/duration"}};
    case plan::PolicyKind::choice:
      return {{"enum", plan::values(field)}};
  }
  return {};
}

}  // namespace vfstock::sim::scenario
