// `kill -9` at moments that nobody chose: no event that was acknowledged is lost, none is there
// twice, and the next start handles what the last one left.
#include <csignal>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "engine/sqlite/journal_file.h"
#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

constexpr int rounds = 6;

struct KilledDaemon : ServedShop {
  std::set<std::string> acknowledged;

  /// Sends events as fast as they are taken until the daemon is gone, which it is after so many.
  void send_until_killed(ServingProgram& daemon, int round, int kill_after) {
    std::atomic<int> taken{0};
    std::thread killer([&] {
      while (taken < kill_after) std::this_thread::yield();
      daemon.signal(SIGKILL);
    });
    auto client = daemon.client();
    for (int i = 0;; ++i) {
      const std::string id = fmt::format("msg_{}_{}", round, i);
      const std::string body = module_event_body("AfterModuleChangePackage", i + 1, 1 + i % 2);
      const auto answer =
          client.Post("/webhooks/whmcs", signed_headers(id, body), body, "application/json");
      if (!answer) break;
      if (answer->status == 200) acknowledged.insert(id);
      ++taken;
    }
    killer.join();
    EXPECT_EQ(daemon.wait(), -SIGKILL);
  }
  std::set<std::string> ids(const std::string& where) const {
    std::set<std::string> found;
    const auto database = sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only);
    for (const auto& row : database->query("SELECT id FROM event WHERE " + where, {})) {
      found.insert(row.text("id"));
    }
    return found;
  }
};

TEST_F(KilledDaemon, LosesNoEventThatItAcknowledged) {
  std::string seen;
  for (int round = 0; round < rounds; ++round) {
    const auto daemon = start({"--event-window", "1s"});
    send_until_killed(*daemon, round, 1 + round * round * 3);
    const std::set<std::string> stored = ids("1");
    for (const std::string& id : acknowledged) {
      ASSERT_TRUE(stored.contains(id)) << id << " was acknowledged and is lost";
    }
  }
  ASSERT_GT(acknowledged.size(), 50U);
  take_london(16);
  const auto daemon = start({"--event-window", "1s"});
  wait_until([&] { return daemon->json("/v1/status")["queue"] == 0; }, "an empty queue");
  EXPECT_TRUE(ids("handled IS NULL").empty());
  wait_until([&] { return qty(1) == 24; }, "the qty that the panel says");
}

}  // namespace
}  // namespace vfstock::serve
