// A server in the list of one user's servers: what the panel shows to its owner.
#include "mockpanel/api/addresses.h"
#include "mockpanel/api/render_server.h"
#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {
namespace {

/// The same fields of another record, in the order in which they are named.
Json picked(const Json& record, std::initializer_list<const char*> fields) {
  Json part = Json::object();
  for (const char* const field : fields) part[field] = record.at(field);
  return part;
}

Json owners_interfaces(const model::World& world, const model::Server& server) {
  const Json network = network_part(world, server);
  Json list = Json::array();
  for (const Json& whole : network["interfaces"]) {
    Json shown = picked(whole, {"order", "enabled", "tag", "name", "mac", "inAverage", "inPeak",
                                "inBurst", "outAverage", "outPeak", "outBurst", "isNat"});
    shown["ipv4"] = Json::array();
    for (const Json& address : whole["ipv4"]) {
      shown["ipv4"].push_back(picked(address, {"order", "enabled", "address", "gateway", "netmask",
                                               "resolver1", "resolver2"}));
    }
    shown["ipv6"] = whole["ipv6"];
    list.push_back(std::move(shown));
  }
  return list;
}

Json owners_vnc(const model::World& world, const model::Server& server) {
  const auto host = world.hypervisors.find(server.hypervisor);
  return {{"expose_details", true},
          {"ip", host == world.hypervisors.end() ? Json() : Json(host->second.ip)},
          {"hostname", nullptr},
          {"port", vnc_port(server)},
          {"enabled", server.vnc ? 1 : 0}};
}

}  // namespace

Json render_user_server(const model::World& world, const model::Server& server) {
  Json resources = settings_part(server)["resources"];
  resources["cpu_model"] = nullptr;
  return {
      {"id", server.id},
      {"ownerId", server.owner},
      {"hypervisorId", server.hypervisor},
      {"name", server_name(server)},
      {"hostname", server.hostname ? Json(*server.hostname) : Json()},
      {"commissionStatus", commission_status(server)},
      {"uuid", server.uuid},
      {"state", server_state(server)},
      {"rebuild", false},
      {"suspended", server.suspended},
      {"protected", false},
      {"buildFailed", false},
      {"backup_level", 0},
      {"backup_plan", server.backup_plan == 0 ? Json() : Json(server.backup_plan)},
      {"os", {{"screen", "made-up-screen"}}},
      {"server_info", {{"show", false}, {"icon", nullptr}, {"name", nullptr}, {"label", nullptr}}},
      {"vnc", owners_vnc(world, server)},
      {"resources", std::move(resources)},
      {"network", {{"interfaces", owners_interfaces(world, server)}}},
      {"config", {{"uefi", false}, {"bootOrder", Json::array({"hd", "cdrom"})}}},
      {"media", {{"isoMounted", false}, {"isoName", ""}}}};
}

}  // namespace vfstock::mockpanel::api
