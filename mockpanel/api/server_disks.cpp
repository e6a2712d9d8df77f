// The disks of a server record and the tasks that wait for them.
#include <algorithm>

#include "mockpanel/api/dates.h"
#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {
namespace {

/// Disk ids are unique over all servers: two for each.
std::int64_t disk_id(const model::Server& server, std::int64_t number) {
  return server.id * 2 + number - 1;
}

/// Where a disk lies, as the record says it.
struct Location {
  Json storage_id;  // null on the default mountpoint
  bool local = true;
  const char* type = "mountpoint";
  Json path = "/home/vf-data/disk";
};

Location locate(const model::Hypervisor* hypervisor, std::int64_t pool_id) {
  if (hypervisor == nullptr || pool_id == 0) return {};
  const auto pool = std::find_if(hypervisor->others.begin(), hypervisor->others.end(),
                                 [&](const model::Pool& other) { return other.id == pool_id; });
  if (pool == hypervisor->others.end()) return {};
  return {pool_id, !pool->is_datastore, pool->is_datastore ? "datastore" : "mountpoint",
          pool->path ? Json(*pool->path) : Json()};
}

struct Disk {
  std::int64_t number = 1;  // 1 is the primary disk
  std::int64_t capacity_gb = 0;
  std::int64_t profile = 0;
  bool ready = true;
  model::DiskLimits limits = {};
};

Json limits(const std::optional<std::int64_t>& read, const std::optional<std::int64_t>& write) {
  return {{"read", read ? Json(*read) : Json()}, {"write", write ? Json(*write) : Json()}};
}

Json render_disk(const model::Server& server, const Disk& disk, const Location& location) {
  const std::string name = server.uuid + "_" + std::to_string(disk.number);
  return {{"_id", disk_id(server, disk.number)},
          {"id", disk.number},
          {"cache", nullptr},
          {"bus", nullptr},
          {"capacity", disk.capacity_gb},
          {"drive", disk.number == 1 ? "a" : "b"},
          {"datastoreDiskId", nullptr},
          {"filesystem", nullptr},
          {"iops", limits(disk.limits.read_iops_sec, disk.limits.write_iops_sec)},
          {"bytes", limits(disk.limits.read_bytes_sec, disk.limits.write_bytes_sec)},
          {"type", "qcow2"},
          {"profile", disk.profile},
          {"status", disk.ready ? 3 : 1},
          {"enabled", disk.ready},
          {"primary", disk.number == 1},
          {"created", server.created},
          {"updated", server.created},
          {"datastore", Json::array()},
          {"name", name},
          {"filename", name + ".img"},
          {"hypervisorStorageId", location.storage_id},
          {"local", location.local},
          {"locationType", location.type},
          {"path", location.path}};
}

Json pending_disk(const model::Server& server) {
  const Json disk{{"id", disk_id(server, 2)}, {"disk_storage_id", nullptr}};
  return {{"id", server.id},
          {"action", "Create HDD (sdb)"},
          {"requires", Json::array({"boot", "restart", "shutdown", "poweroff"})},
          {"collected", false},
          {"complete", false},
          {"failed", false},
          {"payload", {{"disk", disk}}},
          {"created", server.created}};
}

}  // namespace

Json storage_part(const model::Server& server, const model::Hypervisor* hypervisor) {
  Json disks = Json::array();
  disks.push_back(render_disk(server,
                              {1, server.storage_gb, server.storage_profile, true, server.limits},
                              locate(hypervisor, server.pool)));
  if (server.additional_gb > 0) {
    disks.push_back(render_disk(server, {2, server.additional_gb, 0, server.built, {}}, {}));
  }
  return disks;
}

Json tasks_part(const model::Server& server) {
  Json pending = Json::array();
  if (server.additional_gb > 0 && !server.built) pending.push_back(pending_disk(server));
  const Json built = built_part(server);
  const Json last = built.is_string() ? Json(with_blank(built.get<std::string>())) : Json();
  return {{"active", false}, {"lastOn", last}, {"actions", {{"pending", pending}}}};
}

}  // namespace vfstock::mockpanel::api
