#include "mockpanel/api/render_resources.h"

#include <cmath>
#include <utility>

namespace vfstock::mockpanel::api {
namespace {

/// Room for the largest object here. This answer is the mock's hottest, and an ordered object that
/// grows copies all that it holds.
constexpr std::size_t fields_max = 11;

using Object = Json::object_t;

Object roomy() {
  Object object;
  object.reserve(fields_max);
  return object;
}

void add_figures(Object& object, const model::Quota& quota) {
  object.emplace_back("max", quota.max);
  object.emplace_back("allocated", quota.allocated());
  object.emplace_back("free", quota.free());
  object.emplace_back("percent", percent(quota));
}

Json counted(const char* units, const model::Quota& quota) {
  Object object = roomy();
  object.emplace_back("units", units);
  add_figures(object, quota);
  return Json(std::move(object));
}

int flag(bool value) { return value ? 1 : 0; }

Json local_storage(const model::Pool& pool) {
  Object object = roomy();
  object.emplace_back("enabled", flag(pool.enabled));
  object.emplace_back("name", pool.name);
  object.emplace_back("storageType", pool.storage_type);
  object.emplace_back("units", "GB");
  add_figures(object, pool.gigabytes);
  return Json(std::move(object));
}

Json other_storage(const model::Pool& pool) {
  Object object = roomy();
  object.emplace_back("id", pool.id);
  object.emplace_back("name", pool.name);
  object.emplace_back("enabled", flag(pool.enabled));
  object.emplace_back("path", pool.path ? Json(*pool.path) : Json());
  object.emplace_back("units", "GB");
  object.emplace_back("storageType", pool.storage_type);
  object.emplace_back("isDatastore", pool.is_datastore);
  add_figures(object, pool.gigabytes);
  return Json(std::move(object));
}

Json flags(const model::Hypervisor& hypervisor) {
  Object object = roomy();
  object.emplace_back("id", hypervisor.id);
  object.emplace_back("name", hypervisor.name);
  object.emplace_back("enabled", hypervisor.enabled);
  object.emplace_back("prohibit", hypervisor.prohibit);
  object.emplace_back("accept", hypervisor.accept);
  object.emplace_back("commissioned", hypervisor.commissioned == 3);
  return Json(std::move(object));
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
  Object resources = roomy();
  resources.emplace_back("servers", counted("#", hypervisor.servers));
  resources.emplace_back("memory", counted("MB", hypervisor.memory_mb));
  resources.emplace_back("cpuCores", counted("#", hypervisor.cores));
  if (hypervisor.local) {
    resources.emplace_back("localStorage", local_storage(*hypervisor.local));
  }
  Json others = Json::array();
  for (const model::Pool& pool : hypervisor.others) others.push_back(other_storage(pool));
  resources.emplace_back("otherStorage", std::move(others));
  return Json(std::move(resources));
}

Json render_resource_entry(const model::World& world, const model::Hypervisor& hypervisor) {
  Json resources = render_resources(hypervisor);
  if (hypervisor.reports_ipv4) {
    const Json ipv4{{"free", world.ipv4_free(hypervisor)}};
    resources["network"] = {{"total", {{"ipv4", ipv4}}}};
  }
  Object entry = roomy();
  entry.emplace_back("hypervisor", flags(hypervisor));
  entry.emplace_back("resources", std::move(resources));
  return Json(std::move(entry));
}

}  // namespace vfstock::mockpanel::api
