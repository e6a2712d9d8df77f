// Two daemons on one shop: never two writers, and one as long as there is one.
#include <csignal>

#include <gmock/gmock.h>

#include "engine/sqlite/journal_file.h"
#include "tests/integration/serve/served_shop.h"
#include "tests/integration/store/mariadb_server.h"

namespace vfstock::serve {
namespace {

bool is_writer(const ServingProgram& daemon) { return daemon.metric("vfstock_writer") == 1; }

struct Standby : ServedShop {
  /// A sync that finds another writer, and goes.
  void sync_nothing() const {
    const sim::cli::Said said = sim::cli::command(
        {"sync", "--shop", shop, "--panel", panel.url(), "--journal", journal}, variables);
    EXPECT_EQ(said.status, 3) << said.out;
  }
};

TEST_F(Standby, WaitsReadyAndTakesOver) {
  const auto first = start({"--event-window", "0s"});
  wait_until([&] { return is_writer(*first); }, "a writer");
  const auto second = start({"--event-window", "0s"});
  wait_until([&] { return second->get("/v1/status").find("standby") != std::string::npos; },
             "a standby");
  EXPECT_EQ(second->status("/readyz"), 200);
  EXPECT_EQ(second->metric("vfstock_writer"), 0);
  EXPECT_EQ(second->metric("vfstock_product_qty{product=\"1\"}"), 31);
  auto client = second->client();
  EXPECT_EQ(
      client
          .Post("/v1/recalculate", {{"Authorization", std::string("Bearer ") + operator_token}}, "",
                "application/json")
          ->status,
      503);
  // What the standby is told, the writer handles: they share the queue.
  take_london(16);
  EXPECT_EQ(send_event(*second, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
  wait_until([&] { return qty(1) == 24; }, "the writer's write");
  first->end(SIGKILL);
  wait_until([&] { return is_writer(*second); }, "the standby as the writer");
}

// SQLite's last one to leave a file takes its log away. A daemon that is still there must be known
// to be: whatever it acknowledges afterwards would be in a file that has no name any more.
TEST_F(Standby, ThatEndsTakesNothingFromTheWriter) {
  const auto first = start({"--event-window", "0s"});
  wait_until([&] { return is_writer(*first); }, "a writer");
  const auto second = start({"--event-window", "0s"});
  wait_until([&] { return second->get("/v1/status").find("standby") != std::string::npos; },
             "a standby");
  EXPECT_EQ(second->end(SIGTERM), 0);
  sync_nothing();
  EXPECT_EQ(send_event(*first, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
  first->end(SIGKILL);
  const auto database = sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only);
  EXPECT_EQ(database->query("SELECT id FROM event WHERE id = 'msg_1'", {}).size(), 1U)
      << "acknowledged, and lost with the process";
}

// The same with the parts changed: it tried for the writers' lock in vain, and is the one that
// stays.
TEST_F(Standby, ThatTakesOverLosesNothingEither) {
  const auto first = start({"--event-window", "0s"});
  wait_until([&] { return is_writer(*first); }, "a writer");
  const auto second = start({"--event-window", "0s"});
  wait_until([&] { return second->get("/v1/status").find("standby") != std::string::npos; },
             "a standby");
  EXPECT_EQ(first->end(SIGTERM), 0);
  EXPECT_EQ(send_event(*second, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
  second->end(SIGKILL);
  const auto database = sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only);
  EXPECT_EQ(database->query("SELECT id FROM event WHERE id = 'msg_1'", {}).size(), 1U)
      << "acknowledged, and lost with the process";
}

/// A shop on a database server, and a journal of its own for each daemon, as on two machines.
struct TwoMachines : ServedShop {
  store::MariadbServer& server = store::MariadbServer::shared();

  void SetUp() override {
    ServedShop::SetUp();
    server.reset();
    for (const std::string& grant : store::readme_grants()) server.sql(grant);
    shop = server.address("vfstock");
    variables["VFSTOCK_SHOP_PASSWORD"] = store::MariadbServer::password;
    for (const char* name : {"first", "second"}) {
      journal = folder.path() + "/" + name + ".db";
      sync_once();
    }
  }
  std::unique_ptr<ServingProgram> machine(const std::string& name) {
    journal = folder.path() + "/" + name + ".db";
    return std::make_unique<ServingProgram>(options({"--event-window", "0s"}), variables,
                                            folder.path() + "/" + name + ".log");
  }
  /// The server's number of the session that holds the writers' lock; "" where none does.
  std::string holder() { return server.sql("SELECT IS_USED_LOCK('vfstock.whmcs')"); }
};

TEST_F(TwoMachines, AStoppedWriterLosesItsLockAndStepsBack) {
  const auto first = machine("first");
  wait_until([&] { return is_writer(*first) && first->status("/readyz") == 200; }, "a writer");
  const auto second = machine("second");
  wait_until([&] { return second->get("/v1/status").find("standby") != std::string::npos; },
             "a standby");
  first->signal(SIGSTOP);
  // A stopped writer says nothing; the server ends such a session after a minute. Here at once.
  server.sql("KILL " + holder());
  wait_until([&] { return is_writer(*second); }, "the standby as the writer");
  const std::string now_holds = holder();
  first->signal(SIGCONT);
  take_london(16);
  send_event(*first, "msg_1", module_event_body("AfterModuleTerminate", 12, 1));
  wait_until([&] { return !is_writer(*first); }, "the first one out of the way");
  EXPECT_EQ(holder(), now_holds) << "the lock never changed hands again";
  EXPECT_TRUE(is_writer(*second));
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "31")
      << "nobody whose lock is lost writes";
  EXPECT_NE(first->log().find("writer.lost"), std::string::npos) << first->log();
}

TEST_F(TwoMachines, RecoverWhenTheServerIsBack) {
  const auto daemon = machine("first");
  wait_until([&] { return is_writer(*daemon) && daemon->status("/readyz") == 200; }, "a writer");
  server.stop();
  take_london(16);
  EXPECT_EQ(send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
  wait_until([&] { return daemon->get("/v1/status").find("opening") != std::string::npos; },
             "a daemon that knows of the loss");
  EXPECT_EQ(daemon->status("/livez"), 200);
  EXPECT_EQ(daemon->metric("vfstock_writer"), 0);
  server.start();
  wait_until([&] { return is_writer(*daemon); }, "a writer again");
  wait_until([&] { return server.sql("SELECT qty FROM tblproducts WHERE id = 1") == "24"; },
             "what the event led to");
}

}  // namespace
}  // namespace vfstock::serve
