#include "engine/catalogue/check_shop.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/catalogue/shop_tables.h"
#include "engine/catalogue/sql_catalogue.h"

namespace vfstock::catalogue {
namespace {

using Verdict = Finding::Verdict;

constexpr std::size_t named_max = 5;

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < named_max; ++i) {
    text += (i == 0 ? "" : ", ") + items[i];
  }
  if (items.size() > named_max) text += fmt::format(" and {} more", items.size() - named_max);
  return text;
}

std::string grant_for(const ShopTable& table, const ShopAddress& address) {
  if (address.kind != ShopAddress::Kind::mysql) return "";
  const auto grants = least_privileges(address.database, fmt::format("'{}'@'HOST'", address.user));
  const std::string on = fmt::format("`.`{}` TO", table.name);
  const auto grant = std::find_if(grants.begin(), grants.end(), [&](const std::string& text) {
    return text.find(on) != std::string::npos;
  });
  return grant == grants.end() ? "" : "; as root: " + *grant;
}

Finding check_table(Database& database, const ShopTable& table, const ShopAddress& address) {
  const std::vector<std::string> present = database.columns_of(std::string(table.name));
  if (present.empty()) {
    if (table.optional) {
      return {Verdict::good, fmt::format("{}: not there or not readable, and not needed before the "
                                         "module's first service",
                                         table.name)};
    }
    return {Verdict::bad, fmt::format("{}: is not there or may not be read{}", table.name,
                                      grant_for(table, address))};
  }
  std::vector<std::string> missing;
  std::string columns;
  for (const std::string_view column : table.columns) {
    columns += fmt::format("{}`{}`", columns.empty() ? "" : ", ", column);
    if (std::find(present.begin(), present.end(), column) == present.end()) {
      missing.emplace_back(column);
    }
  }
  if (!missing.empty()) {
    return {Verdict::bad, fmt::format("{}: {} missing or not readable{}", table.name,
                                      listed(missing), grant_for(table, address))};
  }
  try {
    database.query(fmt::format("SELECT {} FROM {} WHERE 1 = 0", columns, table.name));
  } catch (const StoreError& error) {
    return {Verdict::bad,
            fmt::format("{}: {}{}", table.name, error.what(), grant_for(table, address))};
  }
  return {Verdict::good, fmt::format("{}: readable", table.name)};
}

Finding check_write(Database& database, const ShopAddress& address) {
  try {
    database.change(
        "UPDATE tblproducts SET qty=? WHERE id=? AND qty=? AND stockcontrol=1 AND "
        "servertype='VirtFusionDirect'",
        {std::int64_t{0}, std::int64_t{-1}, std::int64_t{-1}});
  } catch (const StoreError& error) {
    return {Verdict::bad, fmt::format("tblproducts.qty may not be written: {}{}", error.what(),
                                      grant_for(shop_tables().front(), address))};
  }
  return {Verdict::good, "tblproducts.qty may be written"};
}

bool is_needed(const std::string& privilege, const std::string& table, const std::string& column) {
  if (privilege == "UPDATE") return table == "tblproducts" && column == "qty";
  if (privilege != "SELECT") return false;
  if (table == "tblhosting" && column == "termination_date") return true;  // learnt from the past
  const auto& tables = shop_tables();
  const auto known = std::find_if(tables.begin(), tables.end(),
                                  [&](const ShopTable& one) { return one.name == table; });
  return known != tables.end() &&
         std::find(known->columns.begin(), known->columns.end(), column) != known->columns.end();
}

/// What the account may do beyond need, as far as the server tells the account itself.
Finding check_excess(Database& database) {
  const std::string mine =
      " WHERE grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";
  std::vector<std::string> excess;
  for (const Row& row :
       database.query("SELECT privilege_type AS privilege FROM information_schema.user_privileges" +
                      mine + " AND privilege_type <> 'USAGE'")) {
    excess.push_back(row.text("privilege") + " on everything");
  }
  for (const Row& row :
       database.query("SELECT privilege_type AS privilege, table_schema AS place FROM "
                      "information_schema.schema_privileges" +
                      mine)) {
    excess.push_back(fmt::format("{} on all of {}", row.text("privilege"), row.text("place")));
  }
  for (const Row& row :
       database.query("SELECT privilege_type AS privilege, table_name AS place FROM "
                      "information_schema.table_privileges" +
                      mine)) {
    excess.push_back(
        fmt::format("{} on all columns of {}", row.text("privilege"), row.text("place")));
  }
  for (const Row& row : database.query(
           "SELECT privilege_type AS privilege, table_name AS place, column_name AS part FROM "
           "information_schema.column_privileges" +
           mine)) {
    const std::string privilege = row.text("privilege"), place = row.text("place"),
                      part = row.text("part");
    if (!is_needed(privilege, place, part)) {
      excess.push_back(fmt::format("{} on {}.{}", privilege, place, part));
    }
  }
  if (excess.empty()) return {Verdict::good, "the account may do nothing beyond that"};
  return {Verdict::warning,
          fmt::format("the account may do more than is needed: {}; use an account of its own with "
                      "the privileges of vfstock check --grants",
                      listed(excess))};
}

Finding check_encryption(Database& database, const ShopAddress& address) {
  const auto rows = database.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
  const std::string cipher = rows.empty() ? "" : rows.front().text("Value");
  if (cipher.empty() && address.is_remote()) {
    return {Verdict::warning,
            "the connection is not encrypted; add ?ssl-ca=FILE to the address, with the "
            "certificate that signed the server's"};
  }
  if (cipher.empty()) return {Verdict::good, "on this machine, not encrypted"};
  if (address.ca_file.empty()) {
    return {address.is_remote() ? Verdict::warning : Verdict::good,
            "encrypted, but nobody vouches for the server; add ?ssl-ca=FILE to the address"};
  }
  return {Verdict::good, fmt::format("encrypted ({}), and the server is who it says", cipher)};
}

Finding check_products(Database& database) {
  const std::size_t products = SqlCatalogue(database, "").managed_products().size();
  if (products > 0) {
    return {Verdict::good, fmt::format("{} managed product{}", products, products == 1 ? "" : "s")};
  }
  return {Verdict::warning,
          "no product is managed: none has servertype VirtFusionDirect and stock control on"};
}

}  // namespace

std::vector<Finding> check_shop(Database& database, const ShopAddress& address) {
  std::vector<Finding> findings;
  for (const ShopTable& table : shop_tables()) {
    findings.push_back(check_table(database, table, address));
  }
  const bool readable = findings.front().verdict == Verdict::good;
  if (readable) {
    findings.push_back(check_products(database));
    findings.push_back(check_write(database, address));
  }
  if (address.kind == ShopAddress::Kind::mysql) {
    findings.push_back(check_excess(database));
    findings.push_back(check_encryption(database, address));
  }
  return findings;
}

}  // namespace vfstock::catalogue
