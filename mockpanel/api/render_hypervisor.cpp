#include "mockpanel/api/render_hypervisor.h"

namespace vfstock::mockpanel::api {
namespace {

Json nullable(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }

/// The group inside a hypervisor has no label, and its fields stand in another order.
Json embedded_group(const model::World& world, std::int64_t id) {
  const auto found = world.groups.find(id);
  if (found == world.groups.end()) return nullptr;
  const model::Group& group = found->second;
  return {{"id", group.id},
          {"name", group.name},
          {"description", nullable(group.description)},
          {"default", group.is_default},
          {"enabled", group.enabled},
          {"distributionType", group.distribution_type},
          {"created", group.created},
          {"updated", group.created}};
}

Json networks(const model::Hypervisor& hypervisor) {
  return Json::array({Json{{"id", hypervisor.id},
                           {"type", "simpleBridge"},
                           {"bridge", "br0"},
                           {"primary", true},
                           {"default", true},
                           {"created", hypervisor.created},
                           {"updated", hypervisor.created}}});
}

Json common_part(const model::World& world, const model::Hypervisor& hypervisor) {
  return {{"id", hypervisor.id},
          {"commissioned", hypervisor.commissioned},
          {"ip", hypervisor.ip},
          {"ipAlt", nullptr},
          {"hostname", nullptr},
          {"port", 8892},
          {"sshPort", 22},
          {"name", hypervisor.name},
          {"maintenance", hypervisor.maintenance},
          {"enabled", hypervisor.enabled},
          {"nfType", 4},
          {"group", embedded_group(world, hypervisor.group)},
          // Present, because the real panel sends it: clients must keep it out of their logs.
          {"encryptedToken", "made-up-token-of-hypervisor-" + std::to_string(hypervisor.id)},
          {"maxServers", hypervisor.servers.max},
          {"maxCpu", hypervisor.cores.max},
          {"maxMemory", hypervisor.memory_mb.max}};
}

void add_dates(Json& record, const model::Hypervisor& hypervisor) {
  record["created"] = hypervisor.created;
  record["updated"] = hypervisor.created;
}

}  // namespace

Json render_group(const model::Group& group) {
  return {{"id", group.id},
          {"name", group.name},
          {"label", nullable(group.label)},
          {"description", nullable(group.description)},
          {"distributionType", group.distribution_type},
          {"enabled", group.enabled},
          {"default", group.is_default},
          {"created", group.created},
          {"updated", group.created}};
}

Json render_listed_hypervisor(const model::World& world, const model::Hypervisor& hypervisor) {
  Json record = common_part(world, hypervisor);
  record["networks"] = networks(hypervisor);
  record["storage"] = Json::array();
  add_dates(record, hypervisor);
  return record;
}

Json render_hypervisor(const model::World& world, const model::Hypervisor& hypervisor) {
  Json record = common_part(world, hypervisor);
  add_dates(record, hypervisor);
  record["networks"] = networks(hypervisor);
  return record;
}

}  // namespace vfstock::mockpanel::api
