// Taking back what a sync wrote, on both stores.
#include <gmock/gmock.h>

#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;

struct SyncUndo : Sync {
  /// The number of the newest refresh, as a person finds it.
  std::string newest_refresh() {
    const Said said = sim::cli::command({"journal", "--journal", journal, "--json"});
    return std::to_string(json::parse(said.out)["decisions"].back()["refresh"].get<int>());
  }
  Said undo(std::vector<std::string> words = {}) {
    std::vector<std::string> all{"sync", "--undo", refresh, "--shop", shop, "--journal", journal};
    all.insert(all.end(), words.begin(), words.end());
    return sim::cli::command(std::move(all), {{"VFSTOCK_SHOP_PASSWORD", password}});
  }
  void sync_once() {
    const Said said = run({"sync", "--json"});
    ASSERT_EQ(said.status, 0) << said.err;
    refresh = std::to_string(json::parse(said.out)["refresh"].get<int>());
  }
  std::string refresh;
};

TEST_F(SyncUndo, GivesBackWhatTheRefreshReplacedWithoutAPanel) {
  trial();
  sync_once();
  EXPECT_EQ(qty(1), "31");
  EXPECT_EQ(refresh, newest_refresh());
  const Said dry = undo({"--dry-run", "--json"});
  EXPECT_EQ(dry.status, 0) << dry.err;
  EXPECT_EQ(product(dry, 0)["next"], 20);
  EXPECT_EQ(qty(1), "31") << "a dry run writes nothing";
  const Said done = undo({"--json", "--exit-code"});
  EXPECT_EQ(done.status, 5) << done.err;
  EXPECT_EQ(product(done, 0)["cause"], "undone");
  EXPECT_EQ(qty(1), "20");
  EXPECT_EQ(decisions().back().trigger, "undo");
}

TEST_F(SyncUndo, LeavesWhatSomebodyElseChangedSince) {
  trial();
  sync_once();
  sqlite("UPDATE tblproducts SET qty = 30 WHERE id = 1");
  const Said said = undo({"--json"});
  EXPECT_EQ(said.status, 1);
  EXPECT_EQ(product(said, 0)["action"], "keep");
  EXPECT_THAT(said.err, HasSubstr("changed since"));
  EXPECT_EQ(qty(1), "30");
}

TEST_F(SyncUndo, LeavesWhatALaterRefreshWroteAgain) {
  trial();
  sync_once();
  const std::string first = refresh;
  sqlite("UPDATE tblproducts SET qty = 7 WHERE id = 1");
  sync_once();
  refresh = first;
  EXPECT_EQ(undo().status, 1);
  EXPECT_EQ(qty(1), "31");
}

TEST_F(SyncUndo, CanItselfBeUndone) {
  trial();
  sync_once();
  ASSERT_EQ(undo().status, 0);
  refresh = newest_refresh();
  EXPECT_EQ(undo().status, 0);
  EXPECT_EQ(qty(1), "31");
}

TEST_F(SyncUndo, IsHeldByTheBrakeUnlessForced) {
  trial();
  sqlite("UPDATE tblproducts SET qty = 0");
  sync_once();
  const Said held = undo();
  EXPECT_EQ(held.status, 4);
  EXPECT_THAT(held.err, HasSubstr("the brake holds"));
  EXPECT_EQ(qty(1), "31");
  EXPECT_EQ(undo({"--force"}).status, 4) << "a mass fall that was let through";
  EXPECT_EQ(qty(1), "0");
}

TEST_F(SyncUndo, RefusesARefreshThatIsNotThereOrWroteNothing) {
  refresh = "1";
  EXPECT_EQ(undo().status, 2) << "there is no journal yet";
  trial();
  sync_once();
  sync_once();
  const Said nothing = undo();
  EXPECT_EQ(nothing.status, 2);
  EXPECT_THAT(nothing.err, HasSubstr("wrote nothing"));
  refresh = "99";
  EXPECT_THAT(undo().err, HasSubstr("there is no refresh 99"));
  EXPECT_EQ(undo({"--apply", "x"}).status, 2);
}

TEST_F(SyncUndo, GivesBackOnMariadbToo) {
  MariadbServer& server = MariadbServer::shared();
  move_to(server);
  server.sql("UPDATE tblproducts SET qty = 9 WHERE id = 2");
  sync_once();
  const std::string written = server.sql("SELECT qty FROM tblproducts WHERE id = 1");
  EXPECT_NE(written, "20");
  server.sql("UPDATE tblproducts SET qty = qty - 1 WHERE id = 2");
  const Said said = undo();
  EXPECT_EQ(said.status, 1) << said.err;
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "20");
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 2"), "11") << "sold since";
}

TEST_F(SyncUndo, ADamagedJournalIsToldWithItsRemedyAndInJson) {
  trial();
  folder.write("journal.db", "this is no database, whatever it is called, and long enough for one");
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr(".damaged"));
  EXPECT_THAT(std::string(json::parse(said.out)["journal_failure"]), HasSubstr(".damaged"));
  EXPECT_EQ(qty(1), "20");
  const Said checked = run({"check", "--journal", journal, "--json"});
  EXPECT_EQ(checked.status, 3);
  EXPECT_THAT(checked.out, HasSubstr(".damaged"));
}

}  // namespace
}  // namespace vfstock::store
