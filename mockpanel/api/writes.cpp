// What release 7.1 lets a client change of the fleet itself: hypervisors and packages.
//
// The vendor documents fields and ranges ("Send only the fields to change; unknown fields are
// rejected"), not the answer; the mock answers with the changed record.
#include <algorithm>
#include <array>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/body.h"
#include "mockpanel/api/render_hypervisor.h"
#include "mockpanel/api/render_package.h"
#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::api {
namespace {

using Type = BodyField::Type;

constexpr std::array<BodyField, 9> hypervisor_fields{
    {{"name", Type::text, false, 3, 150},
     {"maintenance", Type::boolean},
     {"enabled", Type::boolean},
     {"prohibit", Type::boolean},
     {"groupId", Type::integer, false, 1},
     {"maxServers", Type::integer, false, 0, 9999},
     {"maxCpu", Type::integer, false, 0, 9999},
     {"maxMemory", Type::integer, false, 0, 99999999},
     {"nfType", Type::integer, false, 0, 5}}};

constexpr std::array<BodyField, 7> package_fields{
    {{"name", Type::text, false, 1, 150},
     {"enabled", Type::boolean},
     {"memory", Type::integer, false, 64, 2097152},
     {"primaryStorage", Type::integer, false, 1, 102400},
     {"cpuCores", Type::integer, false, 1, 600},
     {"traffic"},
     {"primaryStorageProfile"}}};

/// Why the body is refused; null when it is not.
std::optional<Response> refusal(const Body& body) {
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
  const Body body = read_body(call.request.body, hypervisor_fields);
  if (auto refused = refusal(body)) return *std::move(refused);
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
  const Body body = read_body(call.request.body, package_fields);
  if (auto refused = refusal(body)) return *std::move(refused);
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
      {{"confirm", Type::boolean, true}, {"force", Type::boolean}}};
  if (!call.world.packages.contains(call.id)) return not_found("package");
  const Body body = read_body(call.request.body, fields);
  if (auto refused = refusal(body)) return *std::move(refused);
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
