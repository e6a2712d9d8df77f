#include "engine/catalogue/sql_catalogue.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/catalogue/locations.h"

namespace vfstock::catalogue {
namespace {

const std::string product_columns =
    "id, name, servertype, stockcontrol, servergroup, qty, configoption1, configoption2, "
    "configoption3, configoption7";

Product product_from(const Row& row) {
  Product product;
  product.id = ProductId{row.integer("id")};
  product.name = row.text("name");
  product.servertype = row.text("servertype");
  product.stockcontrol = row.integer("stockcontrol");
  product.servergroup = row.integer("servergroup");
  product.qty = row.integer("qty");
  product.configoption1 = row.text("configoption1");
  product.configoption2 = row.text("configoption2");
  product.configoption3 = row.text("configoption3");
  product.configoption7 = row.text("configoption7");
  return product;
}

/// Statuses are the operator's own words; what they mean stands in their flags.
bool is_cancelled(const Row& row) {
  if (row.is_null("known_status")) {
    const std::string status = row.text("status");
    return status == "Cancelled" || status == "Fraud";
  }
  if (row.integer("showcancelled") != 0) return true;
  return row.integer("showpending") == 0 && row.integer("showactive") == 0;
}

int number_at(const std::string& text, std::size_t from, std::size_t length) {
  int number = 0;
  for (std::size_t i = from; i < from + length; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

}  // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> shop_time(const std::string& text) {
  using namespace std::chrono;
  const int y = number_at(text, 0, 4), m = number_at(text, 5, 2), d = number_at(text, 8, 2);
  if (y <= 0 || m <= 0 || d <= 0) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                            day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  const auto part = [&](std::size_t from) { return std::max(0, number_at(text, from, 2)); };
  return sys_days{date} + hours{part(11)} + minutes{part(14)} + seconds{part(17)};
}

// The database compares text without regard to case and trailing spaces; the engine's rule is
// exact.
std::vector<Product> SqlCatalogue::managed_products() {
  std::vector<Product> managed;
  const std::string sql = "SELECT " + product_columns +
                          " FROM tblproducts WHERE servertype = 'VirtFusionDirect' AND "
                          "stockcontrol = 1 ORDER BY id";
  for (const Row& row : database_.query(sql)) {
    Product product = product_from(row);
    if (is_managed(product)) managed.push_back(std::move(product));
  }
  return managed;
}

std::optional<Product> SqlCatalogue::product(ProductId id) {
  const std::string sql = "SELECT " + product_columns + " FROM tblproducts WHERE id = ?";
  const std::vector<Row> rows = database_.query(sql, {id.value});
  if (rows.empty()) return std::nullopt;
  return product_from(rows.front());
}

std::vector<OptionValue> SqlCatalogue::option_values(ProductId product) {
  std::vector<OptionValue> values;
  for (const Row& row :
       database_.query("SELECT o.optionname AS option_name, s.optionname AS value_name "
                       "FROM tblproductconfiglinks l "
                       "JOIN tblproductconfigoptions o ON o.gid = l.gid "
                       "JOIN tblproductconfigoptionssub s ON s.configid = o.id "
                       "WHERE l.pid = ? ORDER BY l.id, o.`order`, o.id, s.sortorder, s.id",
                       {product.value})) {
    values.push_back({row.text("option_name"), row.text("value_name")});
  }
  return values;
}

std::vector<std::string> SqlCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  std::vector<std::string> hosts;
  for (const Row& row :
       database_.query("SELECT s.hostname AS hostname FROM tblservergroupsrel r "
                       "JOIN tblservers s ON s.id = r.serverid "
                       "WHERE r.groupid = ? AND s.type = 'VirtFusionDirect' AND s.disabled = 0 "
                       "ORDER BY s.hostname",
                       {servergroup})) {
    hosts.push_back(row.text("hostname"));
  }
  return hosts;
}

// The module makes its table when it is first used.
bool SqlCatalogue::module_table_exists() {
  if (!module_table_) module_table_ = !database_.columns_of("mod_virtfusion_direct").empty();
  return *module_table_;
}

std::vector<PendingService> SqlCatalogue::pending_services() {
  const std::string unprovisioned =
      module_table_exists()
          ? " AND NOT EXISTS (SELECT 1 FROM mod_virtfusion_direct m WHERE m.service_id = h.id)"
          : "";
  const std::string sql =
      "SELECT h.id AS service, h.orderid AS orderid, h.packageid AS packageid, h.qty AS vps, "
      "h.regdate AS regdate, "
      "o.date AS ordered, o.status AS status, st.title AS known_status, "
      "st.showpending AS showpending, st.showactive AS showactive, "
      "st.showcancelled AS showcancelled "
      "FROM tblhosting h JOIN tblproducts p ON p.id = h.packageid "
      "LEFT JOIN tblorders o ON o.id = h.orderid "
      "LEFT JOIN tblorderstatuses st ON st.title = o.status "
      "WHERE h.domainstatus = 'Pending' AND p.servertype = 'VirtFusionDirect'" +
      unprovisioned + " ORDER BY h.id";
  std::vector<PendingService> pending;
  std::map<ProductId, std::optional<Product>> rows;
  for (const Row& row : database_.query(sql)) {
    if (is_cancelled(row)) continue;
    const ProductId id{row.integer("packageid")};
    if (!rows.contains(id)) rows.emplace(id, product(id));
    if (!rows.at(id) || rows.at(id)->servertype != "VirtFusionDirect") continue;
    PendingService service;
    service.service = row.integer("service");
    service.order = row.integer("orderid");
    service.qty = row.integer("vps");
    auto ordered = shop_time(row.text("ordered"));
    if (!ordered) ordered = shop_time(row.text("regdate"));
    if (ordered) service.ordered = *ordered;
    service.product = *rows.at(id);
    service.option = chosen_location(service.service);
    if (!pending.empty() && pending.back().service == service.service) continue;  // twin statuses
    pending.push_back(std::move(service));
  }
  return pending;
}

std::optional<std::string> SqlCatalogue::chosen_location(std::int64_t service) {
  for (const Row& row :
       database_.query("SELECT o.optionname AS option_name, s.optionname AS value_name "
                       "FROM tblhostingconfigoptions c "
                       "JOIN tblproductconfigoptions o ON o.id = c.configid "
                       "JOIN tblproductconfigoptionssub s ON s.id = c.optionid "
                       "WHERE c.relid = ? ORDER BY c.id",
                       {service})) {
    const std::string option = row.text("option_name");
    if (machine_name(option) == location_option_) return row.text("value_name");
  }
  return std::nullopt;
}

Written SqlCatalogue::write(ProductId product, const Set& set, std::int64_t seen_qty) {
  const std::int64_t rows = database_.change(
      "UPDATE tblproducts SET qty=? WHERE id=? AND qty=? AND stockcontrol=1 AND "
      "servertype='VirtFusionDirect'",
      {set.qty(), product.value, seen_qty});
  return rows > 0 ? Written::yes : Written::row_moved;
}

}  // namespace vfstock::catalogue
