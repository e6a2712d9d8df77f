#include "sim/fleet/panel_json.h"

#include <algorithm>
#include <chrono>

#include "mockpanel/model/duration.h"
#include "sim/fleet/nested_blocks.h"

namespace vfstock::sim::fleet {

namespace model = mockpanel::model;
using document::Json;

void refuse(const Place& place, const std::string& message) {
  throw document::DocumentError(place.file + ": " + place.pointer + ": " + message);
}

namespace {

void set(std::int64_t& target, const Json& json, const char* key) {
  if (json.contains(key)) target = json[key].get<std::int64_t>();
}

void set(std::string& target, const Json& json, const char* key) {
  if (json.contains(key)) target = json[key].get<std::string>();
}

/// The panel writes flags as booleans in some places and as 0 or 1 in others.
void set(bool& target, const Json& json, const char* key) {
  if (!json.contains(key)) return;
  target = json[key].is_boolean() ? json[key].get<bool>() : json[key].get<std::int64_t>() != 0;
}

template <class T>
void set(std::optional<T>& target, const Json& json, const char* key) {
  if (!json.contains(key)) return;
  if (json[key].is_null()) {
    target.reset();
  } else {
    target = json[key].get<T>();
  }
}

/// `allocated` may be given, or follow from `free`; when both are given they must agree.
void update_quota(model::Quota& quota, const Json& json, const Place& place) {
  set(quota.max, json, "max");
  if (json.contains("allocated")) {
    quota.base = json["allocated"].get<std::int64_t>() - quota.held;
  } else if (json.contains("free")) {
    quota.base = quota.max - json["free"].get<std::int64_t>() - quota.held;
  }
  if (quota.allocated() < 0) refuse(place, "free is more than max");
  if (json.contains("free") && json["free"].get<std::int64_t>() != quota.free()) {
    refuse(place.at("free"), "expected max - allocated = " + std::to_string(quota.free()) +
                                 ", found " + json["free"].dump());
  }
}

void update_pool(model::Pool& pool, const Json& json, const Place& place) {
  set(pool.id, json, "id");
  set(pool.name, json, "name");
  set(pool.enabled, json, "enabled");
  set(pool.path, json, "path");
  set(pool.storage_type, json, "storageType");
  set(pool.is_datastore, json, "isDatastore");
  update_quota(pool.gigabytes, json, place);
}

void update_other_storage(model::Hypervisor& hypervisor, const Json& pools, const Place& place) {
  for (std::size_t i = 0; i < pools.size(); ++i) {
    const Place here = place.at(i);
    if (!pools[i].contains("id")) refuse(here, "expected the pool's id");
    const auto id = pools[i]["id"].get<std::int64_t>();
    auto known = std::find_if(hypervisor.others.begin(), hypervisor.others.end(),
                              [&](const model::Pool& pool) { return pool.id == id; });
    if (known == hypervisor.others.end()) {
      model::Pool fresh;
      fresh.name = "Pool " + std::to_string(id);
      known = hypervisor.others.insert(known, fresh);
    }
    update_pool(*known, pools[i], here);
  }
}

void update_resources(model::Hypervisor& hypervisor, const Json& json, const Place& place) {
  const auto quota = [&](model::Quota& target, const char* key) {
    if (json.contains(key)) update_quota(target, json[key], place.at(key));
  };
  quota(hypervisor.servers, "servers");
  quota(hypervisor.memory_mb, "memory");
  quota(hypervisor.cores, "cpuCores");
  if (json.contains("localStorage")) {
    if (!hypervisor.local) hypervisor.local.emplace();
    update_pool(*hypervisor.local, json["localStorage"], place.at("localStorage"));
  }
  if (json.contains("otherStorage")) {
    update_other_storage(hypervisor, json["otherStorage"], place.at("otherStorage"));
  }
}

std::optional<std::int64_t> ipv4_figure(const Json& hypervisor) {
  const Json::json_pointer free("/resources/network/total/ipv4/free");
  if (!hypervisor.contains(free)) return std::nullopt;
  return hypervisor.at(free).get<std::int64_t>();
}

model::Hypervisor fresh_hypervisor(std::int64_t id, std::int64_t group) {
  model::Hypervisor hypervisor;
  hypervisor.id = id;
  hypervisor.group = group;
  hypervisor.name = "Hypervisor " + std::to_string(id);
  return hypervisor;
}

/// Collects what only makes sense once every group has been read.
struct Reading {
  model::World world;
  Figures figures;  // hypervisor id -> free addresses it reports
};

void read_hypervisor(Reading& reading, std::int64_t group, std::int64_t id, const Json& json,
                     const Place& place) {
  model::Hypervisor hypervisor = fresh_hypervisor(id, group);
  update_hypervisor(hypervisor, json, place);
  hypervisor.id = id;
  const auto figure = ipv4_figure(json);
  hypervisor.reports_ipv4 = figure.has_value();
  if (figure) reading.figures[id] = *figure;
  if (!reading.world.hypervisors.emplace(id, std::move(hypervisor)).second) {
    refuse(place.at("hypervisor").at("id"), "hypervisor " + std::to_string(id) + " stands twice");
  }
}

void read_group(Reading& reading, const Json& json, const Place& place) {
  model::Group group;
  set(group.id, json, "id");
  group.name = "Group " + std::to_string(group.id);
  set(group.name, json, "name");
  set(group.label, json, "label");
  set(group.description, json, "description");
  set(group.distribution_type, json, "distributionType");
  set(group.enabled, json, "enabled");
  set(group.is_default, json, "default");
  set(group.created, json, "created");
  if (!reading.world.groups.emplace(group.id, group).second) {
    refuse(place.at("id"), "group " + std::to_string(group.id) + " stands twice");
  }
  const Json& members = json["hypervisors"];
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Place here = place.at("hypervisors").at(i);
    const bool copied = members[i].contains("copies");
    const Json& one = copied ? members[i]["of"] : members[i];
    const Place where = copied ? here.at("of") : here;
    const std::int64_t copies = copied ? members[i]["copies"].get<std::int64_t>() : 1;
    const auto first = one["hypervisor"]["id"].get<std::int64_t>();
    for (std::int64_t n = 0; n < copies; ++n) {
      read_hypervisor(reading, group.id, first + n, one, where);
    }
  }
}

void read_blocks(Reading& reading, const Json& blocks, const Place& place) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Place here = place.at(i);
    model::Block block;
    set(block.id, blocks[i], "id");
    block.name = "Block " + std::to_string(block.id);
    set(block.name, blocks[i], "name");
    set(block.enabled, blocks[i], "enabled");
    set(block.base_free, blocks[i], "free");
    if (!reading.world.blocks.emplace(block.id, block).second) {
      refuse(here.at("id"), "block " + std::to_string(block.id) + " stands twice");
    }
    for (const Json& bound : blocks[i]["hypervisors"]) {
      const auto found = reading.world.hypervisors.find(bound.get<std::int64_t>());
      if (found == reading.world.hypervisors.end()) {
        refuse(here.at("hypervisors"), "there is no hypervisor " + bound.dump());
      }
      found->second.blocks.push_back(block.id);
      found->second.reports_ipv4 = true;
    }
  }
}

/// A captured answer that is pasted in beside blocks must agree with them.
void check_figures(const Reading& reading, const Place& place) {
  for (const auto& [id, figure] : reading.figures) {
    const auto& hypervisor = reading.world.hypervisors.at(id);
    const std::int64_t free = reading.world.ipv4_free(hypervisor);
    if (free != figure) {
      refuse(place.at("groups"),
             "hypervisor " + std::to_string(id) + " reports " + std::to_string(figure) +
                 " free IPv4 addresses, its blocks hold " + std::to_string(free));
    }
  }
}

std::int64_t pool_of(const model::Hypervisor& hypervisor, std::int64_t profile) {
  if (profile <= 0) return 0;
  if (hypervisor.local && hypervisor.local->storage_type == profile) return 0;
  for (const auto& pool : hypervisor.others) {
    if (pool.storage_type == profile) return pool.id;
  }
  return 0;
}

model::Server server_from(const model::World& world, const Json& json, const Place& place) {
  model::Server server;
  set(server.id, json, "id");
  set(server.package, json, "package");
  set(server.hypervisor, json, "hypervisor");
  set(server.owner, json, "owner");
  set(server.created, json, "created");
  const auto package = world.packages.find(server.package);
  if (package == world.packages.end()) {
    refuse(place.at("package"), "there is no package " + std::to_string(server.package));
  }
  const auto hypervisor = world.hypervisors.find(server.hypervisor);
  if (hypervisor == world.hypervisors.end()) {
    refuse(place.at("hypervisor"), "there is no hypervisor " + std::to_string(server.hypervisor));
  }
  server.memory_mb = package->second.memory_mb;
  server.cores = package->second.cores;
  server.storage_gb = package->second.storage_gb;
  server.traffic_gb = package->second.traffic_gb;
  server.storage_profile = package->second.storage_profile;
  server.pool = pool_of(hypervisor->second, server.storage_profile);
  std::int64_t addresses = hypervisor->second.blocks.empty() ? 0 : 1;
  set(addresses, json, "ipv4");
  if (addresses > 0 && hypervisor->second.blocks.empty()) {
    refuse(place.at("ipv4"), "no IPv4 block is bound to the server's hypervisor");
  }
  for (std::int64_t n = 0; n < addresses; ++n) {
    server.addresses.push_back({hypervisor->second.blocks.front(), n});
  }
  return server;
}

/// Turns "allocated, all told" into "beside the listed servers".
void settle(model::Quota& quota, const Place& place, const std::string& what) {
  quota.base -= quota.held;
  if (quota.base < 0) refuse(place, "the listed servers hold more " + what + " than is allocated");
}

void settle_base_load(model::World& world, const Place& place) {
  for (auto& [id, hypervisor] : world.hypervisors) {
    const std::string of = " of hypervisor " + std::to_string(id);
    settle(hypervisor.servers, place, "server slots" + of);
    settle(hypervisor.memory_mb, place, "memory" + of);
    settle(hypervisor.cores, place, "cores" + of);
    if (hypervisor.local) settle(hypervisor.local->gigabytes, place, "local storage" + of);
    for (auto& pool : hypervisor.others) settle(pool.gigabytes, place, "storage" + of);
  }
  for (auto& [id, block] : world.blocks) block.base_free += block.held;
}

void read_servers(model::World& world, const Json& servers, const Place& place) {
  for (std::size_t i = 0; i < servers.size(); ++i) {
    model::Server server = server_from(world, servers[i], place.at(i));
    if (world.servers.contains(server.id)) {
      refuse(place.at(i).at("id"), "server " + std::to_string(server.id) + " stands twice");
    }
    world.adopt(std::move(server));
  }
  settle_base_load(world, place);
}

model::Placement placement_from(const std::string& text) {
  if (text == "most-free") return model::Placement::most_free;
  if (text == "fewest-servers") return model::Placement::fewest_servers;
  return model::Placement::first_fit;
}

void read_packages(model::World& world, const Json& packages, const Place& place) {
  for (std::size_t i = 0; i < packages.size(); ++i) {
    model::Package package;
    set(package.id, packages[i], "id");
    package.name = "Package " + std::to_string(package.id);
    update_package(package, packages[i]);
    if (!world.packages.emplace(package.id, package).second) {
      refuse(place.at(i).at("id"), "package " + std::to_string(package.id) + " stands twice");
    }
  }
}

}  // namespace

void update_package(model::Package& package, const Json& json) {
  set(package.name, json, "name");
  set(package.description, json, "description");
  set(package.enabled, json, "enabled");
  set(package.memory_mb, json, "memory");
  set(package.storage_gb, json, "primaryStorage");
  set(package.traffic_gb, json, "traffic");
  set(package.cores, json, "cpuCores");
  set(package.network_speed_in, json, "primaryNetworkSpeedIn");
  set(package.network_speed_out, json, "primaryNetworkSpeedOut");
  set(package.disk_type, json, "primaryDiskType");
  set(package.backup_plan, json, "backupPlanId");
  set(package.read_bytes_sec, json, "primaryStorageReadBytesSec");
  set(package.write_bytes_sec, json, "primaryStorageWriteBytesSec");
  set(package.read_iops_sec, json, "primaryStorageReadIopsSec");
  set(package.write_iops_sec, json, "primaryStorageWriteIopsSec");
  set(package.storage_profile, json, "primaryStorageProfile");
  set(package.network_profile, json, "primaryNetworkProfile");
  for (std::size_t i = 0; i < package.additional.size(); ++i) {
    const std::string name = "additionalStorage" + std::to_string(i + 1);
    set(package.additional[i].enabled, json, (name + "Enable").c_str());
    set(package.additional[i].gb, json, (name + "Capacity").c_str());
    set(package.additional[i].storage_profile, json, (name + "Profile").c_str());
  }
  set(package.created, json, "created");
}

void update_hypervisor(model::Hypervisor& hypervisor, const Json& json, const Place& place) {
  const Json& record = json["hypervisor"];
  set(hypervisor.name, record, "name");
  set(hypervisor.enabled, record, "enabled");
  set(hypervisor.prohibit, record, "prohibit");
  set(hypervisor.accept, record, "accept");
  set(hypervisor.maintenance, record, "maintenance");
  if (record.contains("commissioned")) {
    bool commissioned = true;
    set(commissioned, record, "commissioned");
    hypervisor.commissioned = commissioned ? 3 : 0;
  }
  if (json.contains("resources")) {
    update_resources(hypervisor, json["resources"], place.at("resources"));
  }
}

model::World read_panel(const Json& panel, const Place& place) {
  Reading reading;
  read_packages(reading.world, panel["packages"], place.at("packages"));
  for (std::size_t i = 0; i < panel["groups"].size(); ++i) {
    read_group(reading, panel["groups"][i], place.at("groups").at(i));
  }
  if (panel.contains("ipv4Blocks")) {
    read_blocks(reading, panel["ipv4Blocks"], place.at("ipv4Blocks"));
    check_figures(reading, place);
  } else {
    add_nested_blocks(reading.world, reading.figures);
  }
  if (panel.contains("servers")) {
    read_servers(reading.world, panel["servers"], place.at("servers"));
  }
  if (panel.contains("placement")) {
    reading.world.placement = placement_from(panel["placement"].get<std::string>());
  }
  if (panel.contains("deleteDelay")) {
    const auto delay = model::duration_from(panel["deleteDelay"].get<std::string>());
    if (!delay) refuse(place.at("deleteDelay"), "expected a duration such as 5m");
    reading.world.default_delete_delay = std::chrono::duration_cast<std::chrono::minutes>(*delay);
  }
  set(reading.world.results_max, panel, "resultsMax");
  reading.world.touch();
  return std::move(reading.world);
}

}  // namespace vfstock::sim::fleet
