// `kill -9` before each step of a sweep that others would notice: the qty is the old one or the
// right one, the journal is whole and tells of no write that was not made, and the next run
// finishes what was begun and tells of it.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include <gmock/gmock.h>

#include "tests/integration/store/program_to_kill.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::AnyOf;

/// Both rows of the shop change.
struct ChangedRow {
  int product;
  std::string from, to;
};
const ChangedRow changed_rows[] = {{1, "20", "31"}, {2, "3", "12"}};

struct Killed : Sync {
  /// How often a kill fell between the announcement of a product's write and the write itself, and
  /// between the write and the entry that tells of it.
  std::map<int, int> announced, unrecorded;

  virtual std::string stored(int product) = 0;
  /// The shop as it was, and no journal.
  virtual void start_over() {
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      if (file.path().filename().string().starts_with("journal.db")) {
        std::filesystem::remove(file.path());
      }
    }
  }

  TracedEnd sync_until_step(int step) {
    // LeakSanitizer cannot look for leaks in a process that is traced.
    return run_until_step(step, {"sync", "--shop", shop, "--panel", url, "--journal", journal},
                          {std::string("VFSTOCK_TOKEN=") + token,
                           "VFSTOCK_SHOP_PASSWORD=" + password, "ASAN_OPTIONS=detect_leaks=0"});
  }
  /// Whether the journal that the killed run left tells of this write.
  bool journal_tells(const ChangedRow& change) {
    std::vector<KeptDecision> kept;
    try {
      kept = decisions();
    } catch (const catalogue::StoreError&) {
      return false;  // it did not come to make one
    }
    return std::any_of(kept.begin(), kept.end(), [&](const KeptDecision& decision) {
      return decision.product.value == change.product && decision.outcome == "wrote" &&
             std::to_string(decision.new_qty) == change.to;
    });
  }
  static bool says_cut_off(const std::string& next_run, const ChangedRow& change,
                           const std::string& now) {
    return next_run.find("cut off while it wrote product " + std::to_string(change.product) +
                         " from " + change.from + " to " + change.to + "; the row now holds " +
                         now) != std::string::npos;
  }
  void expect_told(const ChangedRow& change, const std::string& qty, bool told,
                   const std::string& next_run) {
    EXPECT_THAT(qty, AnyOf(change.from, change.to));
    const bool cut_off = says_cut_off(next_run, change, qty);
    if (qty == change.from) {
      EXPECT_FALSE(told) << "an entry of a write that was not made";
      announced[change.product] += cut_off ? 1 : 0;
    } else {
      EXPECT_TRUE(told || cut_off) << next_run;
      unrecorded[change.product] += told ? 0 : 1;
    }
  }
  void expect_next_run_to_finish() {
    std::map<int, std::string> qty;
    std::map<int, bool> told;
    for (const ChangedRow& change : changed_rows) {
      qty[change.product] = stored(change.product);
      told[change.product] = journal_tells(change);
    }
    const Said next = run({"sync"});
    EXPECT_EQ(next.status, 0) << next.err;
    for (const ChangedRow& change : changed_rows) {
      expect_told(change, qty[change.product], told[change.product], next.err);
    }
  }
  void expect_each_step_to_be_safe() {
    for (int step = 1; !HasFailure(); ++step) {
      SCOPED_TRACE("killed before step " + std::to_string(step));
      start_over();
      const TracedEnd end = sync_until_step(step);
      if (end.killed) {
        expect_next_run_to_finish();
      } else {
        EXPECT_EQ(end.status, 0);
      }
      for (const ChangedRow& change : changed_rows) EXPECT_EQ(stored(change.product), change.to);
      EXPECT_EQ(whole(journal), "ok");
      if (!end.killed) break;
    }
    for (const ChangedRow& change : changed_rows) {
      EXPECT_GT(announced[change.product], 0) << "no kill fell before the write";
      EXPECT_GT(unrecorded[change.product], 0) << "no kill fell after the write";
    }
  }
  static std::string whole(const std::string& file) {
    return SqliteDatabase(file, SqliteDatabase::Open::read_only)
        .query("PRAGMA integrity_check", {})
        .at(0)
        .text("integrity_check");
  }
};

struct KilledOnSqlite : Killed {
  std::string file = folder.path() + "/shop.db", original = folder.path() + "/original.db";

  void SetUp() override {
    trial();
    sqlite("UPDATE tblproducts SET qty = 3 WHERE id = 2");
    std::filesystem::rename(file, original);
  }
  /// Read from a copy: whoever opens the file itself finishes what the killed run left open.
  std::string stored(int product) override {
    const std::string copy = folder.path() + "/copy.db";
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(copy + suffix);
      if (std::filesystem::exists(file + suffix)) {
        std::filesystem::copy_file(file + suffix, copy + suffix);
      }
    }
    return SqliteDatabase(copy, SqliteDatabase::Open::read_write)
        .query("SELECT qty FROM tblproducts WHERE id = " + std::to_string(product), {})
        .at(0)
        .text("qty");
  }
  void start_over() override {
    Killed::start_over();
    for (const char* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(file + suffix);
    std::filesystem::copy_file(original, file, std::filesystem::copy_options::overwrite_existing);
  }
};

TEST_F(KilledOnSqlite, BeforeEachStep) {
  expect_each_step_to_be_safe();
  EXPECT_EQ(whole(file), "ok");
}

struct KilledOnMariadb : Killed {
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override { move_to(server); }
  std::string stored(int product) override {
    return server.sql("SELECT qty FROM tblproducts WHERE id = " + std::to_string(product));
  }
  void start_over() override {
    Killed::start_over();
    server.sql("UPDATE tblproducts SET qty = IF(id = 1, 20, 3)");
  }
};

TEST_F(KilledOnMariadb, BeforeEachStep) { expect_each_step_to_be_safe(); }

}  // namespace
}  // namespace vfstock::store
