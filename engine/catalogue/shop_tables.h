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
  bool optional = false;                                // the shop works without it
  std::string_view without = {};                        // what that means, for people
  std::vector<std::string_view> optional_columns = {};  // the shop works without these
  std::string_view without_columns = {};                // what that means, for people
};

/// Every table that is read, with every column that is read of it.
const std::vector<ShopTable>& shop_tables();

/// The least privileges of the database user `account` ("'vfstock'@'localhost'") as GRANT
/// statements: SELECT of the columns above, UPDATE of tblproducts.qty. What a shop may lack stands
/// in statements of its own, last, for a server refuses to grant what is not there.
std::vector<std::string> least_privileges(const std::string& database, const std::string& account);
/// Those of one table without its optional columns.
std::string least_privilege(const ShopTable& table, const std::string& database,
                            const std::string& account);

}  // namespace vfstock::catalogue
