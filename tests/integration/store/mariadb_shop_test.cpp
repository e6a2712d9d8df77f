// The shop's tables as MariaDB keeps them: types, zero dates, character sets, privileges.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/catalogue/check_shop.h"
#include "engine/catalogue/order_history.h"
#include "engine/catalogue/overrides.h"
#include "engine/catalogue/shop_tables.h"
#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/open_database.h"
#include "tests/integration/store/mariadb_server.h"
#include "tests/unit/catalogue/set_from_decision.h"

namespace vfstock::store {
namespace {

using catalogue::check_shop;
using catalogue::Database;
using catalogue::Finding;
using catalogue::history_privileges;
using catalogue::least_privileges;
using catalogue::parse_shop_address;
using catalogue::ProductId;
using catalogue::set_from_decision;
using catalogue::shop_time;
using catalogue::sold_services;
using catalogue::SqlCatalogue;
using catalogue::StoreError;
using catalogue::Written;
using live::Access;
using live::open_database;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct MariadbShop : ::testing::Test {
  MariadbServer& server = MariadbServer::shared();
  void SetUp() override { server.reset(); }

  std::unique_ptr<Database> open(const std::string& user, Access access = Access::read_write) {
    return open_database(parse_shop_address(server.address(user)),
                         user == "root" ? "" : MariadbServer::password, access);
  }
};

TEST_F(MariadbShop, ListsManagedProductsAlone) {
  const auto database = open("root");
  SqlCatalogue shop(*database, "Location");
  std::vector<std::int64_t> ids;
  for (const auto& row : shop.managed_products()) ids.push_back(row.id.value);
  EXPECT_THAT(ids, ElementsAre(1, 2)) << "MariaDB takes 'virtfusiondirect' for the same";
}

TEST_F(MariadbShop, ReadsOptionsInTheShopsOrder) {
  const auto database = open("root");
  SqlCatalogue shop(*database, "Location");
  std::vector<std::string> values;
  for (const auto& value : shop.option_values(ProductId{1})) values.push_back(value.value);
  EXPECT_THAT(values, ElementsAre("9|Debian", "1|Frankfurt", "2|London"));
}

TEST_F(MariadbShop, ReadsTheLargestQuantityThatCanBeChosen) {
  server.sql(
      "UPDATE tblproductconfigoptions SET optionname = 'Memory', optiontype = '4', "
      "qtyminimum = 1, qtymaximum = 64 WHERE id = 1");
  for (const std::string& grant : least_privileges("whmcs", "'vfstock'@'localhost'")) {
    server.sql(grant);
  }
  const auto largest = [&] {
    const auto database = open("vfstock", Access::read_only);
    const auto options = SqlCatalogue(*database, "Location").option_values(ProductId{1});
    return catalogue::largest_overrides(options, "Location").memory_mb.in_place;
  };
  EXPECT_EQ(largest(), 65536);
  server.sql("UPDATE tblproductconfigoptions SET qtymaximum = 0 WHERE id = 1");
  EXPECT_EQ(largest(), 9 * 1024) << "without a limit the value's own name is all that is known";
  server.sql("UPDATE tblproductconfigoptions SET optiontype = '1', qtymaximum = 64 WHERE id = 1");
  EXPECT_EQ(largest(), 9 * 1024) << "a list of values has no quantity";
}

TEST_F(MariadbShop, AnAccountThatMayNotReadQuantitiesReadsTheRest) {
  for (const std::string& grant : least_privileges("whmcs", "'vfstock'@'localhost'")) {
    server.sql(grant);
  }
  server.sql(
      "REVOKE SELECT (optiontype, qtymaximum) ON whmcs.tblproductconfigoptions FROM "
      "'vfstock'@'localhost'");
  const auto database = open("vfstock", Access::read_only);
  EXPECT_EQ(SqlCatalogue(*database, "Location").option_values(ProductId{1}).size(), 3U);
}

TEST_F(MariadbShop, ReadsNamesOfEveryAlphabet) {
  server.sql("SET NAMES utf8mb4");
  server.sql("UPDATE tblproducts SET name = CONVERT(0x56505320C3BC20E6BCA2 USING utf8mb3)");
  const auto database = open("root");
  EXPECT_EQ(SqlCatalogue(*database, "Location").product(ProductId{1})->name, "VPS \u00fc \u6f22");
}

TEST_F(MariadbShop, WritesWhatWasSeenAndNothingElse) {
  const auto database = open("root");
  SqlCatalogue shop(*database, "Location");
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(31), 20), Written::yes);
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(32), 20), Written::row_moved);
  EXPECT_EQ(shop.write(ProductId{3}, set_from_decision(9), 5), Written::row_moved);
  EXPECT_EQ(shop.write(ProductId{5}, set_from_decision(9), 5), Written::row_moved);
  EXPECT_EQ(server.sql("SELECT GROUP_CONCAT(qty ORDER BY id) FROM tblproducts"), "31,12,5,5,5");
}

TEST_F(MariadbShop, ReadsNegativeQtyAndZeroDates) {
  server.sql("UPDATE tblproducts SET qty = -3 WHERE id = 1");
  server.sql(
      "INSERT INTO tblorders (ordernum, userid, date, status) VALUES (1, 1, '0000-00-00 "
      "00:00:00', 'Bank transfer'), (2, 1, '2026-11-20 10:00:00', 'Fraud')");
  server.sql(
      "INSERT INTO tblhosting (orderid, packageid, regdate, qty) VALUES (1, 1, "
      "'2026-11-20', 2), (2, 1, '2026-11-20', 1)");
  const auto database = open("root");
  SqlCatalogue shop(*database, "Location");
  EXPECT_EQ(shop.product(ProductId{1})->qty, -3);
  const auto pending = shop.pending_services();
  ASSERT_EQ(pending.size(), 1U);
  EXPECT_EQ(pending[0].qty, 2);
  EXPECT_EQ(pending[0].ordered, shop_time("2026-11-20"));
}

TEST_F(MariadbShop, WorksWithoutTheModulesTable) {
  server.sql("DROP TABLE mod_virtfusion_direct");
  server.sql("INSERT INTO tblhosting (packageid, regdate) VALUES (1, '2026-11-20')");
  const auto database = open("root");
  EXPECT_EQ(SqlCatalogue(*database, "Location").pending_services().size(), 1U);
}

TEST_F(MariadbShop, ADryRunCannotWrite) {
  const auto database = open("root", Access::read_only);
  SqlCatalogue shop(*database, "Location");
  EXPECT_THROW(shop.write(ProductId{1}, set_from_decision(31), 20), StoreError);
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "20");
}

TEST_F(MariadbShop, NoStatementWaitsLongerThanIsAllowed) {
  const auto waits = [&](std::chrono::milliseconds wait) {
    const auto database =
        open_database(parse_shop_address(server.address("root")), "", Access::read_write, wait);
    return database
        ->query("SELECT CONCAT_WS(',', @@innodb_lock_wait_timeout, @@lock_wait_timeout) AS waits")
        .at(0)
        .text("waits");
  };
  EXPECT_EQ(waits(std::chrono::minutes{2}), "5,5");
  EXPECT_EQ(waits(std::chrono::milliseconds{1500}), "2,2");
  EXPECT_EQ(waits(std::chrono::milliseconds{1}), "1,1");
}

TEST_F(MariadbShop, HasOneWriterAtATime) {
  auto first = open("root");
  const auto second = open("root");
  ASSERT_TRUE(first->lock_writers(std::chrono::seconds{0}));
  EXPECT_FALSE(second->lock_writers(std::chrono::seconds{0}));
  first.reset();
  EXPECT_TRUE(second->lock_writers(std::chrono::seconds{10}));
}

TEST_F(MariadbShop, TheReadmesPrivilegesAreEnoughAndNoMore) {
  const auto grants = readme_grants();
  EXPECT_EQ(grants, least_privileges("whmcs", "'vfstock'@'localhost'"));
  for (const std::string& grant : grants) server.sql(grant);
  const auto database = open("vfstock");
  for (const Finding& finding : check_shop(*database, parse_shop_address(server.address("v")))) {
    const bool is_spelling = finding.text.find("'virtfusiondirect'") != std::string::npos;
    EXPECT_EQ(finding.verdict, is_spelling ? Finding::Verdict::warning : Finding::Verdict::good)
        << finding.text;
  }
  SqlCatalogue shop(*database, "Location");
  EXPECT_EQ(shop.managed_products().size(), 2U);
  EXPECT_EQ(shop.option_values(ProductId{1}).size(), 3U);
  EXPECT_TRUE(shop.virtfusion_hosts(1).empty());
  EXPECT_TRUE(shop.pending_services().empty());
  EXPECT_TRUE(database->lock_writers(std::chrono::seconds{0}));
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(31), 20), Written::yes);
  EXPECT_THROW(database->change("UPDATE tblproducts SET name = 'x' WHERE id = 1", {}), StoreError);
  EXPECT_THROW(database->query("SELECT password FROM tblservers", {}), StoreError);
}

Finding::Verdict worst(const std::vector<Finding>& findings, const std::string& about) {
  Finding::Verdict found = Finding::Verdict::good;
  for (const Finding& finding : findings) {
    if (finding.text.find(about) != std::string::npos) found = std::max(found, finding.verdict);
  }
  return found;
}

TEST_F(MariadbShop, CheckSaysWhatIsMissingAndWhatIsTooMuch) {
  const auto address = parse_shop_address(server.address("vfstock"));
  for (const std::string& grant : least_privileges("whmcs", "'vfstock'@'localhost'")) {
    server.sql(grant);
  }
  server.sql("REVOKE UPDATE (qty) ON whmcs.tblproducts FROM 'vfstock'@'localhost'");
  server.sql("REVOKE SELECT (status) ON whmcs.tblorders FROM 'vfstock'@'localhost'");
  server.sql("GRANT SELECT (password) ON whmcs.tblservers TO 'vfstock'@'localhost'");
  const auto findings = check_shop(*open("vfstock"), address);
  EXPECT_EQ(worst(findings, "tblproducts.qty may not be written"), Finding::Verdict::bad);
  EXPECT_EQ(worst(findings, "tblorders: status missing or not readable"), Finding::Verdict::bad);
  EXPECT_EQ(worst(findings, "SELECT on tblservers.password"), Finding::Verdict::warning);
}

// Real shops are full of zero dates, and the location is an option that the customer chose.
TEST_F(MariadbShop, TellsWhatItHasSoldToAnAccountThatMayReadIt) {
  server.sql(
      "INSERT INTO tblorders (id, userid, date, status, amount) VALUES "
      "(1, 1, '2026-10-01 14:05:09', 'Active', 0), (2, 1, '0000-00-00 00:00:00', 'Active', 0)");
  server.sql(
      "INSERT INTO tblhosting (id, orderid, packageid, regdate, termination_date, domainstatus, "
      "qty) "
      "VALUES (1, 1, 1, '2026-10-01', '2026-11-02', 'Terminated', 1), "
      "(2, 2, 1, '0000-00-00', '0000-00-00', 'Active', 3), "
      "(3, 99, 1, '2026-10-04', '0000-00-00', 'Cancelled', 1), "
      "(4, 1, 3, '2026-10-04', '0000-00-00', 'Active', 1)");
  for (const std::string& grant : least_privileges("whmcs", "'vfstock'@'localhost'")) {
    server.sql(grant);
  }
  EXPECT_THROW(sold_services(*open("vfstock", Access::read_only), "Location"), StoreError);
  server.sql(history_privileges("whmcs", "'vfstock'@'localhost'"));
  const auto database = open("vfstock", Access::read_only);
  const auto sold = sold_services(*database, "Location");
  ASSERT_EQ(sold.size(), 3U) << "product 3 is not managed";
  EXPECT_EQ(sold[0].ordered, shop_time("2026-10-01 14:05:09"));
  EXPECT_EQ(sold[0].registered, shop_time("2026-10-01"));
  EXPECT_EQ(sold[0].ended, shop_time("2026-11-02"));
  EXPECT_EQ(sold[1].vps, 3);
  EXPECT_FALSE(sold[1].ordered);
  EXPECT_FALSE(sold[1].registered);
  EXPECT_FALSE(sold[1].ended);
  EXPECT_EQ(sold[2].status, "Cancelled");
  EXPECT_FALSE(sold[2].ordered) << "its order is not there";
  for (const Finding& finding :
       check_shop(*open("vfstock"), parse_shop_address(server.address("v")))) {
    EXPECT_NE(finding.verdict, Finding::Verdict::bad) << finding.text;
  }
}

TEST_F(MariadbShop, CheckSaysWhatIsNotManagedAndWhatMayBeMeantOtherwise) {
  server.sql("UPDATE tblproductconfigoptions SET optionname = 'Region|Where?' WHERE id = 2");
  server.sql("UPDATE tblproductconfigoptions SET optionname = 'Extra memory' WHERE id = 1");
  server.sql(
      "INSERT INTO tblservers (id, name, ipaddress, hostname, type, username, password, active, "
      "disabled) VALUES (1, '', '', 'eu.example', 'VirtFusionDirect', '', '', 1, 0), (2, '', '', "
      "'us.example:8443', 'VirtFusionDirect', '', '', 1, 0)");
  server.sql("INSERT INTO tblservergroupsrel (groupid, serverid) VALUES (5, 2)");
  server.sql("UPDATE tblproducts SET servergroup = 5 WHERE id = 2");
  const auto findings = check_shop(*open("root"), parse_shop_address(server.address("root")),
                                   {"Location", "EU.example"});
  using Verdict = Finding::Verdict;
  EXPECT_EQ(worst(findings, "stock control is off: product 3"), Verdict::good);
  EXPECT_EQ(worst(findings, "'virtfusiondirect' and not 'VirtFusionDirect': product 4"),
            Verdict::warning);
  EXPECT_EQ(worst(findings, "product 1: the option 'Region' looks like a location"),
            Verdict::warning);
  EXPECT_EQ(worst(findings,
                  "product 1: the option 'Extra memory' may make a VPS larger than its "
                  "package; counted is the package"),
            Verdict::warning);
  EXPECT_EQ(worst(findings, "product 1: may be created on several panels"), Verdict::warning);
  EXPECT_EQ(worst(findings, "product 2: sold from the panel us.example, not from EU.example"),
            Verdict::warning);
}

TEST_F(MariadbShop, AWrongPasswordIsNotRepeated) {
  try {
    open_database(parse_shop_address(server.address("vfstock")), "hunter2", Access::read_only);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), HasSubstr("Access denied"));
    EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace vfstock::store
