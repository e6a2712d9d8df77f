#include "mockpanel/api/render_server.h"

#include "mockpanel/api/render_resources.h"
#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {
namespace {

Json hostname(const model::Server& server) {
  return server.hostname ? Json(*server.hostname) : Json();
}

}  // namespace

const char* server_state(const model::Server& server) {
  return server.built ? "complete" : "allocated";
}

int commission_status(const model::Server& server) { return server.built ? 3 : 0; }

std::string server_name(const model::Server& server) {
  if (!server.name.empty()) return server.name;
  return server.built ? "server-" + std::to_string(server.id) : std::string();
}

namespace {

Json identity(const model::Server& server) {
  return {{"id", server.id},
          {"ownerId", server.owner},
          {"hypervisorId", server.hypervisor},
          {"arch", 1},
          {"name", server_name(server)},
          {"selfService", 0},
          {"selfServiceSettings", Json::array()},
          {"hostname", hostname(server)},
          {"commissionStatus", commission_status(server)},
          {"uuid", server.uuid},
          {"state", server_state(server)},
          {"migratable", true},
          {"timezone", "_default"},
          {"migrateLevel", 0},
          {"deleteLevel", 0},
          {"configLevel", 0},
          {"backupLevel", 0},
          {"elevated", false},
          {"elevateId", nullptr},
          {"elevate", false},
          {"destroyable", true},
          {"rebuild", false},
          {"suspended", server.suspended},
          {"protected", false},
          {"buildFailed", false},
          {"primaryNetworkDhcp4", false},
          {"primaryNetworkDhcp6", false},
          {"built", built_part(server)},
          {"created", server.created},
          {"updated", server.created}};
}

Json host(const model::World& world, const model::Hypervisor& hypervisor) {
  const auto group = world.groups.find(hypervisor.group);
  return {{"id", hypervisor.id},
          {"ip", hypervisor.ip},
          {"hostname", nullptr},
          {"port", 8892},
          {"maintenance", hypervisor.maintenance},
          {"groupId", hypervisor.group},
          {"group",
           {{"name", group == world.groups.end() ? Json() : Json(group->second.name)},
            {"icon", nullptr}}},
          {"timezone", "Europe/London"},
          {"forceIPv6", false},
          {"vncListenType", 1},
          {"displayName", nullptr},
          {"cpuSet", nullptr},
          {"nfType", 4},
          {"backupStorageType", 2},
          {"defaultDiskType", "inherit"},
          {"defaultDiskCacheType", "inherit"},
          {"defaultCPU", "inherit"},
          {"defaultMachineType", "inherit"},
          {"created", hypervisor.created},
          {"updated", hypervisor.created},
          {"name", hypervisor.name},
          {"dataDir", "/home/vf-data"},
          {"resources", render_resources(hypervisor)}};
}

Json backup_plan(const model::Server& server) {
  if (server.backup_plan == 0) return {{"id", nullptr}, {"name", nullptr}};
  return {{"id", server.backup_plan}, {"name", "Plan " + std::to_string(server.backup_plan)}};
}

Json embedded_vnc(const model::Server& server, const model::Hypervisor* hypervisor) {
  return {{"ip", hypervisor == nullptr ? Json() : Json(hypervisor->ip)},
          {"port", vnc_port(server)},
          {"enabled", server.vnc}};
}

}  // namespace

Json render_server(const model::World& world, const model::Server& server) {
  const auto found = world.hypervisors.find(server.hypervisor);
  const model::Hypervisor* hypervisor = found == world.hypervisors.end() ? nullptr : &found->second;
  Json record = identity(server);
  record["traffic"] = traffic_part(server);
  record["settings"] = settings_part(server);
  record["cpu"] = cpu_part(server);
  record["customXML"] = custom_xml_part();
  record["qemuCommandline"] = Json::array();
  record["qemuAgent"] = {{"os", {{"screen", "made-up-screen"}}}};
  record["media"] = media_part();
  record["backupPlan"] = backup_plan(server);
  record["vnc"] = embedded_vnc(server, hypervisor);
  record["network"] = network_part(world, server);
  record["storage"] = storage_part(server, hypervisor);
  record["hypervisorAssets"] = Json::array();
  record["hypervisor"] = hypervisor == nullptr ? Json() : host(world, *hypervisor);
  record["owner"] = owner_part(world, server);
  record["sshKeys"] = ssh_keys_part(world, server);
  record["sharedUsers"] = Json::array();
  record["tasks"] = tasks_part(server);
  return record;
}

Json render_listed_server(const model::Server& server) {
  return {{"id", server.id},
          {"uuid", server.uuid},
          {"name", server_name(server)},
          {"commissioned", commission_status(server)},
          {"owner", server.owner},
          {"hypervisorId", server.hypervisor},
          {"suspended", server.suspended},
          {"protected", false},
          {"updated", server.created},
          {"created", server.created}};
}

std::int64_t vnc_port(const model::Server& server) { return 5900 + server.id % 1000; }

}  // namespace vfstock::mockpanel::api
