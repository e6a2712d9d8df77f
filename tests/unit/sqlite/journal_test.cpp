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
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::sqlite {
namespace {

using catalogue::ProductId;
using catalogue::set_from_decision;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// A transport that answers everything with the same body.
class Echo final : public panel::Transport {
 public:
  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds) override {
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
  plan::Policy policy;
  panel::AnswerLog answers{echo, "geheim/wort"};
  catalogue::ShopLog shop{world.shop};
  std::unique_ptr<JournalFile> journal = make();

  std::unique_ptr<JournalFile> make(std::chrono::days retention = std::chrono::days{90}) {
    return std::make_unique<JournalFile>(*database, world.clock, answers, shop,
                                         JournalFile::Settings{retention, "{}"});
  }
  void refresh(catalogue::Catalogue& store) {
    journal->refresh_begins(apply::Trigger::cron, plan::Scope::all());
    answers.fetch(std::array{panel::Request{"/packages/1"}}, Milliseconds{1});
    plan::Brake brake(policy);
    panel::CachingPanel cache(world.panel, world.clock, {});
    schedule::Refresher refresher({store, cache, *journal, world.clock}, policy, "");
    journal->refresh_ends(refresher.run({}, brake).report);
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

TEST_F(Journalled, TheEngineIsNotGivenTheTokenEither) {
  const auto given = answers.fetch(std::array{panel::Request{"/packages/1"}}, {});
  EXPECT_THAT(given.at(0).body, HasSubstr("[token]"));
  EXPECT_THAT(given.at(0).body, Not(HasSubstr("geheim")));
}

TEST_F(Journalled, AWordTooShortForASecretIsNotTornOutOfAnswers) {
  panel::AnswerLog log(echo, "ent");
  echo.body = R"({"name": "sentinel"})";
  EXPECT_EQ(log.fetch(std::array{panel::Request{"/packages/1"}}, {}).at(0).body, echo.body);
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
  journal->refresh_begins(apply::Trigger::cron, plan::Scope::all());
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
  const auto refreshes = [&] {
    return kept_refreshes(*database, WallTime::min(), WallTime::max()).size();
  };
  sell(7);
  journal = make(std::chrono::days{2});
  refresh(shop);
  world.clock.advance(std::chrono::hours{24});
  refresh(shop);
  EXPECT_EQ(refreshes(), 2U);
  world.clock.advance(std::chrono::hours{36});
  refresh(shop);
  EXPECT_EQ(refreshes(), 2U);
  world.clock.advance(std::chrono::hours{24 * 30});
  echo.body = "{}";
  refresh(shop);
  EXPECT_EQ(refreshes(), 1U);
  EXPECT_THAT(kept_decisions(*database, {}), SizeIs(1));
}

TEST_F(Journalled, AJournalOfANewerProgramIsLeftAlone) {
  database->run("PRAGMA user_version = 4");
  EXPECT_THROW(open_journal(file, SqliteDatabase::Open::read_write), StoreError);
}

TEST_F(Journalled, AJournalOfTheFirstVersionIsReadAndGoesOn) {
  sell(5);
  refresh(shop);
  database->run(
      "ALTER TABLE refresh DROP COLUMN pending; ALTER TABLE decision DROP COLUMN times; "
      "ALTER TABLE decision DROP COLUMN since; ALTER TABLE decision DROP COLUMN since_refresh; "
      "PRAGMA user_version = 1");
  const auto old = open_journal(file, SqliteDatabase::Open::read_only);
  const auto kept = kept_refreshes(*old, WallTime::min(), WallTime::max());
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_THAT(kept[0].pending.services, IsEmpty());
  EXPECT_THAT(kept[0].decisions, SizeIs(1));
  EXPECT_EQ(kept_decisions(*old, {}).at(0).since_refresh, 1);
  database = open_journal(file, SqliteDatabase::Open::read_write);
  journal = make();
  refresh(shop);
  EXPECT_EQ(journal->failure(), "");
  EXPECT_EQ(kept_decisions(*database, {}).size(), 2U);
  EXPECT_EQ(kept_refreshes(*database, WallTime::min(), WallTime::max()).at(0).decisions.size(), 1U);
}

TEST_F(Journalled, DecisionsThatAreTheSameOnTheSameEvidenceAreCounted) {
  sell(7);
  const WallTime first = world.clock.wall();
  for (int i = 0; i < 5; ++i) {
    refresh(shop);
    world.clock.advance(std::chrono::minutes{5});
  }
  const auto kept = kept_decisions(*database, {});
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_EQ(kept[0].times, 5);
  EXPECT_EQ(kept[0].since, first);
  EXPECT_EQ(kept[0].at, first + std::chrono::minutes{20});
  const auto refreshes = kept_refreshes(*database, WallTime::min(), WallTime::max());
  ASSERT_THAT(refreshes, SizeIs(5));
  for (const KeptRefresh& each : refreshes) {
    EXPECT_THAT(each.decisions, SizeIs(1)) << "refresh " << each.id << " decided, too";
  }
  JournalFilter early;
  early.to = first + std::chrono::minutes{1};
  EXPECT_THAT(kept_decisions(*database, early), SizeIs(1));
}

TEST_F(Journalled, WhateverDiffersBeginsADecisionOfItsOwn) {
  sell(7);
  refresh(shop);
  world.panel.set(panel::GroupId{1}, stock::group_taking(9));
  refresh(shop);  // writes
  refresh(shop);
  refresh(shop);
  world.panel.set(panel::GroupId{1}, stock::unavailable());
  refresh(shop);
  refresh(shop);
  std::vector<std::string> outcomes;
  std::vector<std::int64_t> times;
  for (const KeptDecision& decision : kept_decisions(*database, {})) {
    outcomes.push_back(decision.outcome);
    times.push_back(decision.times);
  }
  EXPECT_THAT(outcomes, ElementsAre("unchanged", "wrote", "unchanged", "kept"));
  EXPECT_THAT(times, ElementsAre(1, 1, 2, 2));
}

TEST_F(Journalled, AProductThatASweepLeftOutIsNotCountedOverIt) {
  sell(7);
  refresh(shop);
  world.shop.row(ProductId{1})->stockcontrol = 0;
  refresh(shop);
  world.shop.row(ProductId{1})->stockcontrol = 1;
  refresh(shop);
  EXPECT_THAT(kept_decisions(*database, {}), SizeIs(2));
  const auto refreshes = kept_refreshes(*database, WallTime::min(), WallTime::max());
  EXPECT_THAT(refreshes.at(1).decisions, IsEmpty());
}

TEST_F(Journalled, ADamagedFileIsToldWithItsRemedy) {
  journal.reset();
  database.reset();
  folder.write("journal.db", "this is no database, whatever it is called, and long enough for one");
  try {
    (void)open_journal(file, SqliteDatabase::Open::create);
    FAIL();
  } catch (const JournalUnusable& unusable) {
    EXPECT_THAT(unusable.what(), HasSubstr("mv " + file + " " + file + ".damaged"));
  }
}

TEST_F(Journalled, AnotherProgramsDatabaseIsLeftAlone) {
  const std::string other = folder.path() + "/other.db";
  SqliteDatabase theirs(other, SqliteDatabase::Open::create);
  theirs.run("CREATE TABLE theirs (id INTEGER)");
  EXPECT_THROW(open_journal(other, SqliteDatabase::Open::create), StoreError);
  EXPECT_THAT(theirs.columns_of("decision"), IsEmpty());
}

TEST_F(Journalled, OrdersOnTheirWayAreKeptWithTheirProducts) {
  sell(5);
  catalogue::PendingService service;
  service.service = 41;
  service.order = 7;
  service.qty = 2;
  service.ordered = world.clock.wall() - std::chrono::hours{3};
  service.product.id = ProductId{1};
  service.option = "2|London";
  world.shop.put(service);
  policy.reserve_pending = true;
  refresh(shop);
  const auto kept = kept_refreshes(*database, WallTime::min(), WallTime::max());
  ASSERT_THAT(kept, SizeIs(1));
  ASSERT_THAT(kept[0].pending.services, SizeIs(1));
  const catalogue::PendingService& read = kept[0].pending.services[0];
  EXPECT_EQ(read.service, 41);
  EXPECT_EQ(read.order, 7);
  EXPECT_EQ(read.qty, 2);
  EXPECT_EQ(read.ordered, service.ordered);
  EXPECT_EQ(read.option, "2|London");
  ASSERT_THAT(kept[0].pending.products, SizeIs(1));
  EXPECT_EQ(kept[0].pending.products[0].row.configoption2, "1");
  journal = make(std::chrono::days{1});
  world.clock.advance(std::chrono::hours{48});
  world.shop.remove_pending(41);
  refresh(shop);
  EXPECT_THAT(kept_refreshes(*database, WallTime::min(), WallTime::max()), SizeIs(1))
      << "what is old goes with its orders";
}

// SQLite says so where a disk does: no page may be added.
TEST_F(Journalled, AFullDiskLetsNothingBeWritten) {
  sell(5);
  database->query("PRAGMA max_page_count = 1", {});  // as many as there are
  JournalFile::Settings large{std::chrono::days{90}, std::string(100'000, 'x')};
  journal = std::make_unique<JournalFile>(*database, world.clock, answers, shop, large);
  JournalledShop store(world.shop, *journal);
  refresh(store);
  EXPECT_THAT(journal->failure(), HasSubstr("full"));
  EXPECT_EQ(world.qty(1), 5);
  database->query("PRAGMA max_page_count = 100000", {});
  journal = make();
  JournalledShop healed(world.shop, *journal);
  refresh(healed);
  EXPECT_EQ(world.qty(1), 7);
  EXPECT_EQ(journal->failure(), "");
}

TEST_F(Journalled, ALimitOfSizeDropsTheOldestRefreshes) {
  JournalFile::Settings settings{std::chrono::days{90}, std::string(2'000, 'x'), 200'000};
  journal = std::make_unique<JournalFile>(*database, world.clock, answers, shop, settings);
  for (int i = 0; i < 300; ++i) refresh(world.shop);
  EXPECT_EQ(journal->failure(), "");
  const auto ids = database->query("SELECT min(id) AS least, max(id) AS most FROM refresh", {});
  EXPECT_GT(ids.at(0).integer("least"), 1);
  EXPECT_EQ(ids.at(0).integer("most"), 300);
  const auto used = database->query("PRAGMA page_count", {}).at(0).integer("page_count") -
                    database->query("PRAGMA freelist_count", {}).at(0).integer("freelist_count");
  EXPECT_LE(used * 4096, 200'000);
}

TEST_F(Journalled, TheEnginesMemoryComesBackWhole) {
  StateFile state(*database);
  EXPECT_FALSE(state.load());
  schedule::Remembered remembered;
  remembered.windows["stockrefresh:event"] = world.clock.wall();
  remembered.event_waits = true;
  remembered.deletions = {{world.clock.wall(), std::vector{panel::GroupId{3}}},
                          {world.clock.wall(), std::nullopt}};
  remembered.retries[ProductId{7}] = {world.clock.wall(), std::chrono::seconds{120}};
  remembered.sweep_retry = {world.clock.wall(), std::chrono::seconds{60}};
  remembered.braked[ProductId{4}] = {world.clock.wall(), Instant{-5}};
  remembered.last_probe = world.clock.wall();
  remembered.emptied = {ProductId{1}, ProductId{2}};
  remembered.unasked_packages = {panel::PackageId{9}};
  remembered.unasked_groups = {panel::GroupId{2}, panel::GroupId{5}};
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
