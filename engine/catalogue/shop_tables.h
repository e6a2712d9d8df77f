// What of a WHMCS database is read and written, in one place: queries, privileges and checks follow
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vfstock::catalogue {

struct ShopTable {
  std::string_view name;
  std::vector<std::string_view> columns;
  bool optional = false;  // the shop works without it
};

/// Every table that is read, with every column that is read of it.
const std::vector<ShopTable>& shop_tables();

/// The least privileges of the database user `account` ("'vfstock'@'localhost'") as GRANT
/// statements, one each: SELECT of the columns above, UPDATE of tblproducts.qty.
std::vector<std::string> least_privileges(const std::string& database, const std::string& account);

}  // namespace vfstock::catalogue
