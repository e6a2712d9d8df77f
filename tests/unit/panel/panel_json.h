// Bodies as the panel prints them, to be bent by tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace vfstock::panel {

using nlohmann::json;

inline json package_json(std::int64_t id) {
  return {{"data",
           {{"id", id},
            {"name", "VPS S"},
            {"description", nullptr},
            {"enabled", true},
            {"memory", 1024},
            {"primaryStorage", 10},
            {"traffic", 200},
            {"cpuCores", 1},
            {"primaryStorageProfile", 0}}}};
}

inline json quota_json(std::int64_t max, std::int64_t allocated) {
  return {{"units", "#"}, {"max", max}, {"allocated", allocated}, {"free", max - allocated}};
}

/// Ten GB of memory, ten cores and 100 GB, nothing allocated, 50 free addresses.
inline json hypervisor_json(std::int64_t id) {
  json local = quota_json(100, 0);
  local.update({{"enabled", 1}, {"name", "Local (Default mountpoint)"}, {"storageType", 0}});
  return {{"hypervisor",
           {{"id", id},
            {"name", "HV " + std::to_string(id)},
            {"enabled", true},
            {"prohibit", false},
            {"accept", false},
            {"commissioned", true}}},
          {"resources",
           {{"servers", quota_json(0, 1)},
            {"memory", quota_json(10240, 0)},
            {"cpuCores", quota_json(10, 0)},
            {"localStorage", local},
            {"otherStorage", json::array()},
            {"network", {{"total", {{"ipv4", {{"free", 50}}}}}}}}}};
}

inline json page_json(const std::vector<json>& hypervisors, int page = 1, int last_page = 1,
                      int per_page = 200, int total = -1) {
  return {{"current_page", page},
          {"data", hypervisors},
          {"last_page", last_page},
          {"per_page", per_page},
          {"total", total < 0 ? static_cast<int>(hypervisors.size()) : total}};
}

}  // namespace vfstock::panel
