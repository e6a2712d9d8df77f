#include "mockpanel/api/render_resources.h"

#include <cmath>

namespace vfstock::mockpanel::api {
namespace {

void add_figures(Json& object, const model::Quota& quota) {
  object["max"] = quota.max;
  object["allocated"] = quota.allocated();
  object["free"] = quota.free();
  object["percent"] = percent(quota);
}

Json counted(const char* units, const model::Quota& quota) {
  Json object{{"units", units}};
  add_figures(object, quota);
  return object;
}

int flag(bool value) { return value ? 1 : 0; }

Json local_storage(const model::Pool& pool) {
  Json object{{"enabled", flag(pool.enabled)},
              {"name", pool.name},
              {"storageType", pool.storage_type},
              {"units", "GB"}};
  add_figures(object, pool.gigabytes);
  return object;
}

Json other_storage(const model::Pool& pool) {
  Json object{{"id", pool.id},
              {"name", pool.name},
              {"enabled", flag(pool.enabled)},
              {"path", pool.path ? Json(*pool.path) : Json()},
              {"units", "GB"},
              {"storageType", pool.storage_type},
              {"isDatastore", pool.is_datastore}};
  add_figures(object, pool.gigabytes);
  return object;
}

}  // namespace

Json percent(const model::Quota& quota) {
  if (quota.max == 0) return nullptr;
  // Halves are exact in binary, so this rounds them away from zero as the panel does.
  const double tenths =
      std::round(1000.0 * static_cast<double>(quota.allocated()) / static_cast<double>(quota.max));
  const double value = tenths / 10.0;
  if (std::fmod(tenths, 10.0) == 0.0) return static_cast<std::int64_t>(value);
  return value;
}

Json render_resources(const model::Hypervisor& hypervisor) {
  Json resources = Json::object();
  resources["servers"] = counted("#", hypervisor.servers);
  resources["memory"] = counted("MB", hypervisor.memory_mb);
  resources["cpuCores"] = counted("#", hypervisor.cores);
  if (hypervisor.local) resources["localStorage"] = local_storage(*hypervisor.local);
  Json others = Json::array();
  for (const model::Pool& pool : hypervisor.others) others.push_back(other_storage(pool));
  resources["otherStorage"] = std::move(others);
  return resources;
}

Json render_resource_entry(const model::World& world, const model::Hypervisor& hypervisor) {
  Json entry = Json::object();
  entry["hypervisor"] = {
      {"id", hypervisor.id},           {"name", hypervisor.name},
      {"enabled", hypervisor.enabled}, {"prohibit", hypervisor.prohibit},
      {"accept", hypervisor.accept},   {"commissioned", hypervisor.commissioned == 3}};
  entry["resources"] = render_resources(hypervisor);
  if (hypervisor.reports_ipv4) {
    const Json ipv4{{"free", world.ipv4_free(hypervisor)}};
    entry["resources"]["network"] = {{"total", {{"ipv4", ipv4}}}};
  }
  return entry;
}

}  // namespace vfstock::mockpanel::api
