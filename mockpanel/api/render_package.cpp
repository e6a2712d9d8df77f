#include "mockpanel/api/render_package.h"

namespace vfstock::mockpanel::api {
namespace {

template <typename T>
Json nullable(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

Json render_package(const model::Package& package) {
  return {{"id", package.id},
          {"name", package.name},
          {"description", nullable(package.description)},
          {"enabled", package.enabled},
          {"memory", package.memory_mb},
          {"primaryStorage", package.storage_gb},
          {"traffic", package.traffic_gb},
          {"cpuCores", package.cores},
          {"primaryNetworkSpeedIn", package.network_speed_in},
          {"primaryNetworkSpeedOut", package.network_speed_out},
          {"primaryDiskType", package.disk_type},
          {"backupPlanId", package.backup_plan},
          {"primaryStorageReadBytesSec", nullable(package.read_bytes_sec)},
          {"primaryStorageWriteBytesSec", nullable(package.write_bytes_sec)},
          {"primaryStorageReadIopsSec", nullable(package.read_iops_sec)},
          {"primaryStorageWriteIopsSec", nullable(package.write_iops_sec)},
          {"primaryStorageProfile", package.storage_profile},
          {"primaryNetworkProfile", package.network_profile},
          {"created", package.created}};
}

}  // namespace vfstock::mockpanel::api
