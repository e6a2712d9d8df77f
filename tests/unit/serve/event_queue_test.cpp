// The durable queue: what was taken is there after everything else is gone, and is handled once.
#include "engine/live/serve/event_queue.h"

#include <gtest/gtest.h>

#include "engine/sqlite/journal_file.h"
#include "tests/unit/cli/command.h"

namespace vfstock::serve {
namespace {

using Put = EventQueue::Put;

Event created(const std::string& id, std::int64_t service = 12) {
  return {.id = id,
          .kind = EventKind::module_create,
          .service = service,
          .product = 3,
          .module = "VirtFusionDirect",
          .received = WallTime{Milliseconds{1'700'000'000'123}}};
}

struct Queue : ::testing::Test {
  sim::cli::Folder folder;
  std::string file = folder.path() + "/journal.db";
};

TEST_F(Queue, KeepsAnEventWholeOverARestart) {
  EXPECT_EQ(EventQueue(file).put(created("a")), Put::stored);
  EventQueue again(file);
  const auto waiting = again.next();
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->event, created("a"));
}

TEST_F(Queue, TakesOverWhatAnOlderProgramLeft) {
  {
    const auto database = sqlite::open_journal(file, sqlite::SqliteDatabase::Open::create);
    database->run(
        "CREATE TABLE event (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
        "source TEXT NOT NULL, kind TEXT NOT NULL, service INTEGER NOT NULL, product INTEGER NOT "
        "NULL, module TEXT NOT NULL, received INTEGER NOT NULL, handled INTEGER);"
        "INSERT INTO event (id, source, kind, service, product, module, received) VALUES ('old', "
        "'virtfusion', 'look', 0, 0, '', 1700000000123)");
  }
  EventQueue queue(file);
  const auto left = queue.next();
  ASSERT_TRUE(left);
  EXPECT_EQ(left->event.id, "old");
  queue.begin(left->number);
  EXPECT_EQ(queue.put(created("a")), Put::stored);
  queue.handled(left->number, WallTime{});
  EXPECT_EQ(EventQueue(file).depth(), 1);
}

TEST_F(Queue, HandsEventsOutInTheirOrderAndEachOnce) {
  EventQueue queue(file);
  for (const char* id : {"a", "b", "c"}) queue.put(created(id));
  std::string order;
  while (const auto waiting = queue.next()) {
    order += waiting->event.id;
    queue.handled(waiting->number, WallTime{});
  }
  EXPECT_EQ(order, "abc");
  EXPECT_EQ(queue.depth(), 0);
}

TEST_F(Queue, TakesNoIdTwice) {
  EventQueue queue(file);
  queue.put(created("a"));
  EXPECT_EQ(queue.put(created("a", 99)), Put::known);
  queue.handled(queue.next()->number, WallTime{});
  EXPECT_EQ(queue.put(created("a")), Put::known);
  EXPECT_EQ(EventQueue(file).put(created("a")), Put::known);
  EXPECT_EQ(queue.depth(), 0);
}

TEST_F(Queue, JoinsWhatAsksForTheSame) {
  EventQueue queue(file);
  const auto cart = [](const char* id, std::int64_t product) {
    return Event{.id = id, .kind = EventKind::cart, .product = product};
  };
  EXPECT_EQ(queue.put(cart("a", 1)), Put::stored);
  EXPECT_EQ(queue.put(cart("b", 1)), Put::same);
  EXPECT_EQ(queue.put(cart("c", 2)), Put::stored);
  EXPECT_EQ(queue.put(virtfusion_hint("d", {})), Put::stored);
  EXPECT_EQ(queue.put(virtfusion_hint("e", {})), Put::same);
  EXPECT_EQ(queue.put(created("f", 1)), Put::stored);
  EXPECT_EQ(queue.put(created("g", 1)), Put::stored);
}

// Who looks already may have looked before it happened.
TEST_F(Queue, JoinsNothingWithWhatHasBegun) {
  EventQueue queue(file);
  EXPECT_EQ(queue.put(virtfusion_hint("a", {})), Put::stored);
  queue.begin(queue.next()->number);
  EXPECT_EQ(queue.put(virtfusion_hint("b", {})), Put::stored);
  EXPECT_EQ(queue.put(virtfusion_hint("c", {})), Put::same);
  EXPECT_EQ(queue.depth(), 2) << "who dies in between is told of both";
}

TEST_F(Queue, SendsSendersAwayBeforeItFillsTheDisk) {
  EventQueue queue(file);
  {
    const auto database = sqlite::open_journal(file, sqlite::SqliteDatabase::Open::read_write);
    database->run(
        fmt::format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
                    "INSERT INTO event (id, source, kind, service, product, module, received) "
                    "SELECT 'x' || i, 'whmcs', 'AfterModuleCreate', 1, 1, '', 0 FROM n",
                    EventQueue::waiting_max));
  }
  EXPECT_EQ(queue.put(created("a")), Put::refused);
  queue.handled(queue.next()->number, WallTime{});
  EXPECT_EQ(queue.put(created("a")), Put::stored);
}

TEST_F(Queue, ForgetsHandledIdsAfterADay) {
  EventQueue queue(file);
  const WallTime day{std::chrono::hours{24 * 365}};
  queue.put(created("a"));
  queue.handled(queue.next()->number, day);
  queue.put(created("b"));
  queue.handled(queue.next()->number, day + std::chrono::hours{25});
  EXPECT_EQ(queue.put(created("a")), Put::stored);
  EXPECT_EQ(queue.put(created("b")), Put::known);
}

TEST_F(Queue, WaitsForTheDiskBeforeItAnswers) {
  EventQueue queue(file);
  // Another program that writes the file for longer than a writer waits: nothing can be stored.
  const auto other = sqlite::open_journal(file, sqlite::SqliteDatabase::Open::read_write);
  const sqlite::SqliteTransaction blocks(*other);
  EXPECT_THROW(queue.put(created("a")), catalogue::StoreError);
}

}  // namespace
}  // namespace vfstock::serve
