// PUT /servers/{id}/package/{package}: which parts are carried over, and what is said of the
// others.
#include <array>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"

namespace vfstock::mockpanel::api {
namespace {

struct PartNames {
  model::PackagePart part;
  const char* flag;  // in the body; an omitted one is true
  const char* name;  // in what is said
};

constexpr const char* as_before = " not updated. It matches the current value";
constexpr const char* no_shrinking =
    " not updated. It either matches or is lower than the current value";

using enum model::PackagePart;

/// In the order in which they are told of.
constexpr std::array<PartNames, 11> parts{
    {{memory, "memory", "memory"},
     {cores, "cpu", "CPU cores"},
     {disk, "primaryDiskSize", "primary disk"},
     {traffic, "primaryNetworkTraffic", "traffic"},
     {speed_in, "primaryNetworkInboundSpeed", "primary network speed inbound"},
     {speed_out, "primaryNetworkOutboundSpeed", "primary network speed outbound"},
     {read_iops, "primaryDiskReadIOPS", "read IOPS"},
     {write_iops, "primaryDiskWriteIOPS", "write IOPS"},
     {read_bytes, "primaryDiskReadThroughput", "read bytes/sec"},
     {write_bytes, "primaryDiskWriteThroughput", "write bytes/sec"},
     {backup_plan, "backupPlan", "backup plan"}}};

std::array<BodyField, parts.size()> flag_fields() {
  std::array<BodyField, parts.size()> fields;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    fields[i] = {parts[i].flag, BodyField::Type::boolean};
  }
  return fields;
}

}  // namespace

Response change_server_package(const Call& call) {
  if (server_of(call) == nullptr) return not_found("server");
  if (!call.world.packages.contains(call.other)) return not_found("package");
  const auto fields = flag_fields();
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  std::set<model::PackagePart> wanted;
  for (const PartNames& each : parts) {
    if (body.flag(each.flag).value_or(true)) wanted.insert(each.part);
  }
  const model::PackageChange change = call.world.change_package(call.id, call.other, wanted);
  if (!change.refusal.empty()) return errors(422, {change.refusal});
  Json info = Json::array();
  for (const PartNames& each : parts) {
    if (!change.unchanged.contains(each.part)) continue;
    info.push_back(std::string(each.name) + (each.part == disk ? no_shrinking : as_before));
  }
  return json_answer(200, Json{{"info", std::move(info)}});
}

}  // namespace vfstock::mockpanel::api
