// Shops as they are found: several panels, mixed collations, missing columns, half-made services,
// waiting upgrades, and several shops on one panel. On both stores.
#include <gmock/gmock.h>

#include "engine/live/open_database.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

enum class Store { sqlite, mariadb };

std::string store_name(const ::testing::TestParamInfo<Store>& info) {
  return info.param == Store::sqlite ? "Sqlite" : "Mariadb";
}

/// The shop of two products, on one of the stores. Product 1 has 31 places in two groups, product 2
/// has 12 in one of them.
struct Shops : Sync, ::testing::WithParamInterface<Store> {
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override {
    if (GetParam() == Store::sqlite) {
      trial();
    } else {
      move_to(server);
    }
    more = {"--policy", "strict"};
  }
  void sql(const std::string& statement) {
    if (GetParam() == Store::sqlite) {
      sqlite(statement);
    } else {
      server.sql(statement);
    }
  }
  std::string stock() {
    const std::string select = "SELECT GROUP_CONCAT(qty) AS qty FROM tblproducts WHERE id < 3";
    return GetParam() == Store::sqlite ? sqlite(select) : server.sql(select);
  }
  /// Of a dry run: what product `id` is to have, "keep" or "=".
  std::string planned(int id, std::vector<std::string> options = {}) {
    options.insert(options.begin(), {"sync", "--dry-run", "--json"});
    const Said said = run(options);
    EXPECT_TRUE(said.status == 0 || said.status == 3) << said.err;
    const json plan = json::parse(said.out);
    for (const json& row : plan["products"]) {
      if (row["id"] != id) continue;
      return row["next"].is_null() ? row["cause"].get<std::string>() : row["next"].dump();
    }
    return "absent";
  }
  std::string now() const {
    return GetParam() == Store::sqlite ? "datetime('now')" : "UTC_TIMESTAMP()";
  }
  void add_server(int id, const std::string& host, int group = 0) {
    sql(GetParam() == Store::sqlite
            ? "INSERT INTO tblservers (id, hostname, type) VALUES (" + std::to_string(id) + ", '" +
                  host + "', 'VirtFusionDirect')"
            : "INSERT INTO tblservers (id, name, ipaddress, hostname, type, username, password, "
              "active, disabled) VALUES (" +
                  std::to_string(id) + ", '', '', '" + host +
                  "', 'VirtFusionDirect', '', '', 1, 0)");
    if (group == 0) return;
    sql("INSERT INTO tblservergroupsrel (groupid, serverid) VALUES (" + std::to_string(group) +
        ", " + std::to_string(id) + ")");
  }
  void add_order(int id, const std::string& status) {
    sql("INSERT INTO tblorders (id, date, status) VALUES (" + std::to_string(id) + ", " + now() +
        ", '" + status + "')");
  }
  void add_service(int id, int order, const std::string& status, int product = 1) {
    sql("INSERT INTO tblhosting (id, orderid, packageid, regdate, domainstatus) VALUES (" +
        std::to_string(id) + ", " + std::to_string(order) + ", " + std::to_string(product) +
        ", '2026-11-30', '" + status + "')");
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, Shops, ::testing::Values(Store::sqlite, Store::mariadb),
                         store_name);

TEST_P(Shops, ProductsThatTwoPanelsCouldSellAreLeftToNeither) {
  add_server(1, "eu.panel.example");
  add_server(2, "us.panel.example", 5);
  sql("UPDATE tblproducts SET servergroup = 5 WHERE id = 2");
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 0);
  EXPECT_THAT(said.out, HasSubstr("eu.panel.example, us.panel.example"));
  EXPECT_EQ(stock(), "20,12") << "a panel that the shop does not know";
  EXPECT_EQ(planned(1), "several panels");
  EXPECT_EQ(planned(2), "other panel");
  EXPECT_EQ(planned(1, {"--panel-name", "eu.panel.example"}), "several panels");
  EXPECT_EQ(planned(2, {"--panel-name", "eu.panel.example"}), "other panel");
  sql("UPDATE tblproducts SET qty = 3 WHERE id = 2");
  EXPECT_EQ(run({"sync", "--panel-name", " US.panel.example:443/ "}).status, 0);
  EXPECT_EQ(stock(), "20,12");
}

TEST_P(Shops, TheOnlyPanelOfAShopMayBeSpelledAnyhow) {
  add_server(2, " HTTP://127.0.0.1:18901/ ", 5);
  sql("UPDATE tblproducts SET servergroup = 5 WHERE id = 2");
  sql("UPDATE tblproducts SET qty = 3 WHERE id < 3");
  EXPECT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(stock(), "31,12");
}

TEST_P(Shops, AShopThatKnowsAnotherPanelAloneIsNotOurs) {
  add_server(2, "other.example");
  EXPECT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(stock(), "20,12");
  EXPECT_EQ(planned(1, {"--panel-name", "other.example"}), "31");
}

TEST_P(Shops, AShopWithoutQuantitiesSellsOneVpsAService) {
  sql("ALTER TABLE tblhosting DROP COLUMN qty");
  if (GetParam() == Store::mariadb) {
    server.sql("REVOKE SELECT (qty) ON whmcs.tblhosting FROM 'vfstock'@'localhost'");
  }
  add_order(1, "Active");
  add_service(1, 1, "Pending");
  EXPECT_EQ(planned(1), "30");
  const Said taken = run({"snapshot", folder.path() + "/fleet.json"});
  EXPECT_EQ(taken.status, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("1 orders on their way"));
  const Said checked = run({"check"});
  EXPECT_EQ(checked.status, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("no qty, so that each service counts as one VPS"));
  EXPECT_THAT(checked.out, Not(HasSubstr("(`qty`) ON"))) << "what is not there cannot be granted";
}

TEST_P(Shops, AServiceIsOnThePanelWhenItsRowNamesAServer) {
  add_order(1, "Active");
  add_service(1, 1, "Active");   // created
  add_service(2, 1, "Pending");  // failed half way
  add_service(3, 1, "Active");   // skipped
  add_service(4, 1, "Active");   // its row names no server either
  add_service(5, 1, "Suspended");
  sql("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (1, 11)");
  if (GetParam() == Store::mariadb)
    sql("ALTER TABLE mod_virtfusion_direct MODIFY server_id INT NULL");
  sql("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (2, NULL), (4, 0)");
  EXPECT_EQ(planned(1), "28");
}

TEST_P(Shops, AnActiveServiceWithoutAServerWaitsForADay) {
  sql("INSERT INTO tblorders (id, date, status) VALUES (1, '2026-01-05 10:00:00', 'Active')");
  add_service(1, 1, "Active");
  EXPECT_EQ(planned(1), "31");
}

TEST_P(Shops, AnOrderThatWasGivenUpHoldsNothingInAnyLetterCase) {
  sql("UPDATE tblorderstatuses SET title = 'CANCELLED ' WHERE title = 'Cancelled'");
  add_order(1, "cancelled");
  add_service(1, 1, "Pending");
  add_order(2, "Of a kind that nobody knows");
  add_service(2, 2, "Pending");
  EXPECT_EQ(planned(1), "30");
}

TEST_P(Shops, APaidUpgradeHoldsWhatItAdds) {
  if (GetParam() == Store::sqlite) {
    sql("CREATE TABLE tblupgrades (id INTEGER PRIMARY KEY, relid INTEGER, orderid INTEGER, type "
        "TEXT, date TEXT, newvalue TEXT, status TEXT, paid TEXT)");
  }
  add_order(1, "Active");
  add_service(1, 1, "Active");
  sql("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (1, 11)");
  const auto upgrade = [&](int id, const std::string& what) {
    sql("INSERT INTO tblupgrades (id, relid, orderid, date, type, newvalue, status, paid) VALUES "
        "(" +
        std::to_string(id) + ", 1, 1, " + now() + ", " + what + ")");
  };
  upgrade(1, "'package', '2,monthly', 'Completed', 'Y'");
  upgrade(2, "'package', '2,monthly', 'Pending', 'N'");
  upgrade(3, "'configoptions', '2', 'Pending', 'Y'");
  upgrade(4, "'package', '1,monthly', 'Pending', 'Y'");
  EXPECT_EQ(planned(1), "31") << "none of these is a paid step up that waits";
  EXPECT_EQ(planned(2), "12");
  upgrade(5, "'package', '2,monthly', 'Pending', 'Y'");
  EXPECT_EQ(planned(1), "30") << "from 2 to 4 cores: as much as one more VPS S";
  EXPECT_EQ(planned(2), "11");
}

TEST_P(Shops, WhatATriggerMakesOfAWriteIsTold) {
  sql(GetParam() == Store::sqlite
          ? "CREATE TRIGGER clamp AFTER UPDATE OF qty ON tblproducts WHEN NEW.qty > 25 BEGIN "
            "UPDATE tblproducts SET qty = 25 WHERE id = NEW.id; END"
          : "CREATE TRIGGER clamp BEFORE UPDATE ON tblproducts FOR EACH ROW "
            "SET NEW.qty = LEAST(NEW.qty, 25)");
  for (const char* time : {"the first", "the second, when the row does not move at all"}) {
    const Said said = run({"sync"});
    EXPECT_EQ(said.status, 3) << time;
    EXPECT_THAT(said.out, HasSubstr("the row holds 25 after 31 was written")) << time;
    EXPECT_EQ(stock(), "25,12") << time;
  }
}

TEST_P(Shops, ExplainListsTheOrdersThatItReservesFor) {
  add_order(7, "Pending");
  add_service(41, 7, "Pending", 2);
  const Said said = run({"explain", "--product", "1", "--json"});
  ASSERT_EQ(said.status, 0) << said.err;
  const json reserved = json::parse(said.out)["reserved"];
  ASSERT_EQ(reserved.size(), 1U);
  EXPECT_EQ(reserved[0]["service"], 41);
  EXPECT_EQ(reserved[0]["order"], 7);
  EXPECT_EQ(reserved[0]["product"], 2);
  EXPECT_EQ(reserved[0]["places"], 2) << "one VPS M takes the room of two VPS S";
  EXPECT_THAT(run({"explain", "--product", "1"}).out,
              HasSubstr("service 41 of order 7: 1 of product 2, as 2 of this one"));
}

/// A second shop, an SQLite file with one order on its way for its product 2.
std::string shop_next_door(const std::string& folder, const std::string& fleet) {
  const std::string file = folder + "/next-door.db";
  const Said made = sim::cli::command({"sync", "--dry-run", "--trial", fleet, "--shop",
                                       "sqlite:" + file, "--panel", "http://127.0.0.1:1/api/v1"},
                                      {{"VFSTOCK_TOKEN", token}});
  EXPECT_EQ(made.status, 3) << made.err;
  SqliteDatabase database(file, SqliteDatabase::Open::read_write);
  database.run(
      "INSERT INTO tblorders (id, date, status) VALUES (1, datetime('now'), 'Pending');"
      "INSERT INTO tblhosting (id, orderid, packageid, regdate) VALUES (1, 1, 2, '2026-11-30');"
      "UPDATE tblproducts SET qty = 7");
  return "sqlite:" + file;
}

TEST_P(Shops, WhatAnotherShopHasSoldOfTheSamePanelIsTakenOff) {
  const std::string other = shop_next_door(folder.path(), VFSTOCK_FLEET);
  EXPECT_EQ(planned(1, {"--shop", shop, "--shop", other}), "29") << "as two VPS S";
  EXPECT_EQ(planned(2, {"--shop", shop, "--shop", other}), "11");
  EXPECT_EQ(run({"sync", "--shop", shop, "--shop", other}).status, 0);
  EXPECT_EQ(stock(), "29,11");
  SqliteDatabase next_door(other.substr(7), SqliteDatabase::Open::read_only);
  EXPECT_EQ(next_door.query("SELECT sum(qty) AS qty FROM tblproducts", {}).at(0).text("qty"), "14")
      << "only the first is written";
}

TEST_P(Shops, AnotherShopThatCannotBeReadKeepsEverything) {
  const std::string other = shop_next_door(folder.path(), VFSTOCK_FLEET);
  SqliteDatabase(other.substr(7), SqliteDatabase::Open::read_write).run("DROP TABLE tblorders");
  const Said said = run({"sync", "--shop", shop, "--shop", other});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.out, HasSubstr("the other shop sqlite:"));
  EXPECT_EQ(stock(), "20,12");
}

struct MariadbShops : Sync {
  MariadbServer& server = MariadbServer::shared();
  void SetUp() override {
    move_to(server);
    more = {"--policy", "strict"};
    server.sql(
        "INSERT INTO tblorders (id, date, status) VALUES (1, UTC_TIMESTAMP(), 'Pending'), "
        "(2, UTC_TIMESTAMP(), 'Fraud')");
    server.sql(
        "INSERT INTO tblhosting (id, orderid, packageid, regdate) VALUES (1, 1, 1, "
        "UTC_DATE()), (2, 2, 1, UTC_DATE())");
  }
};

// Tables that came with an upgrade have another collation, or another character set.
TEST_F(MariadbShops, MayMixCollationsAndCharacterSets) {
  for (const std::string of :
       {"utf8mb3 COLLATE utf8mb3_general_ci", "utf8mb4 COLLATE utf8mb4_bin", "latin1", "ucs2"}) {
    for (const char* table : {"tblorders", "tblorderstatuses", "tblservers", "tblproducts"}) {
      server.sql(std::string("ALTER TABLE ") + table + " CONVERT TO CHARACTER SET " + of);
      const Said said = run({"sync", "--dry-run", "--json"});
      EXPECT_EQ(said.status, 0) << table << " in " << of << said.err;
      EXPECT_EQ(json::parse(said.out)["products"][0]["next"], 30) << table << " in " << of;
    }
    EXPECT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 0) << of;
    EXPECT_EQ(run({"check"}).status, 0) << of;
  }
}

// As a backup does. Each write would wait for as long as the first one.
TEST_F(MariadbShops, ThatSomebodyHoldsKeepTheRestAfterTheFirstWait) {
  server.sql("UPDATE tblproducts SET qty = 1");
  const auto backup = live::open_database(catalogue::parse_shop_address(server.address("root")), "",
                                          live::Access::read_write);
  backup->change("FLUSH TABLES WITH READ LOCK", {});
  const Said said = run({"sync"});
  backup->change("UNLOCK TABLES", {});
  EXPECT_EQ(said.status, 3) << said.err;
  EXPECT_THAT(said.out, HasSubstr("another program holds the row or the table"));
  EXPECT_THAT(said.out, HasSubstr("it was not tried"));
  EXPECT_EQ(server.sql("SELECT GROUP_CONCAT(qty) FROM tblproducts WHERE id < 3"), "1,1");
}

}  // namespace
}  // namespace vfstock::store
