// A large shop's day: 300 products, 20 groups, 1,000 hypervisors. Every write has its entry, and no
// entry lacks its write.
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "engine/stock/keeper.h"
#include "tests/unit/cli/command.h"
#include "tests/unit/stock/stock_world.h"

namespace vfstock::sqlite {
namespace {

using catalogue::ProductId;
using Change = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // product, old qty, new qty

constexpr std::int64_t products = 300, groups = 20, hypervisors = 50;

/// A group whose hypervisors have `free_mb` of memory each.
panel::Lookup<panel::GroupResources> group_with(std::uint64_t revision, std::int64_t free_mb) {
  std::vector<capacity::Hypervisor> rows;
  for (std::int64_t i = 1; i <= hypervisors; ++i) {
    capacity::Hypervisor hypervisor;
    hypervisor.id = i;
    hypervisor.enabled = hypervisor.commissioned = true;
    hypervisor.memory_mb = {262'144, free_mb};
    hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
    rows.push_back(std::move(hypervisor));
  }
  return panel::Lookup<panel::GroupResources>::found(
      {revision, std::make_shared<const capacity::HypervisorColumns>(std::move(rows))});
}

TEST(ALargeShopsDay, HasAnEntryForEveryWriteAndAWriteForEveryEntry) {
  const sim::cli::Folder folder;
  const auto database = open_journal(folder.path() + "/j.db", SqliteDatabase::Open::create);
  stock::StockWorld world;
  for (std::int64_t id = 1; id <= products; ++id) {
    world.shop.put(stock::product(id, 3, "1", std::to_string(1 + id % groups)));
  }
  world.panel.set(panel::PackageId{1}, stock::package_found(1));
  for (std::int64_t id = 1; id <= groups; ++id) {
    world.panel.set(panel::GroupId{id}, group_with(1, 4096));
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
  stock::MemoryState state;
  stock::NoBilling billing;
  stock::StockKeeper keeper({announced, world.panel, journal, state, billing, world.clock}, {});

  for (std::uint64_t hour = 1; hour <= 24; ++hour) {
    world.clock.advance(std::chrono::hours{1});
    const auto group = static_cast<std::int64_t>(1 + hour % groups);
    const bool outage = hour % 7 == 0;
    world.panel.set(panel::GroupId{group},
                    outage ? panel::Lookup<panel::GroupResources>(stock::unavailable())
                           : group_with(hour, static_cast<std::int64_t>(4096 + 1024 * hour)));
    keeper.cron();
    keeper.run_due();
  }

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
