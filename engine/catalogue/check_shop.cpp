#include "engine/catalogue/check_shop.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/catalogue/check_products.h"
#include "engine/catalogue/order_history.h"
#include "engine/catalogue/shop_tables.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/catalogue/sql_pending.h"

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

/// "; as root: GRANT ...", for servers.
std::string as_root(const std::string& grant, const ShopAddress& address) {
  return grant.empty() || address.kind != ShopAddress::Kind::mysql ? "" : "; as root: " + grant;
}

std::string account_of(const ShopAddress& address) {
  return fmt::format("'{}'@'HOST'", address.user);
}

std::string grant_for(const ShopTable& table, const ShopAddress& address) {
  return as_root(least_privilege(table, address.database, account_of(address)), address);
}

bool contains(const std::vector<std::string>& columns, std::string_view column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// "; no qty, so that each service counts as one VPS" where optional columns are wanting.
std::string without_text(const ShopTable& table, const std::vector<std::string>& present) {
  std::vector<std::string> missing;
  for (const std::string_view column : table.optional_columns) {
    if (!contains(present, column)) missing.emplace_back(column);
  }
  if (missing.empty()) return "";
  return fmt::format("; no {}, so that {}", listed(missing), table.without_columns);
}

Finding check_table(Database& database, const ShopTable& table, const ShopAddress& address) {
  const std::vector<std::string> present = database.columns_of(std::string(table.name));
  if (present.empty()) {
    if (table.optional) {
      return {Verdict::good,
              fmt::format("{}: not there or not readable; {}", table.name, table.without)};
    }
    return {Verdict::bad, fmt::format("{}: is not there or may not be read{}", table.name,
                                      grant_for(table, address))};
  }
  std::vector<std::string> missing;
  std::string columns;
  for (const std::string_view column : table.columns) {
    columns += fmt::format("{}`{}`", columns.empty() ? "" : ", ", column);
    if (!contains(present, column)) missing.emplace_back(column);
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
  return {Verdict::good, fmt::format("{}: readable{}", table.name, without_text(table, present))};
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
  if (known == tables.end()) return false;
  const auto names = [&](const std::vector<std::string_view>& columns) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  return names(known->columns) || names(known->optional_columns);
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

/// Runs the very statements of a verb.
Finding check_statements(const char* what, Verdict when_it_fails,
                         const std::function<void()>& run) {
  try {
    run();
    return {Verdict::good, fmt::format("{}: readable", what)};
  } catch (const StoreError& error) {
    return {when_it_fails, fmt::format("{}: {}", what, error.what())};
  }
}

Finding check_pending(Database& database, const ShopReading& reading) {
  return check_statements("orders on their way", Verdict::bad, [&] {
    SqlCatalogue(database, reading.location_option).pending_services();
  });
}

Finding check_history(Database& database, const ShopAddress& address, const ShopReading& reading) {
  if (!has_column(database, "tblhosting", "termination_date")) {
    return {
        Verdict::good,
        fmt::format("the order history: not readable, and needed by fit alone{}",
                    as_root(history_privileges(address.database, account_of(address)), address))};
  }
  return check_statements("the order history, for fit", Verdict::warning,
                          [&] { sold_services(database, reading.location_option); });
}

/// Products and their options, or why they cannot be read.
std::vector<Finding> products_or_failure(Database& database, const ShopReading& reading) {
  try {
    return check_products(database, reading);
  } catch (const StoreError& error) {
    return {{Verdict::bad, fmt::format("products and their options: {}", error.what())}};
  }
}

}  // namespace

std::vector<Finding> check_shop(Database& database, const ShopAddress& address,
                                const ShopReading& reading) {
  std::vector<Finding> findings;
  for (const ShopTable& table : shop_tables()) {
    findings.push_back(check_table(database, table, address));
  }
  const bool readable = findings.front().verdict == Verdict::good;
  const bool all_readable =
      std::all_of(findings.begin(), findings.end(),
                  [](const Finding& finding) { return finding.verdict == Verdict::good; });
  if (all_readable) {
    const std::vector<Finding> products = products_or_failure(database, reading);
    findings.insert(findings.end(), products.begin(), products.end());
    findings.push_back(check_pending(database, reading));
    findings.push_back(check_history(database, address, reading));
  }
  if (readable) findings.push_back(check_write(database, address));
  if (address.kind == ShopAddress::Kind::mysql) {
    findings.push_back(check_excess(database));
    findings.push_back(check_encryption(database, address));
  }
  return findings;
}

}  // namespace vfstock::catalogue
