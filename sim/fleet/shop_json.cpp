#include "sim/fleet/shop_json.h"

#include <set>

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

void read_server_tables(Shop& shop, const Json& tables) {
  for (const Json& member : rows(tables, "tblservergroupsrel")) {
    for (const Json& server : rows(tables, "tblservers")) {
      if (number(server, "id") != number(member, "serverid")) continue;
      if (server.value("type", "VirtFusionDirect") != "VirtFusionDirect") continue;
      if (server.value("disabled", 0) != 0) continue;
      shop.server_groups[number(member, "groupid")].push_back(text(server, "hostname"));
    }
  }
}

}  // namespace

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

Shop read_tables(const Json& tables, const Place& place) {
  Shop shop;
  shop.products = read_products(tables["tblproducts"], place.at("tblproducts"));
  read_option_tables(shop, tables);
  read_server_tables(shop, tables);
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
  return shop;
}

}  // namespace vfstock::sim::fleet
