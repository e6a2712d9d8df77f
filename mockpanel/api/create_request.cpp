#include "mockpanel/api/create_request.h"

#include <algorithm>
#include <array>
#include <optional>

#include <nlohmann/json.hpp>

namespace vfstock::mockpanel::api {
namespace {

using nlohmann::json;

enum class Type { integer, boolean, integers };

/// The vendor documents no ranges for a create. These are the ones it documents for packages, wide
/// enough for the published example, and small enough that sums stay far from 64 bits.
struct FieldRule {
  std::string_view name;
  Type type = Type::integer;
  bool required = false;
  std::int64_t least = 0, most = 999999999;
};

constexpr std::array<FieldRule, 20> rules{{
    {"packageId", Type::integer, true, 1},
    {"userId", Type::integer, true, 1},
    {"hypervisorId", Type::integer, true, 1},
    {"ipv4", Type::integer, false, 0, 65536},
    {"storage", Type::integer, false, 1, 102400},
    {"traffic"},
    {"memory", Type::integer, false, 64, 2097152},
    {"cpuCores", Type::integer, false, 1, 600},
    {"networkSpeedInbound"},
    {"networkSpeedOutbound"},
    {"storageProfile"},
    {"networkProfile"},
    {"firewallRulesets", Type::integers},
    {"hypervisorAssetGroups", Type::integers},
    {"additionalStorage1Enable", Type::boolean},
    {"additionalStorage2Enable", Type::boolean},
    {"additionalStorage1Profile"},
    {"additionalStorage2Profile"},
    {"additionalStorage1Capacity", Type::integer, false, 1, 102400},
    {"additionalStorage2Capacity", Type::integer, false, 1, 102400},
}};

bool in_range(const json& value, const FieldRule& rule) {
  if (!value.is_number_integer()) return false;
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(rule.most)) {
    return false;
  }
  const auto number = value.get<std::int64_t>();
  return number >= rule.least && number <= rule.most;
}

std::optional<std::string> problem(const FieldRule& rule, const json& body) {
  const std::string subject = "The " + std::string(rule.name) + " field";
  const auto found = body.find(rule.name);
  if (found == body.end() || found->is_null()) {
    if (rule.required) return subject + " is required.";
    return std::nullopt;
  }
  switch (rule.type) {
    case Type::boolean:
      if (found->is_boolean()) return std::nullopt;
      return subject + " must be true or false.";
    case Type::integers:
      if (found->is_array() && std::all_of(found->begin(), found->end(), [](const json& entry) {
            return entry.is_number_integer();
          })) {
        return std::nullopt;
      }
      return subject + " must be an array of integers.";
    case Type::integer:
      break;
  }
  if (in_range(*found, rule)) return std::nullopt;
  return subject + " must be an integer between " + std::to_string(rule.least) + " and " +
         std::to_string(rule.most) + ".";
}

std::optional<std::int64_t> number(const json& body, const char* name) {
  const auto found = body.find(name);
  if (found == body.end() || found->is_null()) return std::nullopt;
  return found->get<std::int64_t>();
}

std::int64_t additional(const json& body, const std::string& disk) {
  const auto enable = body.find(disk + "Enable");
  if (enable == body.end() || enable->is_null() || !enable->get<bool>()) return 0;
  return number(body, (disk + "Capacity").c_str()).value_or(0);
}

model::CreateRequest request_from(const json& body) {
  model::CreateRequest request;
  request.package = *number(body, "packageId");
  request.group = *number(body, "hypervisorId");
  request.owner = *number(body, "userId");
  request.ipv4 = number(body, "ipv4");
  request.storage_gb = number(body, "storage");
  request.memory_mb = number(body, "memory");
  request.cores = number(body, "cpuCores");
  request.traffic_gb = number(body, "traffic");
  request.storage_profile = number(body, "storageProfile");
  request.network_speed_in = number(body, "networkSpeedInbound");
  request.network_speed_out = number(body, "networkSpeedOutbound");
  request.additional_gb =
      additional(body, "additionalStorage1") + additional(body, "additionalStorage2");
  return request;
}

}  // namespace

CreateReading read_create_request(std::string_view body) {
  CreateReading reading;
  // Far beyond any real request; keeps a hostile nesting from costing memory.
  constexpr std::size_t bytes_max = 65536;
  const json parsed = body.size() > bytes_max ? json() : json::parse(body, nullptr, false);
  if (!parsed.is_object()) {
    reading.problems.emplace_back("The request body must be a JSON object of at most 64 KiB.");
    return reading;
  }
  for (const FieldRule& rule : rules) {
    if (auto text = problem(rule, parsed)) reading.problems.push_back(std::move(*text));
  }
  for (const auto& [name, value] : parsed.items()) {
    const auto known = [&key = name](const FieldRule& rule) { return rule.name == key; };
    if (std::none_of(rules.begin(), rules.end(), known)) reading.unknown.push_back(name);
  }
  if (reading.problems.empty()) reading.request = request_from(parsed);
  return reading;
}

}  // namespace vfstock::mockpanel::api
