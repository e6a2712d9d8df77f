// What goes wrong with a shop's database between a sweep's reading and its writing, and with the
// journal's disk: the qty is right or untouched, the journal has every decision, the next run
// recovers.
#include <atomic>
#include <functional>
#include <thread>

#include <gmock/gmock.h>

#include "tests/integration/store/running_program.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// A shop on MariaDB, with the account that the README describes.
struct MariadbSync : Sync {
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override { move_to(server); }
  std::string stored(int id) {
    return server.sql("SELECT qty FROM tblproducts WHERE id = " + std::to_string(id));
  }
  /// Does `work` when the panel is first asked: the rows are read, and nothing is written yet.
  void meanwhile(std::function<void()> work) {
    panel.answer_with([this, work = std::move(work),
                       done = false](const mockpanel::api::Request& request) mutable {
      if (!std::exchange(done, true)) work();
      return panel.usual(request);
    });
  }
  /// The row is untouched, the run says so, and the next one is as if nothing had been.
  void expect_untouched_and_recovery(const char* why, const std::function<void()>& heal) {
    const Said said = run({"sync", "--json"});
    EXPECT_EQ(said.status, 3) << said.out << said.err;
    EXPECT_THAT(said.out + said.err, HasSubstr(why));
    EXPECT_THAT(decisions(), SizeIs(2)) << "the journal loses nothing";
    heal();
    panel.answer_with({});
    EXPECT_EQ(stored(1), "20");
    const Said again = run({"sync"});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(stored(1), "31");
    EXPECT_THAT(run({"sync"}).err, Not(HasSubstr("cut off"))) << "nothing is unfinished";
  }
  std::string session_of_vfstock() {
    return server.sql(
        "SELECT id FROM information_schema.processlist WHERE user = 'vfstock' ORDER BY id DESC");
  }
};

TEST_F(MariadbSync, ASessionThatIsKilledMeanwhile) {
  meanwhile([this] { server.sql("KILL " + session_of_vfstock()); });
  expect_untouched_and_recovery("the shop's store failed while the qty was written", [] {});
}

TEST_F(MariadbSync, AServerThatIsStoppedMeanwhile) {
  meanwhile([this] { server.stop(); });
  expect_untouched_and_recovery("the shop's store failed while the qty was written",
                                [this] { server.start(); });
}

TEST_F(MariadbSync, AServerThatBecomesReadOnlyMeanwhile) {
  meanwhile([this] { server.sql("SET GLOBAL read_only = 1"); });
  expect_untouched_and_recovery("read-only", [this] { server.sql("SET GLOBAL read_only = 0"); });
}

TEST_F(MariadbSync, PrivilegesThatAreRevokedMeanwhile) {
  meanwhile([this] {
    server.sql("REVOKE UPDATE (qty) ON whmcs.tblproducts FROM 'vfstock'@'localhost'");
  });
  expect_untouched_and_recovery("vfstock check --grants prints the statements", [this] {
    server.sql("GRANT UPDATE (qty) ON whmcs.tblproducts TO 'vfstock'@'localhost'");
  });
}

TEST_F(MariadbSync, ADiskThatFillsMeanwhile) {
  meanwhile([this] {
    server.sql(
        "CREATE TRIGGER disk_is_full BEFORE UPDATE ON tblproducts FOR EACH ROW SIGNAL SQLSTATE "
        "'HY000' "
        "SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full'");
  });
  expect_untouched_and_recovery("Disk full", [this] { server.sql("DROP TRIGGER disk_is_full"); });
}

TEST_F(MariadbSync, ARowThatAnotherWriterChangesMeanwhileIsDecidedAgain) {
  meanwhile([this] { server.sql("UPDATE tblproducts SET qty = 19 WHERE id = 1"); });
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(stored(1), "31");
  EXPECT_EQ(decisions().at(0).old_qty, 19);
}

TEST_F(MariadbSync, AnOrderThatComesMeanwhileIsCountedWhenTheRowIsDecidedAgain) {
  more = {"--reserve-pending", "on"};
  meanwhile([this] {
    server.sql("UPDATE tblproducts SET qty = 19 WHERE id = 1");
    server.sql("INSERT INTO tblorders (id, date, status) VALUES (1, UTC_TIMESTAMP(), 'Pending')");
    server.sql(
        "INSERT INTO tblhosting (id, orderid, packageid, regdate) VALUES (41, 1, 1, UTC_DATE())");
    server.sql(
        "INSERT INTO tblhostingconfigoptions (relid, configid, optionid) SELECT 41, 2, id FROM "
        "tblproductconfigoptionssub WHERE optionname = '2|London'");
  });
  EXPECT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(stored(1), "30");
}

TEST_F(MariadbSync, ARowThatIsGoneMeanwhileIsKeptAndTheOthersGoOn) {
  server.sql("UPDATE tblproducts SET qty = 3 WHERE id = 2");
  meanwhile([this] { server.sql("DELETE FROM tblproducts WHERE id = 1"); });
  const Said said = run({"sync"});
  EXPECT_THAT(decisions(), Contains(::testing::Field(&KeptDecision::cause, "contended")));
  EXPECT_EQ(stored(1), "");
  EXPECT_EQ(stored(2), "12");
  panel.answer_with({});
  EXPECT_EQ(run({"sync"}).status, 0);
}

TEST_F(MariadbSync, OfTwoWritersAtOnceOneWaits) {
  std::atomic<bool> first_reads = false;
  Said second;
  std::thread other;
  meanwhile([&] {
    // The first one holds the writers' lock now.
    other = std::thread([&] {
      second = sim::cli::command(
          {"sync", "--shop", shop, "--panel", url, "--journal", folder.path() + "/second.db"},
          {{"VFSTOCK_TOKEN", token}, {"VFSTOCK_SHOP_PASSWORD", password}});
    });
    while (server.sql("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'vfstock' "
                      "AND state = 'User lock'") == "0") {
    }
    first_reads = true;
  });
  const Said first = run({"sync"});
  other.join();
  EXPECT_TRUE(first_reads);
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(stored(1), "31");
  EXPECT_EQ(decisions().at(0).outcome, "wrote");
  journal = folder.path() + "/second.db";
  EXPECT_EQ(decisions().at(0).outcome, "unchanged") << "it came after the first was done";
}

// A limit on how far files may grow stands for the disk: what is written beyond it fails. The name
// of an option is journalled with each refresh, and this one is longer than what is left.
TEST_F(MariadbSync, AJournalWhoseDiskIsFullLetsNothingBeWritten) {
  ASSERT_EQ(run({"sync"}).status, 0);
  server.sql("UPDATE tblproducts SET qty = 20 WHERE id = 1");
  RunningProgram full({"sync", "--shop", shop, "--panel", url, "--journal", journal,
                       "--location-option", std::string(60'000, 'x')},
                      {std::string("VFSTOCK_TOKEN=") + token, "VFSTOCK_SHOP_PASSWORD=" + password},
                      folder.path() + "/said.txt", 40'000);
  EXPECT_EQ(full.wait(), 3);
  EXPECT_THAT(folder.read("said.txt"), HasSubstr("nothing is written that cannot be journalled"));
  EXPECT_EQ(stored(1), "20");
  const Said again = run({"sync"});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(stored(1), "31");
}

}  // namespace
}  // namespace vfstock::store
