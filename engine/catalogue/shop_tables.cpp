#include "engine/catalogue/shop_tables.h"

#include <fmt/format.h>

namespace vfstock::catalogue {

const std::vector<ShopTable>& shop_tables() {
  static const std::vector<ShopTable> tables{
      {"tblproducts",
       {"id", "name", "servertype", "stockcontrol", "servergroup", "qty", "configoption1",
        "configoption2", "configoption3", "configoption7"}},
      {"tblproductconfiglinks", {"id", "gid", "pid"}},
      {"tblproductconfigoptions", {"id", "gid", "optionname", "order"}},
      {"tblproductconfigoptionssub", {"id", "configid", "optionname", "sortorder"}},
      {"tblservers", {"id", "hostname", "type", "disabled"}},
      {"tblservergroupsrel", {"groupid", "serverid"}},
      {"tblhosting", {"id", "orderid", "packageid", "regdate", "domainstatus", "qty"}},
      {"tblhostingconfigoptions", {"id", "relid", "configid", "optionid"}},
      {"tblorders", {"id", "date", "status"}},
      {"tblorderstatuses", {"title", "showpending", "showactive", "showcancelled"}},
      {"mod_virtfusion_direct", {"service_id"}, true},
  };
  return tables;
}

std::vector<std::string> least_privileges(const std::string& database, const std::string& account) {
  std::vector<std::string> grants;
  for (const ShopTable& table : shop_tables()) {
    std::string columns;
    for (const std::string_view column : table.columns) {
      columns += fmt::format("{}`{}`", columns.empty() ? "" : ", ", column);
    }
    const std::string_view update = table.name == "tblproducts" ? ", UPDATE (`qty`)" : "";
    grants.push_back(fmt::format("GRANT SELECT ({}){} ON `{}`.`{}` TO {};", columns, update,
                                 database, table.name, account));
  }
  return grants;
}

}  // namespace vfstock::catalogue
