#include "engine/catalogue/sql_pending.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/base/text.h"
#include "engine/catalogue/locations.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/catalogue/text.h"

namespace vfstock::catalogue {
namespace {

/// Which statuses mean that an order was given up. Titles are the operator's own words and come in
/// any letter case; what they mean stands in their flags.
class OrderStatuses {
 public:
  explicit OrderStatuses(Database& database) {
    for (const Row& row : database.query(
             "SELECT title, showpending, showactive, showcancelled FROM tblorderstatuses")) {
      const bool given_up = row.integer("showcancelled") != 0 ||
                            (row.integer("showpending") == 0 && row.integer("showactive") == 0);
      const auto [known, is_new] = given_up_.emplace(key(row.text("title")), given_up);
      if (!is_new) known->second = known->second && given_up;
    }
  }
  bool is_given_up(const std::string& status) const {
    const auto known = given_up_.find(key(status));
    if (known != given_up_.end()) return known->second;
    return key(status) == "cancelled" || key(status) == "fraud";
  }

 private:
  static std::string key(const std::string& title) { return lower(trimmed(title)); }

  std::map<std::string, bool> given_up_;
};

/// The location that each service on its way was sold in, where one was chosen.
std::map<std::int64_t, std::string> chosen_locations(Database& database,
                                                     const std::string& location_option) {
  std::string options;
  for (const Row& row : database.query("SELECT id, optionname FROM tblproductconfigoptions")) {
    const std::string name = row.text("optionname");
    if (machine_name(name) != location_option) continue;
    options += (options.empty() ? "" : ",") + std::to_string(row.integer("id"));
  }
  std::map<std::int64_t, std::string> chosen;
  if (options.empty()) return chosen;
  for (const Row& row : database.query("SELECT c.relid AS service, s.optionname AS value_name "
                                       "FROM tblhostingconfigoptions c "
                                       "JOIN tblhosting h ON h.id = c.relid "
                                       "JOIN tblproductconfigoptionssub s ON s.id = c.optionid "
                                       "WHERE h.domainstatus IN ('Pending', 'Active', 'Suspended') "
                                       "AND c.configid IN (" +
                                       options + ") ORDER BY c.id")) {
    chosen.emplace(row.integer("service"), row.text("value_name"));
  }
  return chosen;
}

/// The rows that orders name, each asked for once.
class Products {
 public:
  explicit Products(const std::function<std::optional<Product>(ProductId)>& product)
      : product_(product) {}
  /// Null: there is none, or another module serves it.
  const Product* virtfusion(ProductId id) {
    auto known = rows_.find(id);
    if (known == rows_.end()) known = rows_.emplace(id, product_(id)).first;
    const bool ours = known->second && known->second->servertype == "VirtFusionDirect";
    return ours ? &*known->second : nullptr;
  }

 private:
  const std::function<std::optional<Product>(ProductId)>& product_;
  std::map<ProductId, std::optional<Product>> rows_;
};

/// What both kinds of orders are read with.
struct Reading {
  Database& database;
  OrderStatuses statuses;
  std::map<std::int64_t, std::string> locations;
  Products products;
  std::string qty;  // SQL
};

PendingService pending_from(const Row& row, const Product& product, const Reading& reading) {
  PendingService service;
  service.service = row.integer("service");
  service.order = row.integer("orderid");
  service.qty = row.integer("vps");
  const auto ordered = shop_time(row.text("ordered"));
  if (ordered) service.ordered = *ordered;
  service.product = product;
  const auto location = reading.locations.find(service.service);
  if (location != reading.locations.end()) service.option = location->second;
  return service;
}

/// Services that have a server on the panel, ascending; nothing where the module has no table yet.
/// Its row may name no server: creating one began and failed.
std::vector<std::int64_t> services_on_panel(Database& database) {
  std::vector<std::int64_t> services;
  const auto columns = database.columns_of("mod_virtfusion_direct");
  if (columns.empty()) return services;
  for (const Row& row :
       database.query("SELECT service_id FROM mod_virtfusion_direct WHERE server_id > 0")) {
    services.push_back(row.integer("service_id"));
  }
  std::sort(services.begin(), services.end());
  return services;
}

void add_services(Reading& reading, std::vector<PendingService>& pending) {
  const std::vector<std::int64_t> on_panel = services_on_panel(reading.database);
  for (const Row& row : reading.database.query(
           "SELECT h.id AS service, h.orderid AS orderid, h.packageid AS packageid, " +
           reading.qty +
           " AS vps, h.regdate AS regdate, h.domainstatus AS domainstatus, o.date AS ordered, "
           "o.status AS status FROM tblhosting h JOIN tblproducts p ON p.id = h.packageid "
           "LEFT JOIN tblorders o ON o.id = h.orderid "
           "WHERE h.domainstatus IN ('Pending', 'Active') AND p.servertype = 'VirtFusionDirect' "
           "ORDER BY h.id")) {
    if (std::binary_search(on_panel.begin(), on_panel.end(), row.integer("service"))) continue;
    if (reading.statuses.is_given_up(row.text("status"))) continue;
    const Product* const product = reading.products.virtfusion(ProductId{row.integer("packageid")});
    if (product == nullptr) continue;
    PendingService service = pending_from(row, *product, reading);
    if (!shop_time(row.text("ordered"))) {
      service.ordered = shop_time(row.text("regdate")).value_or(service.ordered);
    }
    service.active = equal_ignoring_case(row.text("domainstatus"), "Active");
    pending.push_back(std::move(service));
  }
}

/// `newvalue` is the new product's id, with the billing cycle behind a comma.
void add_upgrades(Reading& reading, std::vector<PendingService>& pending) {
  if (!has_column(reading.database, "tblupgrades", "newvalue")) return;
  for (const Row& row : reading.database.query(
           "SELECT u.relid AS service, u.orderid AS orderid, u.newvalue AS newvalue, " +
           reading.qty +
           " AS vps, h.packageid AS packageid, u.date AS ordered, o.status AS status "
           "FROM tblupgrades u JOIN tblhosting h ON h.id = u.relid "
           "LEFT JOIN tblorders o ON o.id = u.orderid "
           "WHERE u.type = 'package' AND u.paid = 'Y' AND u.status = 'Pending' "
           "AND h.domainstatus IN ('Active', 'Suspended') ORDER BY u.relid, u.id")) {
    if (reading.statuses.is_given_up(row.text("status"))) continue;
    const Product* const after =
        reading.products.virtfusion(ProductId{leading_integer(row.text("newvalue"))});
    const Product* const before = reading.products.virtfusion(ProductId{row.integer("packageid")});
    if (after == nullptr || before == nullptr || after == before) continue;
    PendingService upgrade = pending_from(row, *after, reading);
    upgrade.upgraded_from = SoldProduct{*before};
    pending.push_back(std::move(upgrade));
  }
}

}  // namespace

bool has_column(Database& database, const std::string& table, const std::string& column) {
  const auto columns = database.columns_of(table);
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::vector<PendingService> read_pending_services(
    Database& database, const std::string& location_option,
    const std::function<std::optional<Product>(ProductId)>& product) {
  Reading reading{database, OrderStatuses(database), chosen_locations(database, location_option),
                  Products(product), has_column(database, "tblhosting", "qty") ? "h.qty" : "1"};
  std::vector<PendingService> pending;
  add_services(reading, pending);
  add_upgrades(reading, pending);
  std::stable_sort(pending.begin(), pending.end(),
                   [](const PendingService& one, const PendingService& other) {
                     return one.service < other.service;
                   });
  return pending;
}

}  // namespace vfstock::catalogue
