// Answers of a panel, written out as JSON for traces.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace vfstock::sim::invariants {

using Json = nlohmann::ordered_json;

inline Json quota(std::int64_t max, std::int64_t free) { return {{"max", max}, {"free", free}}; }

inline Json storage(std::int64_t type, std::int64_t max, std::int64_t free) {
  return {{"enabled", 1}, {"storageType", type}, {"max", max}, {"free", free}};
}

/// Package 7 unless changed: 1024 MB, 1 core, 10 GB on the default mountpoint.
inline Json package_json(std::int64_t id = 7) {
  return {{"data",
           {{"id", id},
            {"enabled", true},
            {"memory", 1024},
            {"cpuCores", 1},
            {"primaryStorage", 10},
            {"primaryStorageProfile", 0}}}};
}

/// A hypervisor whose memory takes `fits` of package 7 without a buffer; nothing else limits it.
inline Json hypervisor_json(std::int64_t id, std::int64_t fits) {
  return {
      {"hypervisor", {{"id", id}, {"enabled", true}, {"prohibit", false}, {"commissioned", true}}},
      {"resources",
       {{"servers", quota(0, -3)},
        {"memory", quota(1024 * fits, 1024 * fits)},
        {"cpuCores", quota(0, -5)},
        {"localStorage", storage(0, 0, -100)},
        {"otherStorage", Json::array()}}}};
}

inline Json with_ipv4(Json hypervisor, std::int64_t free) {
  hypervisor["resources"]["network"]["total"]["ipv4"]["free"] = free;
  return hypervisor;
}

/// Page `page` of a group that is paged by `per_page`.
inline Json page_json(const std::vector<Json>& hypervisors, std::int64_t page = 1,
                      std::int64_t per_page = 200, std::optional<std::int64_t> total = {}) {
  const std::int64_t count = total.value_or(static_cast<std::int64_t>(hypervisors.size()));
  return {{"current_page", page},
          {"data", hypervisors},
          {"last_page", std::max<std::int64_t>(1, (count + per_page - 1) / per_page)},
          {"per_page", per_page},
          {"total", count}};
}

}  // namespace vfstock::sim::invariants
