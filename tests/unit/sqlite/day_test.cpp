// A large shop's day: 300 products, 20 groups, 1,000 hypervisors. Every write has its entry, and no
// entry lacks its write.
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/schedule/keeper.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/cli/command.h"
#include "tests/unit/schedule/stock_world.h"
#include "tests/unit/sqlite/large_shop.h"

namespace vfstock::sqlite {
namespace {

using catalogue::ProductId;
using Change = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // product, old qty, new qty

TEST(ALargeShopsDay, HasAnEntryForEveryWriteAndAWriteForEveryEntry) {
  const sim::cli::Folder folder;
  const auto database = open_journal(folder.path() + "/j.db", SqliteDatabase::Open::create);
  stock::StockWorld world;
  for (std::int64_t id = 1; id <= large_shop_products; ++id) {
    world.shop.put(stock::product(id, 3, "1", std::to_string(1 + id % large_shop_groups)));
  }
  std::vector<Change> written;
  world.shop.on_write([&](ProductId product, std::int64_t old_qty, std::int64_t new_qty) {
    written.emplace_back(product.value, old_qty, new_qty);
  });

  panel::AnswersAgain nothing({});
  panel::AnswerLog answers(nothing, "");
  catalogue::ShopLog seen(world.shop);
  JournalFile journal(*database, world.clock, answers, seen, {});
  JournalledShop announced(seen, journal);
  sim::shop::MemoryState state;
  schedule::NoBilling billing;
  schedule::StockKeeper keeper({announced, world.panel, journal, state, billing, world.clock}, {});

  play_a_day(world, [&] {
    keeper.cron();
    keeper.run_due();
  });

  std::vector<Change> journalled;
  JournalFilter all;
  all.outcome = "wrote";
  all.most = 1'000'000;
  for (const KeptDecision& decision : kept_decisions(*database, all)) {
    EXPECT_FALSE(decision.why.empty());
    journalled.emplace_back(decision.product.value, decision.old_qty, decision.new_qty);
  }
  EXPECT_GT(written.size(), 300U);
  EXPECT_EQ(journalled, written);
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_EQ(journal.failure(), "");
}

}  // namespace
}  // namespace vfstock::sqlite
