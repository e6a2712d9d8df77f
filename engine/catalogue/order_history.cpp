#include "engine/catalogue/order_history.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/catalogue/locations.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/catalogue/sql_pending.h"
#include "engine/catalogue/text.h"

namespace vfstock::catalogue {
namespace {

/// The group that each service's location names.
std::map<std::int64_t, std::int64_t> chosen_groups(Database& database,
                                                   const std::string& location_option) {
  std::map<std::int64_t, std::int64_t> groups;
  for (const Row& row :
       database.query("SELECT c.relid AS service, o.optionname AS option_name, "
                      "s.optionname AS value_name FROM tblhostingconfigoptions c "
                      "JOIN tblproductconfigoptions o ON o.id = c.configid "
                      "JOIN tblproductconfigoptionssub s ON s.id = c.optionid ORDER BY c.id")) {
    const std::string option = row.text("option_name");
    if (machine_name(option) != location_option) continue;
    groups.emplace(row.integer("service"), leading_integer(row.text("value_name")));
  }
  return groups;
}

/// The services that somebody asked to be cancelled; true: at the end of what is paid.
std::map<std::int64_t, bool> cancellations(Database& database) {
  std::map<std::int64_t, bool> asked;
  if (!has_column(database, "tblcancelrequests", "relid")) return asked;
  for (const Row& row :
       database.query("SELECT relid AS service, type AS kind FROM tblcancelrequests")) {
    asked[row.integer("service")] = row.text("kind") != "Immediate";
  }
  return asked;
}

/// Columns that a shop need not have.
struct Optional {
  explicit Optional(Database& database)
      : cycle(has_column(database, "tblhosting", "billingcycle")),
        due(has_column(database, "tblhosting", "nextduedate")),
        qty(has_column(database, "tblhosting", "qty")) {}
  std::string sql() const {
    return std::string(cycle ? "h.billingcycle AS billingcycle, " : "") +
           (due ? "h.nextduedate AS nextduedate, " : "") + (qty ? "h.qty AS vps, " : "1 AS vps, ");
  }
  bool cycle, due, qty;
};

}  // namespace

// The database compares text without regard to case; a managed product's servertype is exact.
std::vector<SoldService> sold_services(Database& database, const std::string& location_option) {
  const auto groups = chosen_groups(database, location_option);
  const auto asked = cancellations(database);
  const Optional optional(database);
  std::vector<SoldService> sold;
  for (const Row& row : database.query(
           "SELECT " + optional.sql() +
           "h.id AS service, h.orderid AS orderid, h.packageid AS packageid, "
           "h.regdate AS regdate, h.termination_date AS termination_date, "
           "h.domainstatus AS domainstatus, o.date AS ordered, p.servertype AS servertype, "
           "p.configoption1 AS configoption1 FROM tblhosting h "
           "JOIN tblproducts p ON p.id = h.packageid "
           "LEFT JOIN tblorders o ON o.id = h.orderid "
           "WHERE p.servertype = 'VirtFusionDirect' AND p.stockcontrol = 1 ORDER BY h.id")) {
    if (row.text("servertype") != "VirtFusionDirect") continue;
    SoldService service;
    service.service = row.integer("service");
    service.order = row.integer("orderid");
    service.product = ProductId{row.integer("packageid")};
    service.vps = std::max<std::int64_t>(1, row.integer("vps"));
    service.ordered = shop_time(row.text("ordered"));
    service.registered = shop_time(row.text("regdate"));
    service.ended = shop_time(row.text("termination_date"));
    service.status = row.text("domainstatus");
    if (optional.cycle) service.cycle = row.text("billingcycle");
    if (const auto request = asked.find(service.service); request != asked.end() && optional.due) {
      service.cancelled_for = shop_time(row.text("nextduedate"));
      if (!request->second) service.cancelled_for = ShopTime{};
    }
    const auto chosen = groups.find(service.service);
    service.group =
        chosen != groups.end() ? chosen->second : leading_integer(row.text("configoption1"));
    sold.push_back(std::move(service));
  }
  return sold;
}

std::string history_privileges(const std::string& database, const std::string& account) {
  return fmt::format("GRANT SELECT (`termination_date`) ON `{}`.`tblhosting` TO {};", database,
                     account);
}

}  // namespace vfstock::catalogue
