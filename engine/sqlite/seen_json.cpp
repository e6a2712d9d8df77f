#include "engine/sqlite/seen_json.h"

#include <array>
#include <charconv>

namespace vfstock::sqlite {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

ordered_json count_json(capacity::Count count) {
  return count.is_unlimited() ? ordered_json(nullptr) : ordered_json(count.places());
}

ordered_json count_json(const std::optional<capacity::Count>& count) {
  return count ? count_json(*count) : ordered_json("-");
}

ordered_json hypervisor_json(const capacity::HypervisorBreakdown& h) {
  const bool skipped = h.skipped != capacity::Skipped::no;
  return ordered_json::array({h.id, count_json(h.memory), count_json(h.cores),
                              count_json(h.storage), count_json(h.servers), count_json(h.ipv4),
                              count_json(h.fits),
                              skipped ? capacity::name(h.skipped) : capacity::name(h.binding)});
}

ordered_json service_json(const catalogue::PendingService& service) {
  ordered_json json{
      {"service", service.service},
      {"order", service.order},
      {"product", service.product.id.value},
      {"qty", service.qty},
      {"ordered", service.ordered.time_since_epoch().count()},
      {"option", service.option ? ordered_json(*service.option) : ordered_json(nullptr)}};
  if (service.active) json["active"] = true;
  if (service.elsewhere) json["shop"] = service.elsewhere->shop;
  if (service.upgraded_from) json["from"] = service.upgraded_from->row.id.value;
  return json;
}

}  // namespace

ordered_json seen_json(const catalogue::SeenProduct& seen) {
  const catalogue::Product& row = seen.row;
  ordered_json options = ordered_json::array();
  for (const auto& value : seen.options) {
    options.push_back(ordered_json::array({value.option, value.value}));
  }
  return {{"row",
           {{"id", row.id.value},
            {"name", row.name},
            {"servertype", row.servertype},
            {"stockcontrol", row.stockcontrol},
            {"servergroup", row.servergroup},
            {"qty", row.qty},
            {"configoption1", row.configoption1},
            {"configoption2", row.configoption2},
            {"configoption3", row.configoption3},
            {"configoption7", row.configoption7}}},
          {"options", std::move(options)}};
}

catalogue::SeenProduct seen_from(const json& seen) {
  catalogue::SeenProduct product;
  const json& row = seen.at("row");
  product.row.id = catalogue::ProductId{row.at("id").get<std::int64_t>()};
  row.at("name").get_to(product.row.name);
  row.at("servertype").get_to(product.row.servertype);
  row.at("stockcontrol").get_to(product.row.stockcontrol);
  row.at("servergroup").get_to(product.row.servergroup);
  row.at("qty").get_to(product.row.qty);
  row.at("configoption1").get_to(product.row.configoption1);
  row.at("configoption2").get_to(product.row.configoption2);
  row.at("configoption3").get_to(product.row.configoption3);
  row.at("configoption7").get_to(product.row.configoption7);
  for (const json& value : seen.at("options")) {
    product.options.push_back({value.at(0).get<std::string>(), value.at(1).get<std::string>()});
  }
  return product;
}

ordered_json hosts_json(const Hosts& hosts) {
  ordered_json groups = ordered_json::object();
  for (const auto& [group, names] : hosts) groups[std::to_string(group)] = names;
  return groups;
}

Hosts hosts_from(const json& groups) {
  Hosts hosts;
  for (const auto& [group, names] : groups.items()) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(group.data(), group.data() + group.size(), id);
    if (error != std::errc() || end != group.data() + group.size()) {
      throw catalogue::StoreError("a server group that is no number");
    }
    hosts[id] = names.get<std::vector<std::string>>();
  }
  return hosts;
}

ordered_json pending_json(const std::vector<catalogue::PendingService>& pending,
                          const catalogue::ShopLog& products) {
  ordered_json services = ordered_json::array(), rows = ordered_json::object();
  for (const catalogue::PendingService& service : pending) {
    services.push_back(service_json(service));
    if (service.elsewhere) continue;
    const auto seen = products.products().find(service.product.id);
    if (seen != products.products().end()) {
      rows[std::to_string(service.product.id.value)] = seen_json(seen->second);
    }
  }
  return {{"services", std::move(services)}, {"products", std::move(rows)}};
}

SeenPending pending_from(const json& kept) {
  SeenPending pending;
  for (const auto& [id, row] : kept.at("products").items()) {
    pending.products.push_back(seen_from(row));
  }
  for (const json& row : kept.at("services")) {
    // A scenario knows one shop, and no upgrades.
    if (row.contains("shop") || row.contains("from")) continue;
    catalogue::PendingService service;
    row.at("service").get_to(service.service);
    row.at("order").get_to(service.order);
    service.product.id = catalogue::ProductId{row.at("product").get<std::int64_t>()};
    row.at("qty").get_to(service.qty);
    service.ordered = std::chrono::sys_time<std::chrono::milliseconds>(
        std::chrono::milliseconds(row.at("ordered").get<std::int64_t>()));
    if (!row.at("option").is_null()) service.option = row.at("option").get<std::string>();
    pending.services.push_back(std::move(service));
  }
  return pending;
}

std::optional<panel::Ending> ending_from(const std::string& name) {
  using panel::Ending;
  constexpr std::array all{Ending::complete,       Ending::name_unresolved, Ending::refused,
                           Ending::unreachable,    Ending::tls_failed,      Ending::deadline,
                           Ending::reset,          Ending::closed_early,    Ending::head_too_large,
                           Ending::body_too_large, Ending::malformed_http,  Ending::not_sent,
                           Ending::held_back};
  for (const Ending ending : all) {
    if (panel::name(ending) == name) return ending;
  }
  return std::nullopt;
}

ordered_json breakdown_json(const capacity::Breakdown& breakdown) {
  ordered_json groups = ordered_json::array();
  for (const capacity::GroupBreakdown& group : breakdown.groups) {
    ordered_json hypervisors = ordered_json::array();
    for (const auto& hypervisor : group.hypervisors) {
      hypervisors.push_back(hypervisor_json(hypervisor));
    }
    groups.push_back({{"capacity", count_json(group.capacity)},
                      {"ipv4_cap", count_json(group.ipv4_cap)},
                      {"binding", capacity::name(group.binding)},
                      {"hypervisors", std::move(hypervisors)}});
  }
  return {{"capacity", count_json(breakdown.capacity)}, {"groups", std::move(groups)}};
}

std::string dump(const ordered_json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace vfstock::sqlite
