// `kill -9` before each step of a sweep that others would notice: the qty is the old one or the
// right one, the journal is whole, and the next run finishes what was begun and tells of it.
#include <algorithm>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>

#include "tests/integration/store/program_to_kill.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

struct Killed : Sync {
  static constexpr int old_qty_1 = 20, right_qty_1 = 31;
  static constexpr int old_qty_2 = 3, right_qty_2 = 12;

  virtual std::string stored(int id) = 0;
  /// The shop as it was, and no journal.
  virtual void start_over() {
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      if (file.path().filename().string().starts_with("journal.db")) {
        std::filesystem::remove(file.path());
      }
    }
  }

  TracedEnd sync_until_step(int step) {
    return run_until_step(step, {"sync", "--shop", shop, "--panel", url, "--journal", journal},
                          {std::string("VFSTOCK_TOKEN=") + token,
                           "VFSTOCK_SHOP_PASSWORD=" + password, "ASAN_OPTIONS=detect_leaks=0"});
  }
  /// Whether the journal that the killed run left tells of this write.
  bool journal_tells(int id, int from, int to) {
    std::vector<KeptDecision> kept;
    try {
      kept = decisions();
    } catch (const catalogue::StoreError&) {
      return false;  // it did not come to make one
    }
    return std::any_of(kept.begin(), kept.end(), [&](const KeptDecision& decision) {
      return decision.product.value == id && decision.outcome == "wrote" &&
             decision.old_qty == from && decision.new_qty == to;
    });
  }
  /// What the killed run wrote is the right number, and either its journal or the next run says so.
  void expect_told(int id, int from, int to, const std::string& qty, bool told,
                   const std::string& next_run) {
    EXPECT_THAT(qty, AnyOf(std::to_string(from), std::to_string(to)));
    if (qty == std::to_string(from)) return;
    const std::string cut_off = "cut off while it wrote product " + std::to_string(id) + " from " +
                                std::to_string(from) + " to " + std::to_string(to) +
                                "; the row now holds " + std::to_string(to);
    EXPECT_TRUE(told || next_run.find(cut_off) != std::string::npos) << next_run;
  }
  /// The steps of a whole sweep.
  int expect_each_step_to_be_safe() {
    for (int step = 1;; ++step) {
      SCOPED_TRACE("killed before step " + std::to_string(step));
      start_over();
      const TracedEnd end = sync_until_step(step);
      if (!end.killed) {
        EXPECT_EQ(end.status, 0);
        return step - 1;
      }
      const std::string qty_1 = stored(1), qty_2 = stored(2);
      const bool told_1 = journal_tells(1, old_qty_1, right_qty_1);
      const bool told_2 = journal_tells(2, old_qty_2, right_qty_2);
      const Said next = run({"sync"});
      EXPECT_EQ(next.status, 0) << next.err;
      expect_told(1, old_qty_1, right_qty_1, qty_1, told_1, next.err);
      expect_told(2, old_qty_2, right_qty_2, qty_2, told_2, next.err);
      EXPECT_EQ(stored(1), std::to_string(right_qty_1));
      EXPECT_EQ(stored(2), std::to_string(right_qty_2));
      EXPECT_EQ(whole(journal), "ok");
      if (HasFailure()) return step;
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
  std::string stored(int id) override { return qty(id); }
  void start_over() override {
    Killed::start_over();
    for (const char* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(file + suffix);
    std::filesystem::copy_file(original, file, std::filesystem::copy_options::overwrite_existing);
  }
};

TEST_F(KilledOnSqlite, BeforeEachStep) {
  const int steps = expect_each_step_to_be_safe();
  EXPECT_GT(steps, 20) << "requests, a sweep's entry, two announcements, two rows, two decisions";
  EXPECT_EQ(whole(file), "ok");
}

struct KilledOnMariadb : Killed {
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override {
    server.reset();
    for (const std::string& grant : readme_grants()) server.sql(grant);
    shop = server.address("vfstock");
  }
  std::string stored(int id) override {
    return server.sql("SELECT qty FROM tblproducts WHERE id = " + std::to_string(id));
  }
  void start_over() override {
    Killed::start_over();
    server.sql("UPDATE tblproducts SET qty = IF(id = 1, 20, 3)");
  }
};

TEST_F(KilledOnMariadb, BeforeEachStep) { EXPECT_GT(expect_each_step_to_be_safe(), 20); }

}  // namespace
}  // namespace vfstock::store
