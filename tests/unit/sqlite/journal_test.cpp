#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/panel/answer_log.h"
#include "engine/sqlite/compressed.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "engine/sqlite/state_file.h"
#include "tests/unit/catalogue/set_from_decision.h"
#include "tests/unit/cli/command.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/stock/stock_world.h"

namespace vfstock::sqlite {
namespace {

using catalogue::ProductId;
using catalogue::set_from_decision;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// A transport that answers everything with the same body.
class Echo final : public panel::Transport {
 public:
  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   panel::Milliseconds) override {
    panel::Answer answer;
    answer.ending = panel::Ending::complete;
    answer.status = 200;
    answer.headers = {{"Content-Type", "application/json"}, {"X-Echo", "Bearer geheim/wort"}};
    answer.body = body;
    return std::vector<panel::Answer>(requests.size(), answer);
  }
  std::string body = R"({"you sent": "Bearer geheim/wort", "escaped": "geheim\/wort"})";
};

/// A shop in memory whose refreshes are journalled.
struct Journalled : ::testing::Test {
  sim::cli::Folder folder;
  std::string file = folder.path() + "/journal.db";
  std::unique_ptr<SqliteDatabase> database = open_journal(file, SqliteDatabase::Open::create);
  stock::StockWorld world;
  Echo echo;
  panel::AnswerLog answers{echo, "geheim/wort"};
  catalogue::ShopLog shop{world.shop};
  std::unique_ptr<JournalFile> journal = make();

  std::unique_ptr<JournalFile> make(std::chrono::days retention = std::chrono::days{90}) {
    return std::make_unique<JournalFile>(*database, world.clock, answers, shop,
                                         JournalFile::Settings{retention, "{}"});
  }
  void refresh(catalogue::Catalogue& store) {
    journal->refresh_begins(stock::Trigger::cron, {});
    answers.fetch(std::array{panel::Request{"/packages/1"}}, panel::Milliseconds{1});
    stock::Policy policy;
    const std::string host;
    stock::Brake brake(policy.brake_percent);
    const stock::Refresh::Ports ports{store, world.panel, *journal, world.clock};
    stock::Refresh::Task task;
    task.rows = store.managed_products();
    const auto report = stock::Refresh(ports, policy, host).run(std::move(task), brake);
    journal->refresh_ends(report);
  }
  void sell(std::int64_t qty) {
    world.shop.put(stock::product(1, qty));
    world.panel.set(panel::PackageId{1}, stock::package_found(1));
    world.panel.set(panel::GroupId{1}, stock::group_taking(7));
  }
};

TEST_F(Journalled, EveryDecisionIsKeptWithWhatItRestedOn) {
  sell(5);
  refresh(shop);
  const auto refreshes =
      kept_refreshes(*database, world.clock.wall() - std::chrono::hours{1}, world.clock.wall());
  ASSERT_THAT(refreshes, SizeIs(1));
  ASSERT_THAT(refreshes[0].decisions, SizeIs(1));
  const KeptDecision& decision = refreshes[0].decisions[0];
  EXPECT_EQ(decision.old_qty, 5);
  EXPECT_EQ(decision.new_qty, 7);
  EXPECT_EQ(decision.outcome, "wrote");
  EXPECT_EQ(decision.cause, "capacity");
  EXPECT_EQ(decision.binding, "memory");
  EXPECT_EQ(decision.seen.row.configoption2, "1");
  EXPECT_THAT(*kept_breakdown(*database, decision.id), HasSubstr("\"capacity\":7"));
  ASSERT_TRUE(refreshes[0].answers.contains("/packages/1"));
  EXPECT_THAT(refreshes[0].answers.at("/packages/1").body, HasSubstr("you sent"));
  EXPECT_EQ(journal->failure(), "");
}

TEST_F(Journalled, TheTokenIsStruckOutOfAnswersThatEchoIt) {
  sell(5);
  refresh(shop);
  const auto refreshes =
      kept_refreshes(*database, world.clock.wall() - std::chrono::hours{1}, world.clock.wall());
  const panel::Answer& answer = refreshes.at(0).answers.at("/packages/1");
  EXPECT_THAT(answer.body, HasSubstr("[token]"));
  EXPECT_THAT(answer.body, Not(HasSubstr("geheim")));
  EXPECT_THAT(answer.headers, SizeIs(1)) << "an echoing header is not kept at all";
}

TEST_F(Journalled, TheSameBytesAreKeptOnce) {
  sell(7);
  refresh(shop);
  const auto kept = [&] {
    return database->query("SELECT COUNT(*) AS n FROM bytes", {}).at(0).integer("n");
  };
  const std::int64_t once = kept();
  refresh(shop);
  EXPECT_EQ(kept(), once);
}

TEST_F(Journalled, AWriteIsOnDiskBeforeItIsMade) {
  sell(5);
  struct Crashing final : catalogue::ForwardingCatalogue {
    using ForwardingCatalogue::ForwardingCatalogue;
    catalogue::Written write(ProductId, const catalogue::Set&, std::int64_t) override {
      throw std::bad_alloc();  // stands for the end of the process
    }
  } crashing(world.shop);
  JournalledShop store(crashing, *journal);
  EXPECT_THROW(store.write(ProductId{1}, set_from_decision(7), 5), std::bad_alloc);

  const auto reopened = open_journal(file, SqliteDatabase::Open::read_write);
  JournalFile later(*reopened, world.clock, answers, shop, {});
  const auto unfinished = later.unfinished();
  ASSERT_THAT(unfinished, SizeIs(1));
  EXPECT_EQ(unfinished[0].old_qty, 5);
  EXPECT_EQ(unfinished[0].new_qty, 7);
  later.settle_unfinished(unfinished[0], "the row holds 5");
  EXPECT_THAT(later.unfinished(), IsEmpty());
  EXPECT_THAT(kept_troubles(*reopened, {}), SizeIs(1));
}

TEST_F(Journalled, AStoreThatFailedLeavesTheWriteUnfinished) {
  sell(5);
  struct Dead final : catalogue::ForwardingCatalogue {
    using ForwardingCatalogue::ForwardingCatalogue;
    std::optional<catalogue::Product> product(ProductId) override { throw StoreError("gone"); }
    catalogue::Written write(ProductId, const catalogue::Set&, std::int64_t) override {
      throw StoreError("gone");
    }
  } dead(world.shop);
  JournalledShop store(dead, *journal);
  refresh(store);
  EXPECT_THAT(journal->unfinished(), SizeIs(1));
}

TEST_F(Journalled, WhatIsFinishedIsNotUnfinished) {
  sell(5);
  JournalledShop store(world.shop, *journal);
  refresh(store);
  EXPECT_EQ(world.qty(1), 7);
  EXPECT_THAT(journal->unfinished(), IsEmpty());
}

TEST_F(Journalled, NothingIsWrittenThatCannotBeJournalled) {
  sell(5);
  database->run("DROP TABLE intent");
  JournalledShop store(world.shop, *journal);
  refresh(store);
  EXPECT_EQ(world.qty(1), 5);
  EXPECT_THAT(journal->failure(), HasSubstr("intent"));
}

TEST_F(Journalled, WhatIsOlderThanTheRetentionGoes) {
  sell(7);
  journal = make(std::chrono::days{2});
  refresh(shop);
  world.clock.advance(std::chrono::hours{24});
  refresh(shop);
  EXPECT_EQ(kept_decisions(*database, {}).size(), 2U);
  world.clock.advance(std::chrono::hours{36});
  refresh(shop);
  EXPECT_EQ(kept_decisions(*database, {}).size(), 2U);
  world.clock.advance(std::chrono::hours{24 * 30});
  echo.body = "{}";
  refresh(shop);
  EXPECT_EQ(kept_decisions(*database, {}).size(), 1U);
}

TEST_F(Journalled, AJournalOfANewerProgramIsLeftAlone) {
  database->run("PRAGMA user_version = 2");
  EXPECT_THROW(open_journal(file, SqliteDatabase::Open::read_write), StoreError);
}

TEST_F(Journalled, TheEnginesMemoryComesBackWhole) {
  StateFile state(*database);
  EXPECT_FALSE(state.load());
  stock::Remembered remembered;
  remembered.windows["stockrefresh:event"] = world.clock.wall();
  remembered.event_waits = true;
  remembered.deletions = {{world.clock.wall(), std::vector{panel::GroupId{3}}},
                          {world.clock.wall(), std::nullopt}};
  remembered.retries[ProductId{7}] = {world.clock.wall(), std::chrono::seconds{120}};
  remembered.sweep_retry = {world.clock.wall(), std::chrono::seconds{60}};
  remembered.braked[ProductId{4}] = world.clock.wall();
  remembered.last_probe = world.clock.wall();
  remembered.emptied = {ProductId{1}, ProductId{2}};
  remembered.quiet_until = world.clock.wall();
  state.save(remembered);
  EXPECT_EQ(state.load(), remembered);
  database->run("UPDATE state SET remembered = 'x'");
  EXPECT_FALSE(state.load()) << "what cannot be understood is lost";
}

TEST(Compressed, ComesBackWholeOrNotAtAll) {
  const std::string bytes = std::string(100'000, 'x') + std::string("\0y", 2);
  const std::string kept = compressed(bytes);
  EXPECT_LT(kept.size(), bytes.size() / 20);
  EXPECT_EQ(decompressed(kept), bytes);
  EXPECT_EQ(decompressed(compressed("")), "");
  EXPECT_THROW(decompressed(kept.substr(0, kept.size() - 5)), StoreError);
  EXPECT_THROW(decompressed("short"), StoreError);
}

}  // namespace
}  // namespace vfstock::sqlite
