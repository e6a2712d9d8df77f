#include "mockpanel/api/create_request.h"

#include <array>
#include <string>

namespace vfstock::mockpanel::api {
namespace {

using CreateType = BodyField::Type;

/// The vendor documents no ranges for a create. These are the ones it documents for packages, wide
/// enough for the published example, and small enough that sums stay far from 64 bits.
constexpr std::array<BodyField, 20> all_create_fields{{
    {"packageId", CreateType::integer, true, 1},
    {"userId", CreateType::integer, true, 1},
    {"hypervisorId", CreateType::integer, true, 1},
    {"ipv4", CreateType::integer, false, 0, 65536},
    {"storage", CreateType::integer, false, 1, 102400},
    {"traffic"},
    {"memory", CreateType::integer, false, 64, 2097152},
    {"cpuCores", CreateType::integer, false, 1, 600},
    {"networkSpeedInbound"},
    {"networkSpeedOutbound"},
    {"storageProfile"},
    {"networkProfile"},
    {"firewallRulesets", CreateType::integers},
    {"hypervisorAssetGroups", CreateType::integers},
    {"additionalStorage1Enable", CreateType::boolean},
    {"additionalStorage2Enable", CreateType::boolean},
    {"additionalStorage1Profile"},
    {"additionalStorage2Profile"},
    {"additionalStorage1Capacity", CreateType::integer, false, 1, 102400},
    {"additionalStorage2Capacity", CreateType::integer, false, 1, 102400},
}};

std::int64_t additional(const Body& body, const std::string& disk) {
  if (!body.flag((disk + "Enable").c_str()).value_or(false)) return 0;
  return body.number((disk + "Capacity").c_str()).value_or(0);
}

}  // namespace

std::span<const BodyField> create_fields() { return all_create_fields; }

model::CreateRequest create_request(const Body& body) {
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

}  // namespace vfstock::mockpanel::api
