#include "sim/fleet/shop_json.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/catalogue/sql_catalogue.h"
#include "mockpanel/model/duration.h"

namespace vfstock::sim::fleet {

using catalogue::Product;
using catalogue::ProductId;
using document::Json;

namespace {

std::int64_t number(const Json& row, const char* column) { return row[column].get<std::int64_t>(); }
std::string text(const Json& row, const char* column) { return row[column].get<std::string>(); }

const Json& rows(const Json& tables, const char* table) {
  static const Json none = Json::array();
  return tables.contains(table) ? tables[table] : none;
}

std::vector<Product> read_products(const Json& json, const Place& place) {
  std::vector<Product> products;
  std::set<std::int64_t> seen;
  for (std::size_t i = 0; i < json.size(); ++i) {
    Product product;
    product.id = ProductId{number(json[i], "id")};
    product.name = "Product " + std::to_string(product.id.value);
    product.servertype = "VirtFusionDirect";
    product.stockcontrol = 1;
    update_product(product, json[i]);
    if (!seen.insert(product.id.value).second) {
      refuse(place.at(i).at("id"), "product " + std::to_string(product.id.value) + " stands twice");
    }
    products.push_back(std::move(product));
  }
  return products;
}

/// Products reach option values through three tables: links, options, values.
void read_option_tables(Shop& shop, const Json& tables) {
  for (const Json& link : rows(tables, "tblproductconfiglinks")) {
    auto& values = shop.options[ProductId{number(link, "pid")}];
    for (const Json& option : rows(tables, "tblproductconfigoptions")) {
      if (number(option, "gid") != number(link, "gid")) continue;
      for (const Json& value : rows(tables, "tblproductconfigoptionssub")) {
        if (number(value, "configid") != number(option, "id")) continue;
        values.push_back({text(option, "optionname"), text(value, "optionname")});
      }
    }
  }
}

/// A server of no group is kept as one of group 0.
void read_server_tables(Shop& shop, const Json& tables) {
  std::map<std::int64_t, std::vector<std::int64_t>> groups;  // by server
  for (const Json& member : rows(tables, "tblservergroupsrel")) {
    groups[number(member, "serverid")].push_back(number(member, "groupid"));
  }
  for (const Json& server : rows(tables, "tblservers")) {
    if (server.value("type", "VirtFusionDirect") != "VirtFusionDirect") continue;
    if (server.value("disabled", 0) != 0) continue;
    auto& of_server = groups[number(server, "id")];
    if (of_server.empty()) of_server.push_back(0);
    for (const std::int64_t group : of_server) {
      shop.server_groups[group].push_back(text(server, "hostname"));
    }
  }
}

/// Rows of a table by their id.
using ById = std::map<std::int64_t, const Json*>;

ById by_id(const Json& table) {
  ById found;
  for (const Json& row : table) found.emplace(number(row, "id"), &row);
  return found;
}

const Json* find(const ById& table, std::int64_t id) {
  const auto found = table.find(id);
  return found == table.end() ? nullptr : found->second;
}

/// Only locations are kept of what was chosen, so a service's first choice is it.
std::map<std::int64_t, std::string> chosen_values(const Json& tables) {
  const ById values = by_id(rows(tables, "tblproductconfigoptionssub"));
  std::map<std::int64_t, std::string> chosen;
  for (const Json& choice : rows(tables, "tblhostingconfigoptions")) {
    const Json* const value = find(values, number(choice, "optionid"));
    if (value != nullptr) chosen.emplace(number(choice, "relid"), text(*value, "optionname"));
  }
  return chosen;
}

/// By the order's date, else the service's own. No date at all, or no moment to count from: new. A
/// zero date is long ago, as it is for a shop.
std::chrono::milliseconds age_of(const Json* order, const Json& service,
                                 const std::optional<std::string>& taken) {
  const bool dated = order != nullptr && order->contains("date");
  if (!taken || (!dated && !service.contains("regdate"))) return {};
  const auto now = catalogue::shop_time(*taken);
  const auto ordered =
      catalogue::shop_time(dated ? text(*order, "date") : text(service, "regdate"));
  if (!now || !ordered) return std::chrono::days{3650};
  return std::max(std::chrono::milliseconds{0}, *now - *ordered);
}

void read_order_tables(Shop& shop, const Json& tables, const std::optional<std::string>& taken) {
  const ById orders = by_id(rows(tables, "tblorders"));
  const auto chosen = chosen_values(tables);
  for (const Json& row : rows(tables, "tblhosting")) {
    if (row.value("domainstatus", "Pending") != "Pending") continue;
    WaitingService waiting;
    waiting.service = number(row, "id");
    waiting.order = row.value("orderid", std::int64_t{0});
    const Json* const order = find(orders, waiting.order);
    const std::string status = order == nullptr ? "Pending" : order->value("status", "Pending");
    if (status == "Cancelled" || status == "Fraud") continue;
    waiting.product = ProductId{number(row, "packageid")};
    waiting.qty = row.value("qty", std::int64_t{1});
    const auto location = chosen.find(waiting.service);
    if (location != chosen.end()) waiting.location = location->second;
    waiting.age = age_of(order, row, taken);
    shop.waiting.push_back(std::move(waiting));
  }
}

void check_waiting(const Shop& shop, const Place& place) {
  std::set<std::int64_t> seen;
  std::set<ProductId> sold;
  for (const Product& product : shop.products) sold.insert(product.id);
  for (std::size_t i = 0; i < shop.waiting.size(); ++i) {
    const WaitingService& waiting = shop.waiting[i];
    if (!sold.contains(waiting.product)) {
      refuse(place.at(i), "there is no product " + std::to_string(waiting.product.value));
    }
    if (!seen.insert(waiting.service).second) {
      refuse(place.at(i), "service " + std::to_string(waiting.service) + " stands twice");
    }
  }
}

}  // namespace

WaitingService read_waiting(const Json& json, const Place& place) {
  WaitingService waiting;
  waiting.service = number(json, "id");
  waiting.order = json.value("order", std::int64_t{0});
  waiting.product = ProductId{number(json, "product")};
  waiting.qty = json.value("qty", std::int64_t{1});
  if (json.contains("location")) waiting.location = text(json, "location");
  if (!json.contains("age")) return waiting;
  const auto age = mockpanel::model::duration_from(text(json, "age"));
  if (!age) {
    refuse(place.at("age"), "expected a duration such as 90s, 5m or 2h of at most ten years");
  }
  waiting.age = *age;
  return waiting;
}

void update_product(Product& product, const Json& json) {
  const auto set_text = [&](std::string& column, const char* name) {
    if (json.contains(name)) column = text(json, name);
  };
  const auto set_number = [&](std::int64_t& column, const char* name) {
    if (json.contains(name)) column = number(json, name);
  };
  set_text(product.name, "name");
  set_text(product.servertype, "servertype");
  set_number(product.stockcontrol, "stockcontrol");
  set_number(product.servergroup, "servergroup");
  set_number(product.qty, "qty");
  set_text(product.configoption1, "configoption1");
  set_text(product.configoption2, "configoption2");
  set_text(product.configoption3, "configoption3");
  set_text(product.configoption7, "configoption7");
}

Shop read_tables(const Json& tables, const Place& place, const std::optional<std::string>& taken) {
  Shop shop;
  shop.products = read_products(tables["tblproducts"], place.at("tblproducts"));
  read_option_tables(shop, tables);
  read_server_tables(shop, tables);
  read_order_tables(shop, tables, taken);
  check_waiting(shop, place.at("tblhosting"));
  return shop;
}

Shop read_shop(const Json& json, const Place& place) {
  Shop shop;
  shop.products = read_products(json["products"], place.at("products"));
  for (const Json& option : rows(json, "options")) {
    auto& values = shop.options[ProductId{number(option, "product")}];
    for (const Json& value : option["values"]) {
      values.push_back({text(option, "option"), value.get<std::string>()});
    }
  }
  for (const Json& group : rows(json, "serverGroups")) {
    auto& hosts = shop.server_groups[number(group, "id")];
    for (const Json& host : group["hosts"]) hosts.push_back(host.get<std::string>());
  }
  const Json& services = rows(json, "services");
  for (std::size_t i = 0; i < services.size(); ++i) {
    shop.waiting.push_back(read_waiting(services[i], place.at("services").at(i)));
  }
  check_waiting(shop, place.at("services"));
  return shop;
}

}  // namespace vfstock::sim::fleet
