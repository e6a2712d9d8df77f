// What was seen of shop and panel as JSON, for journals and plans.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/shop_log.h"
#include "engine/panel/answer_log.h"

namespace vfstock::sqlite {

using Hosts = std::map<std::int64_t, std::vector<std::string>>;  // server group -> host names

/// {"row": {columns}, "options": [[option, value], ...]}
nlohmann::ordered_json seen_json(const catalogue::SeenProduct& seen);
/// Throws nlohmann::json::exception when it is not what seen_json() made.
catalogue::SeenProduct seen_from(const nlohmann::json& json);

/// {"3": ["host", ...]}
nlohmann::ordered_json hosts_json(const Hosts& hosts);
Hosts hosts_from(const nlohmann::json& json);

/// Services that wait for their server, each product's row once; `products` holds them.
nlohmann::ordered_json pending_json(const std::vector<catalogue::PendingService>& pending,
                                    const catalogue::ShopLog& products);
/// With the rows of their products and their options.
struct SeenPending {
  std::vector<catalogue::PendingService> services;
  std::vector<catalogue::SeenProduct> products;
};
/// Throws nlohmann::json::exception when it is not what pending_json() made.
SeenPending pending_from(const nlohmann::json& json);

/// nullopt for a name that panel::name() does not give.
std::optional<panel::Ending> ending_from(const std::string& name);

/// Per group its capacity, cap and binding, and per hypervisor what explain shows, in short arrays:
/// [id, memory, cores, storage, servers, ipv4, fits, binding or skipped]; null is unlimited, absent
/// figures are "-".
nlohmann::ordered_json breakdown_json(const capacity::Breakdown& breakdown);

/// JSON that may hold any bytes of a shop's text columns: what is not UTF-8 is replaced.
std::string dump(const nlohmann::ordered_json& json);

}  // namespace vfstock::sqlite
