#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/catalogue/sql_catalogue.h"
#include "engine/live/open_database.h"
#include "engine/sqlite/sqlite_database.h"
#include "engine/sqlite/trial_shop.h"
#include "tests/unit/catalogue/set_from_decision.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sqlite {
namespace {

using catalogue::Product;
using catalogue::ProductId;
using catalogue::set_from_decision;
using catalogue::Written;
using live::Access;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Product product(std::int64_t id, std::int64_t qty) {
  Product made;
  made.id = ProductId{id};
  made.name = "VPS";
  made.servertype = "VirtFusionDirect";
  made.stockcontrol = 1;
  made.qty = qty;
  made.configoption1 = "1";
  made.configoption2 = "1";
  return made;
}

/// A trial shop in a file, open for writing.
struct SqliteShop : ::testing::Test {
  sim::cli::Folder folder;
  std::string file = folder.path() + "/shop.db";
  std::unique_ptr<SqliteDatabase> database;
  std::unique_ptr<catalogue::SqlCatalogue> shop;

  void make(const TrialShop& rows) {
    create_trial_shop(file, rows);
    database = std::make_unique<SqliteDatabase>(file, SqliteDatabase::Open::read_write);
    shop = std::make_unique<catalogue::SqlCatalogue>(*database, "Location");
  }
  std::int64_t qty(std::int64_t id) { return shop->product(ProductId{id})->qty; }
};

TEST_F(SqliteShop, ListsManagedProductsAlone) {
  Product uncontrolled = product(2, 5), other = product(3, 5), spelled = product(4, 5);
  uncontrolled.stockcontrol = 0;
  other.servertype = "cpanel";
  spelled.servertype = "virtfusiondirect";
  make({{product(5, 1), product(1, 5), uncontrolled, other, spelled}, {}, {}});
  std::vector<std::int64_t> ids;
  for (const Product& row : shop->managed_products()) ids.push_back(row.id.value);
  EXPECT_THAT(ids, ElementsAre(1, 5));
  EXPECT_EQ(shop->product(ProductId{3})->servertype, "cpanel");
  EXPECT_FALSE(shop->product(ProductId{9}));
}

TEST_F(SqliteShop, WritesARowThatHoldsWhatWasSeen) {
  make({{product(1, 5)}, {}, {}});
  EXPECT_EQ(shop->write(ProductId{1}, set_from_decision(7), 5), Written::yes);
  EXPECT_EQ(qty(1), 7);
}

TEST_F(SqliteShop, LeavesARowAloneThatMoved) {
  make({{product(1, 5)}, {}, {}});
  EXPECT_EQ(shop->write(ProductId{1}, set_from_decision(7), 6), Written::row_moved);
  EXPECT_EQ(shop->write(ProductId{9}, set_from_decision(7), 5), Written::row_moved);
  EXPECT_EQ(qty(1), 5);
}

TEST_F(SqliteShop, NeverWritesARowThatIsNotManaged) {
  Product uncontrolled = product(2, 5), other = product(3, 5);
  uncontrolled.stockcontrol = 0;
  other.servertype = "cpanel";
  make({{uncontrolled, other}, {}, {}});
  EXPECT_EQ(shop->write(ProductId{2}, set_from_decision(7), 5), Written::row_moved);
  EXPECT_EQ(shop->write(ProductId{3}, set_from_decision(7), 5), Written::row_moved);
}

TEST_F(SqliteShop, ReadsOptionsAndHosts) {
  Product bound = product(1, 5);
  bound.servergroup = 3;
  make({{bound},
        {{ProductId{1}, {{"System", "Debian"}, {"Location", "2|London"}, {"Location", "1"}}}},
        {{3, {"panel.example"}}}});
  std::vector<std::string> values;
  for (const auto& value : shop->option_values(ProductId{1})) {
    values.push_back(value.option + "=" + value.value);
  }
  EXPECT_THAT(values, ElementsAre("System=Debian", "Location=2|London", "Location=1"));
  EXPECT_THAT(shop->virtfusion_hosts(3), ElementsAre("panel.example"));
  database->run("UPDATE tblservers SET disabled = 1");
  EXPECT_THAT(shop->virtfusion_hosts(3), ElementsAre("panel.example")) << "still not another one";
}

TEST_F(SqliteShop, ReadsTheLargestQuantityThatCanBeChosen) {
  make({{product(1, 5)}, {{ProductId{1}, {{"Memory", "GB"}, {"Location", "2"}}}}, {}});
  database->run("ALTER TABLE tblproductconfigoptions ADD COLUMN optiontype TEXT DEFAULT '1'");
  database->run("ALTER TABLE tblproductconfigoptions ADD COLUMN qtymaximum INTEGER DEFAULT 0");
  database->run(
      "UPDATE tblproductconfigoptions SET optiontype = '4', qtymaximum = 32 WHERE optionname = "
      "'Memory'");
  std::vector<std::string> values;
  for (const auto& value : shop->option_values(ProductId{1})) values.push_back(value.value);
  EXPECT_THAT(values, ElementsAre("32", "2"));
}

TEST_F(SqliteShop, AProductWithoutAServerGroupMayBeCreatedOnEveryEnabledServer) {
  make({{product(1, 5)}, {}, {{3, {"b.example"}}, {4, {"a.example", "c.example"}}}});
  EXPECT_THAT(shop->virtfusion_hosts(0), ElementsAre("a.example", "b.example", "c.example"));
  database->run("UPDATE tblservers SET disabled = 1 WHERE hostname = 'c.example'");
  EXPECT_THAT(shop->virtfusion_hosts(0), ElementsAre("a.example", "b.example"));
  EXPECT_THAT(shop->virtfusion_hosts(4), ElementsAre("a.example"));
  EXPECT_THAT(shop->virtfusion_hosts(9), ElementsAre("a.example", "b.example"))
      << "a group that names no server of this module says nothing";
}

TEST_F(SqliteShop, AGroupWhoseServersAreDisabledIsStillItsPanels) {
  make({{product(1, 5)}, {}, {{3, {"b.example"}}, {4, {"a.example"}}}});
  database->run("UPDATE tblservers SET disabled = 1 WHERE hostname = 'b.example'");
  EXPECT_THAT(shop->virtfusion_hosts(3), ElementsAre("b.example"));
}

TEST_F(SqliteShop, ServersOfOtherModulesAreNoPanels) {
  make({{product(1, 5)}, {}, {{3, {"a.example"}}}});
  database->run("UPDATE tblservers SET type = 'virtfusiondirect'");
  EXPECT_TRUE(shop->virtfusion_hosts(0).empty());
  EXPECT_TRUE(shop->virtfusion_hosts(3).empty());
}

TEST_F(SqliteShop, FindsWhatIsOrderedAndNotOnThePanel) {
  make({{product(1, 5)}, {{ProductId{1}, {{"Location|Where?", "2|London"}}}}, {}});
  database->run(R"(
    INSERT INTO tblorders (id, date, status) VALUES (1, '2026-11-20 10:00:00', 'Pending'),
      (2, '2026-11-20 10:00:00', 'Cancelled'), (3, '0000-00-00 00:00:00', 'Active'),
      (4, '2026-11-20 10:00:00', 'Fraud'), (5, '2026-11-20 10:00:00', 'My own word');
    INSERT INTO tblhosting (id, orderid, packageid, qty, regdate, domainstatus) VALUES
      (11, 1, 1, 2, '2026-11-20', 'Pending'), (12, 2, 1, 1, '2026-11-20', 'Pending'),
      (13, 3, 1, 1, '2026-11-21', 'Pending'), (14, 4, 1, 1, '2026-11-20', 'Pending'),
      (15, 5, 1, 1, '0000-00-00', 'Pending'), (16, 1, 1, 1, '2026-11-20', 'Active'),
      (17, 1, 1, 1, '2026-11-20', 'Pending');
    INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (17, 100);
    INSERT INTO tblhostingconfigoptions (relid, configid, optionid) VALUES (11, 1, 1);
  )");
  const auto pending = shop->pending_services();
  ASSERT_EQ(pending.size(), 4U);
  EXPECT_EQ(pending[3].service, 16);
  EXPECT_TRUE(pending[3].active) << "the shop takes it for delivered";
  EXPECT_FALSE(pending[0].active);
  EXPECT_EQ(pending[0].service, 11);
  EXPECT_EQ(pending[0].qty, 2);
  EXPECT_EQ(pending[0].option, "2|London");
  EXPECT_EQ(pending[0].ordered, catalogue::shop_time("2026-11-20 10:00:00"));
  EXPECT_EQ(pending[1].service, 13);
  EXPECT_EQ(pending[1].ordered, catalogue::shop_time("2026-11-21")) << "a zero date is no date";
  EXPECT_EQ(pending[1].option, std::nullopt);
  EXPECT_EQ(pending[2].service, 15);
}

TEST_F(SqliteShop, ADryRunCannotWrite) {
  make({{product(1, 5)}, {}, {}});
  const auto reading =
      live::open_database(catalogue::parse_shop_address("sqlite:" + file), "", Access::read_only);
  catalogue::SqlCatalogue careful(*reading, "Location");
  EXPECT_THROW(careful.write(ProductId{1}, set_from_decision(7), 5), StoreError);
  EXPECT_EQ(qty(1), 5);
}

TEST_F(SqliteShop, HasOneWriterAtATime) {
  make({{product(1, 5)}, {}, {}});
  ASSERT_TRUE(database->lock_writers(std::chrono::seconds{0}));
  SqliteDatabase second(file, SqliteDatabase::Open::read_write);
  EXPECT_FALSE(second.lock_writers(std::chrono::seconds{0}));
  shop.reset();
  database.reset();
  EXPECT_TRUE(second.lock_writers(std::chrono::seconds{0}));
}

TEST_F(SqliteShop, HasOneWriterUnderEveryName) {
  make({{product(1, 5)}, {}, {}});
  const std::string hard = file + ".hard", soft = file + ".soft";
  std::filesystem::create_hard_link(file, hard);
  std::filesystem::create_symlink(file, soft);
  for (const std::string& name : {hard, soft}) {
    ASSERT_TRUE(database->lock_writers(std::chrono::seconds{0}));
    SqliteDatabase other(name, SqliteDatabase::Open::read_write);
    EXPECT_FALSE(other.lock_writers(std::chrono::seconds{0})) << name;
    EXPECT_FALSE(other.lock_writers(std::chrono::seconds{0})) << name << ", asked again";
  }
}

TEST_F(SqliteShop, IsNeverWrittenOver) {
  make({{product(1, 5)}, {}, {}});
  EXPECT_THROW(create_trial_shop(file, {}), StoreError);
  EXPECT_EQ(qty(1), 5);
}

TEST_F(SqliteShop, SaysWhichFileIsNotThere) {
  try {
    live::open_database(catalogue::parse_shop_address("sqlite:" + folder.path() + "/none.db"), "",
                        Access::read_write);
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_THAT(error.what(), HasSubstr("none.db"));
    EXPECT_THAT(error.what(), HasSubstr("--trial"));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/none.db"));
}

TEST_F(SqliteShop, AWriteThatFailsIsAnErrorAndNoChange) {
  make({{product(1, 5)}, {}, {}});
  database->run(
      "CREATE TRIGGER refuse BEFORE UPDATE ON tblproducts BEGIN "
      "SELECT RAISE(ABORT, 'disk full'); END");
  EXPECT_THROW(shop->write(ProductId{1}, set_from_decision(7), 5), StoreError);
  EXPECT_EQ(qty(1), 5);
}

}  // namespace
}  // namespace vfstock::sqlite
