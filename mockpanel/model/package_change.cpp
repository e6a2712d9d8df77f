// A server moves to another package.
#include <algorithm>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::model {
namespace {

using Part = PackagePart;

/// The parts of the server that are as the package says, or as large in the case of the disk.
std::set<Part> parts_alike(const Server& server, const Package& package) {
  std::set<Part> alike;
  const auto note = [&](Part part, bool same) {
    if (same) alike.insert(part);
  };
  note(Part::memory, server.memory_mb == package.memory_mb);
  note(Part::cores, server.cores == package.cores);
  note(Part::disk, server.storage_gb >= package.storage_gb);
  note(Part::traffic, server.traffic_gb == package.traffic_gb);
  note(Part::speed_in, server.network_speed_in == package.network_speed_in);
  note(Part::speed_out, server.network_speed_out == package.network_speed_out);
  note(Part::read_iops, server.limits.read_iops_sec == package.read_iops_sec);
  note(Part::write_iops, server.limits.write_iops_sec == package.write_iops_sec);
  note(Part::read_bytes, server.limits.read_bytes_sec == package.read_bytes_sec);
  note(Part::write_bytes, server.limits.write_bytes_sec == package.write_bytes_sec);
  note(Part::backup_plan, server.backup_plan == package.backup_plan);
  return alike;
}

/// What moves no figure of the hypervisor.
void carry_over(Server& server, const Package& package, const std::set<Part>& wanted) {
  const auto set = [&](Part part, auto& value, const auto& new_value) {
    if (wanted.contains(part)) value = new_value;
  };
  set(Part::traffic, server.traffic_gb, package.traffic_gb);
  set(Part::speed_in, server.network_speed_in, package.network_speed_in);
  set(Part::speed_out, server.network_speed_out, package.network_speed_out);
  set(Part::read_iops, server.limits.read_iops_sec, package.read_iops_sec);
  set(Part::write_iops, server.limits.write_iops_sec, package.write_iops_sec);
  set(Part::read_bytes, server.limits.read_bytes_sec, package.read_bytes_sec);
  set(Part::write_bytes, server.limits.write_bytes_sec, package.write_bytes_sec);
  set(Part::backup_plan, server.backup_plan, package.backup_plan);
}

}  // namespace

std::set<PackagePart> all_package_parts() {
  return {Part::memory,     Part::cores,       Part::disk,       Part::traffic,
          Part::speed_in,   Part::speed_out,   Part::read_iops,  Part::write_iops,
          Part::read_bytes, Part::write_bytes, Part::backup_plan};
}

PackageChange World::change_package(std::int64_t id, std::int64_t package_id,
                                    const std::set<PackagePart>& wanted) {
  const Package& package = packages.at(package_id);
  Server& server = servers.at(id);
  if (!package.enabled) {
    return {"Package " + std::to_string(package_id) + " does not exist or is disabled", {}};
  }
  std::set<Part> unchanged;
  for (const Part part : parts_alike(server, package)) {
    if (wanted.contains(part)) unchanged.insert(part);
  }
  Resize larger;
  if (wanted.contains(Part::memory)) larger.memory_mb = package.memory_mb;
  if (wanted.contains(Part::cores)) larger.cores = package.cores;
  if (wanted.contains(Part::disk)) {
    larger.storage_gb = std::max(server.storage_gb, package.storage_gb);
  }
  std::string refused = resize(id, larger);
  if (!refused.empty()) return {std::move(refused), {}};
  carry_over(server, package, wanted);
  server.package = package_id;
  touch();
  return {{}, std::move(unchanged)};
}

std::string World::change_package(std::int64_t server, std::int64_t package) {
  return change_package(server, package, all_package_parts()).refusal;
}

}  // namespace vfstock::mockpanel::model
