#include "engine/catalogue/shop_tables.h"

#include <fmt/format.h>

namespace vfstock::catalogue {
namespace {

/// "`id`, `name`"
std::string listed(const std::vector<std::string_view>& columns) {
  std::string text;
  for (const std::string_view column : columns) {
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", column);
  }
  return text;
}

/// Of the columns that a shop may lack; empty: there are none.
std::string optional_privilege(const ShopTable& table, const std::string& database,
                               const std::string& account) {
  if (table.optional_columns.empty()) return "";
  return fmt::format("GRANT SELECT ({}) ON `{}`.`{}` TO {};", listed(table.optional_columns),
                     database, table.name, account);
}

}  // namespace

const std::vector<ShopTable>& shop_tables() {
  static const std::vector<ShopTable> tables{
      {"tblproducts",
       {"id", "name", "servertype", "stockcontrol", "servergroup", "qty", "configoption1",
        "configoption2", "configoption3", "configoption7"}},
      {"tblproductconfiglinks", {"id", "gid", "pid"}},
      {.name = "tblproductconfigoptions",
       .columns = {"id", "gid", "optionname", "order"},
       .optional_columns = {"optiontype", "qtymaximum"},
       .without_columns = "how much can be chosen of a quantity is not known"},
      {"tblproductconfigoptionssub", {"id", "configid", "optionname", "sortorder"}},
      {"tblservers", {"id", "hostname", "type", "disabled"}},
      {"tblservergroupsrel", {"groupid", "serverid"}},
      {.name = "tblhosting",
       .columns = {"id", "orderid", "packageid", "regdate", "domainstatus"},
       .optional_columns = {"qty"},
       .without_columns = "each service counts as one VPS"},
      {"tblhostingconfigoptions", {"id", "relid", "configid", "optionid"}},
      {"tblorders", {"id", "date", "status"}},
      {"tblorderstatuses", {"title", "showpending", "showactive", "showcancelled"}},
      {.name = "tblupgrades",
       .columns = {"id", "relid", "orderid", "type", "date", "newvalue", "status", "paid"},
       .optional = true,
       .without = "paid upgrades that wait take no places"},
      {.name = "mod_virtfusion_direct",
       .columns = {"service_id", "server_id"},
       .optional = true,
       .without = "not needed before the module's first service"},
  };
  return tables;
}

std::string least_privilege(const ShopTable& table, const std::string& database,
                            const std::string& account) {
  const std::string_view update = table.name == "tblproducts" ? ", UPDATE (`qty`)" : "";
  return fmt::format("GRANT SELECT ({}){} ON `{}`.`{}` TO {};", listed(table.columns), update,
                     database, table.name, account);
}

std::vector<std::string> least_privileges(const std::string& database, const std::string& account) {
  std::vector<std::string> grants, last;
  for (const ShopTable& table : shop_tables()) {
    (table.optional ? last : grants).push_back(least_privilege(table, database, account));
    const std::string more = optional_privilege(table, database, account);
    if (!more.empty()) last.push_back(more);
  }
  grants.insert(grants.end(), last.begin(), last.end());
  return grants;
}

}  // namespace vfstock::catalogue
