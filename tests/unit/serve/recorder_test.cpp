// What the daemon tells of its sweeps, and of the tries that make up for them.
#include "engine/live/serve/recorder.h"

#include <sstream>

#include <gmock/gmock.h>

#include "engine/catalogue/sql_catalogue.h"
#include "tests/unit/cli/command.h"
#include "tests/unit/serve/still_clock.h"

namespace vfstock::serve {
namespace {

using apply::Outcome;
using apply::Trigger;

struct NoJournal final : apply::Journal {
  void refresh_begins(Trigger, const plan::Scope&) override {}
  void record(const apply::JournalEntry&) override {}
  void refresh_ends(const apply::RefreshReport&) override {}
  void accepted(const apply::Acceptance&) override {}
  void trouble(const std::string&) override {}
};

struct Recorded : ::testing::Test {
  sim::cli::Folder folder;
  sqlite::SqliteDatabase database{folder.path() + "/shop.db", sqlite::SqliteDatabase::Open::create};
  catalogue::SqlCatalogue rows{database, "Location"};
  catalogue::ShopLog shop{rows};
  NoJournal journal;
  StillClock clock;
  std::ostringstream said;
  Log log{said, clock, {}};
  Heart heart{clock};
  Metrics metrics{"test"};
  Board board;
  Recorder recorder{journal, shop, plan::Policy{}, {board, metrics, log, heart, clock}, View{}};

  void refresh(const plan::Scope& scope, const std::vector<std::pair<std::int64_t, bool>>& products,
               bool store_failed = false) {
    recorder.refresh_begins(Trigger::cron, scope);
    apply::RefreshReport report;
    for (const auto& [id, decided] : products) {
      const auto cause = decided ? plan::Cause::other_panel : plan::Cause::group_unavailable;
      apply::JournalEntry entry{.product = catalogue::ProductId{id},
                                .decision = plan::Keep{.why = {cause, "so"}},
                                .outcome = Outcome::kept,
                                .evidence = {}};
      recorder.record(entry);
      report.entries.push_back(entry);
    }
    if (store_failed) report.store_failure = "gone";
    recorder.refresh_ends(report);
  }
  const SweepView& sweep() const { return recorder.view().sweep; }
  static plan::Scope of(std::int64_t id) { return plan::Scope::of({catalogue::ProductId{id}}); }
};

TEST_F(Recorded, ASweepThatKeptProductsIsMadeGoodByTheLastOfThem) {
  refresh(plan::Scope::all(), {{1, false}, {2, false}, {3, true}});
  EXPECT_EQ(sweep().consecutive_failures, 1);
  EXPECT_FALSE(sweep().succeeded);
  refresh(of(1), {{1, true}});
  EXPECT_EQ(sweep().consecutive_failures, 1) << "product 2 still waits";
  refresh(of(2), {{2, false}});
  EXPECT_EQ(sweep().consecutive_failures, 1);
  refresh(of(2), {{2, true}});
  EXPECT_EQ(sweep().consecutive_failures, 0);
  EXPECT_TRUE(sweep().succeeded);
  EXPECT_EQ(sweep().failure, "");
}

TEST_F(Recorded, ASweepThatReadNothingIsMadeGoodByASweepAlone) {
  refresh(plan::Scope::all(), {}, true);
  refresh(of(1), {{1, true}});
  EXPECT_EQ(sweep().consecutive_failures, 1);
  refresh(plan::Scope::all(), {{1, true}});
  EXPECT_EQ(sweep().consecutive_failures, 0);
}

TEST_F(Recorded, AProductThatFailsBetweenSweepsFailsNoSweep) {
  refresh(plan::Scope::all(), {{1, true}});
  refresh(of(1), {{1, false}});
  EXPECT_EQ(sweep().consecutive_failures, 0);
  EXPECT_TRUE(sweep().kept.empty());
}

}  // namespace
}  // namespace vfstock::serve
