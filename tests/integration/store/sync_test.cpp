// The whole way: the command line, a panel on a socket, a real MariaDB or an SQLite file.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/integration/store/cutting_relay.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Sync, ADryRunShowsAndWritesNothing) {
  const Said said = trial();
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("31"));
  EXPECT_EQ(qty(1), "20");
  EXPECT_FALSE(std::filesystem::exists(journal));
}

TEST_F(Sync, WritesAndJournalsEveryDecision) {
  trial();
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(json::parse(said.out)["written"], true);
  EXPECT_EQ(qty(1), "31");
  const auto kept = decisions();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].outcome, "wrote");
  EXPECT_EQ(kept[0].old_qty, 20);
  EXPECT_EQ(kept[1].outcome, "unchanged");
}

TEST_F(Sync, AppliesExactlyWhatWasReviewed) {
  trial();
  const std::string plan = folder.path() + "/plan.json";
  ASSERT_EQ(run({"sync", "--dry-run", "--out", plan}).status, 0);
  panel.answer_with([](const auto&) { return mockpanel::faults::Delivery{}; });
  const Said said = run({"sync", "--apply", plan});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(qty(1), "31");
  const Said again = run({"sync", "--apply", plan});
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.err, HasSubstr("the plan was applied before"));
  sqlite("UPDATE tblproducts SET qty = 30 WHERE id = 1");
  const Said moved = run({"sync", "--apply", plan});
  EXPECT_EQ(moved.status, 1);
  EXPECT_THAT(moved.err, HasSubstr("qty was '20' and is '30'"));
}

TEST_F(Sync, RefusesAPlanWhenOneRowMovedAndWritesNothing) {
  trial();
  sqlite("UPDATE tblproducts SET qty = 3 WHERE id = 2");
  const std::string plan = folder.path() + "/plan.json";
  run({"sync", "--dry-run", "--out", plan});
  sqlite("UPDATE tblproducts SET qty = 4 WHERE id = 2");
  EXPECT_EQ(run({"sync", "--apply", plan}).status, 1);
  EXPECT_EQ(qty(1), "20");
  EXPECT_EQ(qty(2), "4");
}

TEST_F(Sync, RefusesAPlanThatWasEdited) {
  trial();
  const std::string plan = folder.path() + "/plan.json";
  run({"sync", "--dry-run", "--out", plan});
  json edited = json::parse(folder.read("plan.json"));
  edited["products"][0]["next"] = 3100;
  folder.write("plan.json", edited.dump());
  const Said said = run({"sync", "--apply", plan});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.err, HasSubstr("the plan says 3100"));
  EXPECT_EQ(qty(1), "20");
  folder.write("plan.json", "{}");
  EXPECT_EQ(run({"sync", "--apply", plan}).status, 2);
}

TEST_F(Sync, APanelThatIsDownKeepsEverythingAndSaysSo) {
  trial();
  panel.answer_with([](const auto&) {
    auto delivery = mockpanel::wire::json_answer("{}");
    delivery.response.status = 503;
    return delivery;
  });
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 3);
  EXPECT_EQ(product(said, 0)["action"], "keep");
  EXPECT_THAT(std::string(product(said, 0)["why"]), HasSubstr("503"));
  EXPECT_EQ(qty(1), "20");
}

TEST_F(Sync, TheBrakeHoldsAndForceReleases) {
  trial();
  for (int id = 11; id < 21; ++id) {
    sqlite("INSERT INTO tblproducts VALUES (" + std::to_string(id) +
           ", 'x', 'VirtFusionDirect', 1, 0, 5, '1', '2', '1', '10')");
  }
  panel.world().packages.at(2).enabled = false;
  panel.world().touch();
  EXPECT_EQ(run({"sync"}).status, 4);
  EXPECT_EQ(qty(11), "5");
  const json dry = json::parse(run({"sync", "--dry-run", "--json"}).out);
  EXPECT_GT(dry["summary"]["held"], 0) << "a dry run is held too";
  EXPECT_THAT(run({"check", "--journal", journal}).out, HasSubstr("the brake withholds the fall"));
  EXPECT_THAT(run({"explain", "--product", "11", "--journal", journal}).out,
              HasSubstr("the brake withholds the fall"));
  const Said status = sim::cli::command({"status", "--journal", journal});
  EXPECT_EQ(status.status, 2);
  EXPECT_THAT(status.out, HasSubstr("held by the brake"));
  const Said forced = run({"sync", "--force", "--json"});
  EXPECT_EQ(forced.status, 4) << "a mass fall is no ordinary day, whoever lets it through";
  EXPECT_EQ(json::parse(forced.out)["released"], true);
  EXPECT_EQ(qty(11), "0");
}

// What the state of an earlier sync says of the brake, made so much older by both clocks.
void age_brake(const std::string& journal, std::int64_t milliseconds) {
  SqliteDatabase database(journal, SqliteDatabase::Open::read_write);
  json state =
      json::parse(database.query("SELECT remembered FROM state", {}).at(0).text("remembered"));
  for (auto& [product, hold] : state["braked"].items()) {
    hold["since"] = hold["since"].get<std::int64_t>() - milliseconds;
    hold["steady"] = hold["steady"].get<std::int64_t>() - milliseconds;
  }
  database.change("UPDATE state SET remembered = ?", {state.dump()});
}

TEST_F(Sync, ASecondLookThatReleasesTheBrakeIsNoOrdinaryDay) {
  trial();
  ASSERT_EQ(run({"sync"}).status, 0);
  for (auto& [id, package] : panel.world().packages) package.enabled = false;
  panel.world().touch();
  ASSERT_EQ(run({"sync"}).status, 4);
  age_brake(journal, 11 * 60 * 1000);
  const Said released = run({"sync", "--json"});
  EXPECT_EQ(released.status, 4);
  EXPECT_EQ(json::parse(released.out)["released"], true);
  EXPECT_EQ(qty(1), "0");
  const Said after = run({"sync", "--json"});
  EXPECT_EQ(after.status, 0);
  EXPECT_EQ(json::parse(after.out)["released"], false);
}

TEST_F(Sync, ForceIsAnActOfTheCommandLine) {
  trial();
  const std::string config = folder.write("vfstock.ini", "[sync]\nforce = true\n");
  EXPECT_EQ(run({"sync", "--config", config}).status, 2);
  const Said said = sim::cli::command({"sync", "--dry-run"}, {{"VFSTOCK_FORCE", "1"}});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("command line"));
  EXPECT_EQ(qty(1), "20");
}

TEST_F(Sync, A404IsForcedAtOnceAfterItWasHeld) {
  trial();
  ASSERT_EQ(run({"sync"}).status, 0);
  panel.world().packages.clear();
  panel.world().touch();
  EXPECT_EQ(run({"sync"}).status, 4);
  EXPECT_EQ(run({"sync", "--force"}).status, 4) << "no probe is waited for";
  EXPECT_EQ(qty(1), "0");
}

TEST_F(Sync, AMassFallThatIsForcedAtFirstIsNoOrdinaryDayEither) {
  trial();
  ASSERT_EQ(run({"sync"}).status, 0);
  for (auto& [id, package] : panel.world().packages) package.enabled = false;
  panel.world().touch();
  const Said forced = run({"sync", "--force", "--json", "--exit-code"});
  EXPECT_EQ(forced.status, 4);
  EXPECT_EQ(json::parse(forced.out)["released"], true);
  EXPECT_EQ(qty(1), "0");
  EXPECT_EQ(run({"sync", "--force"}).status, 0) << "once";
}

TEST_F(Sync, SaysWithItsExitCodeWhetherItChangesSomething) {
  trial();
  EXPECT_EQ(run({"sync", "--exit-code", "--dry-run"}).status, 5);
  EXPECT_EQ(run({"sync", "--exit-code"}).status, 5);
  EXPECT_EQ(run({"sync", "--exit-code"}).status, 0);
}

TEST_F(Sync, IsQuietWhereNothingWasWrittenAndNothingFailed) {
  trial();
  const Said first = run({"sync", "--quiet"});
  EXPECT_THAT(first.out, HasSubstr("31"));
  const Said second = run({"sync", "--quiet"});
  EXPECT_EQ(second.out + second.err, "");
  url = "http://127.0.0.1:1/api/v1";
  EXPECT_NE(run({"sync", "--quiet"}).err, "");
}

TEST_F(Sync, SaysInOneLineThatThePanelIsDown) {
  trial();
  url = "http://127.0.0.1:1/api/v1";
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 3);
  EXPECT_EQ(std::count(said.out.begin(), said.out.end(), '\n'), 1) << said.out;
  EXPECT_THAT(said.out, HasSubstr("all 2 products keep their qty"));
}

TEST_F(Sync, WhatDescribesTheShopIsTheSameForEveryVerb) {
  trial();
  const std::string config = folder.write("vfstock.ini", "[sync]\nqty-ceiling = 7\n");
  EXPECT_THAT(run({"explain", "--product", "1", "--config", config}).out, HasSubstr("Set 7"));
  const std::string two =
      folder.write("two.ini", "[sync]\nqty-ceiling = 7\n[check]\nqty-ceiling = 8\n");
  const Said said = run({"explain", "--product", "1", "--config", two});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("set differently in two sections"));
}

TEST_F(Sync, TellsOfANewJournalInAPlaceThatDoesNotDependOnTheWorkingDirectory) {
  trial();
  panel.hand_over();
  const Said said =
      sim::cli::command({"sync", "--shop", shop, "--panel", url},
                        {{"VFSTOCK_TOKEN", token}, {"XDG_STATE_HOME", folder.path() + "/state"}});
  panel.hand_over();
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.err, HasSubstr("a new journal begins: " + folder.path() + "/state/vfstock"));
  const Said status =
      sim::cli::command({"status", "--json"}, {{"XDG_STATE_HOME", folder.path() + "/state"}});
  EXPECT_EQ(status.status, 0) << status.out;
  EXPECT_EQ(json::parse(status.out)["products"], 2);
}

TEST_F(Sync, StatusTellsWhatIsKeptAndWhoElseWrites) {
  trial();
  ASSERT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(sim::cli::command({"status", "--journal", journal}).status, 0);
  sqlite("UPDATE tblproducts SET qty = 99 WHERE id = 1");
  ASSERT_EQ(run({"sync"}).status, 0);
  const Said foreign = sim::cli::command({"status", "--journal", journal, "--json"});
  EXPECT_EQ(foreign.status, 1);
  EXPECT_EQ(json::parse(foreign.out)["foreign"][0]["found"], 99);
  url = "http://127.0.0.1:1/api/v1";
  EXPECT_EQ(run({"sync"}).status, 3);
  const json kept = json::parse(sim::cli::command({"status", "--journal", journal, "--json"}).out);
  EXPECT_EQ(kept["waiting"].size(), 2U);
  EXPECT_NE(kept["last_good_sweep"], nullptr);
  const Said metrics = sim::cli::command({"status", "--journal", journal, "--prometheus"});
  EXPECT_EQ(metrics.status, 0);
  EXPECT_THAT(metrics.out, HasSubstr("\nvfstock_products_kept 2\n"));
  EXPECT_EQ(sim::cli::command({"status", "--journal", folder.path() + "/none.db"}).status, 3);
}

TEST_F(Sync, ASecondWriterIsRefused) {
  trial();
  SqliteDatabase other(folder.path() + "/shop.db", SqliteDatabase::Open::read_write);
  ASSERT_TRUE(other.lock_writers(std::chrono::seconds{0}));
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr("another vfstock is writing this shop"));
  EXPECT_EQ(qty(1), "20");
}

TEST_F(Sync, SettlesWhatAnEarlierRunLeftUnfinished) {
  trial();
  {
    const auto database = sqlite::open_journal(journal, SqliteDatabase::Open::create);
    database->change("INSERT INTO intent (at, product, old_qty, new_qty) VALUES (0, 1, 20, 31)",
                     {});
  }
  const Said said = run({"sync"});
  EXPECT_THAT(said.err, HasSubstr("cut off while it wrote product 1 from 20 to 31"));
  EXPECT_THAT(said.err, HasSubstr("the row now holds 20"));
  EXPECT_THAT(run({"sync"}).err, Not(HasSubstr("cut off")));
}

TEST_F(Sync, ASnapshotPlansTheSameAsTheLiveShop) {
  trial();
  const std::string fleet = folder.path() + "/fleet.json";
  ASSERT_EQ(run({"snapshot", fleet}).status, 0);
  const Said live = run({"sync", "--dry-run", "--json"});
  const Said planned = sim::cli::command({"sync", "--dry-run", "--json", "--fleet", fleet});
  EXPECT_EQ(planned.status, 0) << planned.err;
  EXPECT_EQ(json::parse(planned.out), json::parse(live.out));
  EXPECT_THAT(folder.read("fleet.json"), HasSubstr("fra-1"));
}

TEST_F(Sync, AnAnonymousSnapshotHoldsNoNames) {
  trial();
  const std::string fleet = folder.path() + "/fleet.json";
  const Said said = run({"snapshot", "--anonymise", fleet});
  ASSERT_EQ(said.status, 0) << said.err;
  const std::string text = folder.read("fleet.json");
  for (const char* name : {"fra-1", "VPS S", "Frankfurt", "London", "127.0.0.1", token}) {
    EXPECT_THAT(text, Not(HasSubstr(name)));
  }
  const Said planned = sim::cli::command({"sync", "--dry-run", "--json", "--fleet", fleet});
  EXPECT_EQ(product(planned, 0)["next"], 31);
}

TEST_F(Sync, HalfAPanelIsNoSnapshot) {
  trial();
  panel.answer_with(mockpanel::wire::always(mockpanel::wire::json_answer("{}")));
  EXPECT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 3);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/fleet.json"));
}

TEST_F(Sync, ExplainsAProductOfTheLiveShop) {
  trial();
  const Said said = run({"explain", "--product", "1"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("Product 1 \"VPS S\" stands at 20"));
  EXPECT_THAT(said.out, HasSubstr("fra-2"));
  EXPECT_THAT(said.out, HasSubstr("Set 31"));
  EXPECT_EQ(run({"explain", "--product", "77"}).status, 2);
}

TEST_F(Sync, CheckTellsPanelAndShop) {
  trial();
  const Said good = run({"check"});
  EXPECT_EQ(good.status, 0) << good.out;
  EXPECT_THAT(good.out, HasSubstr("the token may read hypervisor groups"));
  panel.answer_with([](const mockpanel::api::Request& request) {
    auto delivery = mockpanel::wire::json_answer("{}");
    if (request.path != "/connect") delivery.response.status = 403;
    return delivery;
  });
  const Said refused = run({"check"});
  EXPECT_EQ(refused.status, 3);
  EXPECT_THAT(refused.out, HasSubstr("the token lacks read access to compute"));
}

TEST_F(Sync, AStretchOfTheJournalReplaysToTheSameDecisions) {
  trial();
  run({"sync"});
  panel.world().hypervisors.at(1).cores.base += 10;
  panel.world().touch();
  run({"sync"});
  sqlite("UPDATE tblproducts SET qty = 2 WHERE id = 2");
  panel.answer_with([](const auto&) {
    auto delivery = mockpanel::wire::json_answer("{}");
    delivery.response.status = 502;
    return delivery;
  });
  run({"sync"});
  panel.answer_with({});
  panel.world().packages.at(2).enabled = false;
  panel.world().touch();
  run({"sync"});
  const Said made =
      sim::cli::command({"journal", "--journal", journal, "--scenario", "2020-01-01..2100-01-01"});
  ASSERT_EQ(made.status, 0) << made.err;
  const std::string file = folder.write("night.json", made.out);
  const Said replayed = sim::cli::command({"replay", "--transport", "direct", "--json", file});
  EXPECT_EQ(replayed.status, 0) << replayed.out << replayed.err << made.out;
  const json steps = json::parse(made.out)["timeline"];
  EXPECT_EQ(std::count_if(steps.begin(), steps.end(),
                          [](const json& step) { return step.contains("expect"); }),
            8);
}

TEST_F(Sync, TheJournalListsAndFilters) {
  trial();
  run({"sync"});
  const Said all = sim::cli::command({"journal", "--journal", journal, "--json"});
  EXPECT_EQ(json::parse(all.out)["decisions"].size(), 2U);
  const Said wrote =
      sim::cli::command({"journal", "--journal", journal, "--json", "--outcome", "wrote"});
  ASSERT_EQ(json::parse(wrote.out)["decisions"].size(), 1U);
  const auto id = json::parse(wrote.out)["decisions"][0]["id"].get<int>();
  const Said one =
      sim::cli::command({"journal", "--journal", journal, "--decision", std::to_string(id)});
  EXPECT_EQ(json::parse(one.out)["breakdown"]["capacity"], 31);
  EXPECT_EQ(sim::cli::command({"journal", "--journal", journal, "--from", "soon"}).status, 2);
}

TEST_F(Sync, AMariadbShopIsSyncedAndALostReplyIsReadFromTheRow) {
  MariadbServer& server = MariadbServer::shared();
  server.reset();
  for (const std::string& grant : readme_grants()) server.sql(grant);
  CuttingRelay relay(server.socket());
  shop = "mysql://vfstock@localhost/whmcs?socket=" + relay.socket();
  relay.cut(CuttingRelay::Cut::before_commit_reply);
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "31");
  ASSERT_EQ(decisions().size(), 2U);
  EXPECT_EQ(decisions()[0].outcome, "wrote");
}

TEST_F(Sync, AStoppedMariadbEndsTheRunWithItsReason) {
  MariadbServer& server = MariadbServer::shared();
  server.reset();
  shop = server.address("root");
  password = "";
  server.stop();
  const Said said = run({"sync"});
  server.start();
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr("mysql://root@localhost/whmcs"));
  EXPECT_EQ(run({"sync"}).status, 0);
}

}  // namespace
}  // namespace vfstock::store
