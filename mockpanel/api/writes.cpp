// What release 7.1 lets a client change of the fleet itself: hypervisors and packages.
//
// The vendor documents fields and ranges ("Send only the fields to change; unknown fields are
// rejected"), not the answer; the mock answers with the changed record.
#include <algorithm>
#include <array>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/render_hypervisor.h"
#include "mockpanel/api/render_package.h"

namespace vfstock::mockpanel::api {
namespace {

using WriteType = BodyField::Type;

constexpr std::array<BodyField, 9> hypervisor_fields{
    {{"name", WriteType::text, false, 3, 150},
     {"maintenance", WriteType::boolean},
     {"enabled", WriteType::boolean},
     {"prohibit", WriteType::boolean},
     {"groupId", WriteType::integer, false, 1},
     {"maxServers", WriteType::integer, false, 0, 9999},
     {"maxCpu", WriteType::integer, false, 0, 9999},
     {"maxMemory", WriteType::integer, false, 0, 99999999},
     {"nfType", WriteType::integer, false, 0, 5}}};

constexpr std::array<BodyField, 7> package_fields{
    {{"name", WriteType::text, false, 1, 150},
     {"enabled", WriteType::boolean},
     {"memory", WriteType::integer, false, 64, 2097152},
     {"primaryStorage", WriteType::integer, false, 1, 102400},
     {"cpuCores", WriteType::integer, false, 1, 600},
     {"traffic"},
     {"primaryStorageProfile"}}};

/// Why the body is refused; null when it is not.
std::optional<Response> refuse_fields(const Body& body) {
  std::vector<std::string> problems = body.problems;
  for (const std::string& name : body.unknown) {
    problems.push_back("The " + name + " field is unknown.");
  }
  if (problems.empty()) return std::nullopt;
  return errors(422, problems);
}

template <typename Value>
void set(Value& value, const std::optional<Value>& wanted) {
  if (wanted) value = *wanted;
}

}  // namespace

Response update_hypervisor(const Call& call) {
  const auto found = call.world.hypervisors.find(call.id);
  if (found == call.world.hypervisors.end()) return not_found("hypervisor");
  const Body body = body_of(call, hypervisor_fields);
  if (auto refused = refuse_fields(body)) return *std::move(refused);
  const auto group = body.number("groupId");
  if (group && !call.world.groups.contains(*group)) {
    return errors(422, {"The selected groupId is invalid."});
  }
  model::Hypervisor& hypervisor = found->second;
  set(hypervisor.name, body.text("name"));
  set(hypervisor.maintenance, body.flag("maintenance"));
  set(hypervisor.enabled, body.flag("enabled"));
  set(hypervisor.prohibit, body.flag("prohibit"));
  set(hypervisor.group, group);
  set(hypervisor.servers.max, body.number("maxServers"));
  set(hypervisor.cores.max, body.number("maxCpu"));
  set(hypervisor.memory_mb.max, body.number("maxMemory"));
  call.world.touch();
  return record(200, render_hypervisor(call.world, hypervisor));
}

Response update_package(const Call& call) {
  const auto found = call.world.packages.find(call.id);
  if (found == call.world.packages.end()) return not_found("package");
  const Body body = body_of(call, package_fields);
  if (auto refused = refuse_fields(body)) return *std::move(refused);
  model::Package& package = found->second;
  set(package.name, body.text("name"));
  set(package.enabled, body.flag("enabled"));
  set(package.memory_mb, body.number("memory"));
  set(package.storage_gb, body.number("primaryStorage"));
  set(package.cores, body.number("cpuCores"));
  set(package.traffic_gb, body.number("traffic"));
  set(package.storage_profile, body.number("primaryStorageProfile"));
  call.world.touch();
  return record(200, render_package(package));
}

Response delete_package(const Call& call) {
  constexpr std::array<BodyField, 2> fields{
      {{"confirm", WriteType::boolean, true}, {"force", WriteType::boolean}}};
  if (!call.world.packages.contains(call.id)) return not_found("package");
  const Body body = body_of(call, fields);
  if (auto refused = refuse_fields(body)) return *std::move(refused);
  if (!*body.flag("confirm")) return errors(422, {"The confirm field must be accepted."});
  const auto& servers = call.world.servers;
  const bool used = std::any_of(servers.begin(), servers.end(),
                                [&](const auto& entry) { return entry.second.package == call.id; });
  if (used && !body.flag("force").value_or(false)) {
    return json_answer(409, Json{{"errors", Json::array({"The package is in use."})}});
  }
  call.world.packages.erase(call.id);
  call.world.touch();
  return {204, {}, {}};
}

}  // namespace vfstock::mockpanel::api
