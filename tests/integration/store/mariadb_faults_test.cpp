// Faults of a real MariaDB: the qty is right or untouched, and what comes next works again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mysql.h>

#include "engine/catalogue/sql_catalogue.h"
#include "tests/integration/store/cutting_relay.h"
#include "tests/integration/store/mariadb_server.h"
#include "tests/unit/catalogue/set_from_decision.h"

namespace vfstock::store {
namespace {

using catalogue::parse_shop_address;
using catalogue::ProductId;
using catalogue::set_from_decision;
using catalogue::SqlCatalogue;
using catalogue::StoreError;
using catalogue::Written;
using mariadb::MysqlDatabase;
using mariadb::MysqlOptions;
using ::testing::HasSubstr;

constexpr ProductId first{1};

struct MariadbFaults : ::testing::Test {
  MariadbServer& server = MariadbServer::shared();
  std::unique_ptr<MysqlDatabase> database;

  void SetUp() override { server.reset(); }
  void open(const std::string& socket, const std::string& user = "root") {
    MysqlOptions options;
    options.address = parse_shop_address("mysql://" + user + "@localhost/whmcs?socket=" + socket);
    if (user != "root") options.password = MariadbServer::password;
    options.row_lock = std::chrono::seconds{1};
    database = std::make_unique<MysqlDatabase>(options);
    ASSERT_TRUE(database->lock_writers(std::chrono::seconds{5}));
  }
  SqlCatalogue shop() { return {*database, "Location"}; }
  Written write(std::int64_t qty, std::int64_t seen) {
    return shop().write(first, set_from_decision(qty), seen);
  }
  std::string stored() { return server.sql("SELECT qty FROM tblproducts WHERE id = 1"); }
  std::string refusal(std::int64_t qty, std::int64_t seen) {
    try {
      write(qty, seen);
    } catch (const StoreError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(MariadbFaults, AStoppedServerIsAnErrorAndARestartHealsIt) {
  open(server.socket());
  server.stop();
  EXPECT_NE(refusal(31, 20), "");
  EXPECT_THROW(shop().product(first), StoreError);
  server.start();
  EXPECT_EQ(stored(), "20");
  EXPECT_EQ(shop().product(first)->qty, 20);
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, AConnectionLostWhileIdleIsMadeAnewForARead) {
  open(server.socket());
  server.stop();
  server.start();
  EXPECT_EQ(shop().product(first)->qty, 20);
}

TEST_F(MariadbFaults, AReplyLostAfterTheWriteIsReadFromTheRow) {
  CuttingRelay relay(server.socket());
  open(relay.socket());
  relay.cut(CuttingRelay::Cut::before_commit_reply);
  EXPECT_NE(refusal(31, 20), "") << "nobody knows";
  EXPECT_EQ(shop().product(first)->qty, 31) << "the row knows, once the old session is over";
  EXPECT_EQ(write(32, 31), Written::yes);
}

TEST_F(MariadbFaults, AConnectionLostBeforeTheWriteLeavesTheRow) {
  CuttingRelay relay(server.socket());
  open(relay.socket());
  relay.cut(CuttingRelay::Cut::before_statement);
  EXPECT_NE(refusal(31, 20), "");
  EXPECT_EQ(shop().product(first)->qty, 20);
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, AfterALostConnectionItIsStillTheOneWriter) {
  CuttingRelay relay(server.socket());
  open(relay.socket());
  relay.cut(CuttingRelay::Cut::before_reply);
  refusal(31, 20);
  shop().product(first);
  MysqlOptions options;
  options.address = parse_shop_address(server.address("root"));
  EXPECT_FALSE(MysqlDatabase(options).lock_writers(std::chrono::seconds{0}));
}

TEST_F(MariadbFaults, AKilledSessionIsAnErrorAndTheNextCallWorks) {
  open(server.socket());
  server.sql("KILL " + server.sql("SELECT id FROM information_schema.processlist WHERE id <> "
                                  "CONNECTION_ID() AND db = 'whmcs' ORDER BY id DESC LIMIT 1"));
  EXPECT_NE(refusal(31, 20), "");
  EXPECT_EQ(stored(), "20");
  EXPECT_EQ(write(31, 20), Written::yes);
}

/// Another program that holds locks until it ends.
struct Holder {
  explicit Holder(MariadbServer& server) {
    MysqlOptions options;
    options.address = parse_shop_address(server.address("root"));
    database = std::make_unique<MysqlDatabase>(options);
  }
  std::unique_ptr<MysqlDatabase> database;
};

TEST_F(MariadbFaults, ALockedRowIsAnErrorThatNamesIt) {
  open(server.socket());
  {
    Holder other(server);
    other.database->change("SET autocommit = 0", {});
    other.database->change("UPDATE tblproducts SET qty = 19 WHERE id = 1", {});
    EXPECT_THAT(refusal(31, 20), HasSubstr("another program holds the row"));
  }
  EXPECT_EQ(stored(), "20");
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, ALockedTableIsAnError) {
  open(server.socket());
  {
    Holder other(server);
    // As backups hold it; LOCK TABLES itself cannot be prepared.
    other.database->change("SET autocommit = 0", {});
    other.database->query("SELECT qty FROM tblproducts FOR UPDATE", {});
    EXPECT_THAT(refusal(31, 20), HasSubstr("1205"));
    EXPECT_EQ(shop().product(first)->qty, 20) << "readers do not wait";
  }
  EXPECT_EQ(write(31, 20), Written::yes);
}

// As a backup holds it, in a way that cannot be prepared.
TEST_F(MariadbFaults, ATableUnderLockStopsReadersToo) {
  open(server.socket());
  MYSQL* const backup = mysql_init(nullptr);
  ASSERT_NE(mysql_real_connect(backup, nullptr, "root", "", "whmcs", 0, server.socket().c_str(), 0),
            nullptr);
  ASSERT_EQ(mysql_query(backup, "LOCK TABLES tblproducts WRITE"), 0);
  EXPECT_THROW(shop().product(first), StoreError);
  EXPECT_THAT(refusal(31, 20), HasSubstr("1205"));
  mysql_close(backup);
  EXPECT_EQ(shop().product(first)->qty, 20);
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, ADeadlockIsAnErrorAndNoChange) {
  open(server.socket());
  server.sql(
      "CREATE TRIGGER deadlock BEFORE UPDATE ON tblproducts FOR EACH ROW SIGNAL SQLSTATE "
      "'40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'Deadlock found'");
  EXPECT_THAT(refusal(31, 20), HasSubstr("1213"));
  server.sql("DROP TRIGGER deadlock");
  EXPECT_EQ(stored(), "20");
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, AReadOnlyServerIsAnErrorThatSaysSo) {
  server.sql("GRANT SELECT, UPDATE ON whmcs.* TO 'vfstock'@'localhost'");
  open(server.socket(), "vfstock");
  server.sql("SET GLOBAL read_only = 1");
  const std::string why = refusal(31, 20);
  server.sql("SET GLOBAL read_only = 0");
  EXPECT_THAT(why, HasSubstr("read-only"));
  EXPECT_EQ(stored(), "20");
  EXPECT_EQ(write(31, 20), Written::yes);
}

TEST_F(MariadbFaults, RevokedPrivilegesAreAnErrorThatSaysWhatToDo) {
  server.sql("GRANT SELECT, UPDATE ON whmcs.tblproducts TO 'vfstock'@'localhost'");
  open(server.socket(), "vfstock");
  EXPECT_EQ(write(31, 20), Written::yes);
  server.sql("REVOKE UPDATE ON whmcs.tblproducts FROM 'vfstock'@'localhost'");
  EXPECT_THAT(refusal(32, 31), HasSubstr("vfstock check"));
  EXPECT_EQ(stored(), "31");
}

}  // namespace
}  // namespace vfstock::store
