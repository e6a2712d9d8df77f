#include "mockpanel/api/render_package.h"

#include <string>
#include <utility>

namespace vfstock::mockpanel::api {
namespace {

template <typename T>
Json nullable(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

/// Only packages with additional disks are known to tell of them.
void add_additional(const model::Package& package, std::size_t index, Json::object_t& record) {
  if (package.additional_gb() == 0) return;
  const model::AdditionalDisk& disk = package.additional[index];
  const std::string name = "additionalStorage" + std::to_string(index + 1);
  record.emplace_back(name + "Enable", disk.enabled);
  record.emplace_back(name + "Capacity", disk.gb);
  record.emplace_back(name + "Profile", disk.storage_profile);
}

}  // namespace

Json render_package(const model::Package& package) {
  Json::object_t record;
  // An ordered object that grows copies all that it holds.
  record.reserve(25);
  record.emplace_back("id", package.id);
  record.emplace_back("name", package.name);
  record.emplace_back("description", nullable(package.description));
  record.emplace_back("enabled", package.enabled);
  record.emplace_back("memory", package.memory_mb);
  record.emplace_back("primaryStorage", package.storage_gb);
  record.emplace_back("traffic", package.traffic_gb);
  record.emplace_back("cpuCores", package.cores);
  record.emplace_back("primaryNetworkSpeedIn", package.network_speed_in);
  record.emplace_back("primaryNetworkSpeedOut", package.network_speed_out);
  record.emplace_back("primaryDiskType", package.disk_type);
  record.emplace_back("backupPlanId", package.backup_plan);
  record.emplace_back("primaryStorageReadBytesSec", nullable(package.read_bytes_sec));
  record.emplace_back("primaryStorageWriteBytesSec", nullable(package.write_bytes_sec));
  record.emplace_back("primaryStorageReadIopsSec", nullable(package.read_iops_sec));
  record.emplace_back("primaryStorageWriteIopsSec", nullable(package.write_iops_sec));
  record.emplace_back("primaryStorageProfile", package.storage_profile);
  record.emplace_back("primaryNetworkProfile", package.network_profile);
  for (std::size_t i = 0; i < package.additional.size(); ++i) add_additional(package, i, record);
  record.emplace_back("created", package.created);
  return Json(std::move(record));
}

}  // namespace vfstock::mockpanel::api
