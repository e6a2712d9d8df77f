#include "sim/shop/provisioning.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/catalogue/text.h"

namespace vfstock::sim::shop {

using nlohmann::ordered_json;

ModuleCall create_call(const catalogue::Product& product, std::optional<std::int64_t> group,
                       const ChosenSize& chosen) {
  ordered_json body;
  body["packageId"] = chosen.package.value_or(catalogue::leading_integer(product.configoption2));
  body["userId"] = 1;
  body["hypervisorId"] = group.value_or(catalogue::leading_integer(product.configoption1));
  body["ipv4"] = chosen.ipv4.value_or(
      std::max<std::int64_t>(1, catalogue::leading_integer(product.configoption3)));
  const auto add = [&](const char* field, const std::optional<std::int64_t>& value) {
    if (value) body[field] = *value;
  };
  add("memory", chosen.memory_mb);
  add("cpuCores", chosen.cores);
  add("storage", chosen.storage_gb);
  add("storageProfile", chosen.storage_profile);
  return {"POST", "/servers", body.dump()};
}

std::optional<std::int64_t> created_server(const ModuleAnswer& answer) {
  if (!answer.arrived || answer.status != 201) return std::nullopt;
  const auto json = ordered_json::parse(answer.body, nullptr, false);
  const ordered_json::json_pointer id("/data/id");
  if (json.is_discarded() || !json.contains(id) || !json.at(id).is_number_integer()) {
    return std::nullopt;
  }
  return json.at(id).get<std::int64_t>();
}

ModuleCall terminate_call(std::int64_t server) {
  return {"DELETE", "/servers/" + std::to_string(server), ""};
}

bool terminated(const ModuleAnswer& answer) {
  return answer.arrived && (answer.status == 204 || answer.status == 404);
}

ModuleCall change_package_call(std::int64_t server, const catalogue::Product& product) {
  const std::int64_t package = catalogue::leading_integer(product.configoption2);
  return {"PUT", "/servers/" + std::to_string(server) + "/package/" + std::to_string(package), ""};
}

bool changed(const ModuleAnswer& answer) {
  return answer.arrived && (answer.status == 200 || answer.status == 204);
}

std::string failure(const ModuleAnswer& answer) {
  if (!answer.arrived) {
    return "no answer from the panel" + (answer.ending.empty() ? "" : " (" + answer.ending + ")");
  }
  std::string status = "HTTP " + std::to_string(answer.status);
  const auto json = ordered_json::parse(answer.body, nullptr, false);
  if (json.is_object() && json.contains("errors") && json["errors"].is_array() &&
      !json["errors"].empty() && json["errors"][0].is_string()) {
    return status + ", " + json["errors"][0].get<std::string>();
  }
  if (json.is_object() && json.contains("msg") && json["msg"].is_string()) {
    return status + ", " + json["msg"].get<std::string>();
  }
  return status;
}

}  // namespace vfstock::sim::shop
