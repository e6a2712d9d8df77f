#include "mockpanel/api/create_request.h"

#include <array>
#include <utility>

#include "mockpanel/api/body.h"

namespace vfstock::mockpanel::api {
namespace {

using Type = BodyField::Type;

/// The vendor documents no ranges for a create. These are the ones it documents for packages, wide
/// enough for the published example, and small enough that sums stay far from 64 bits.
constexpr std::array<BodyField, 20> fields{{
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

std::int64_t additional(const Body& body, const std::string& disk) {
  if (!body.flag((disk + "Enable").c_str()).value_or(false)) return 0;
  return body.number((disk + "Capacity").c_str()).value_or(0);
}

model::CreateRequest request_from(const Body& body) {
  model::CreateRequest request;
  request.package = *body.number("packageId");
  request.group = *body.number("hypervisorId");
  request.owner = *body.number("userId");
  request.ipv4 = body.number("ipv4");
  request.storage_gb = body.number("storage");
  request.memory_mb = body.number("memory");
  request.cores = body.number("cpuCores");
  request.traffic_gb = body.number("traffic");
  request.storage_profile = body.number("storageProfile");
  request.network_speed_in = body.number("networkSpeedInbound");
  request.network_speed_out = body.number("networkSpeedOutbound");
  request.additional_gb =
      additional(body, "additionalStorage1") + additional(body, "additionalStorage2");
  return request;
}

}  // namespace

CreateReading read_create_request(std::string_view text) {
  Body body = read_body(text, fields);
  CreateReading reading{{}, std::move(body.problems), std::move(body.unknown)};
  if (reading.problems.empty()) reading.request = request_from(body);
  return reading;
}

}  // namespace vfstock::mockpanel::api
