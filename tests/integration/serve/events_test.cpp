// Events at the door of the real daemon: what is believed, what is not, and what follows.
#include <gmock/gmock.h>

#include "engine/sqlite/journal_file.h"
#include "mockpanel/wire/webhooks.h"
#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Events : ServedShop {
  /// Ids in the queue's table, by whether they are handled.
  std::int64_t events(const std::string& where) const {
    return sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only)
        ->query("SELECT count(*) AS found FROM event WHERE " + where, {})
        .at(0)
        .integer("found");
  }
  static void wait_until_handled(const ServingProgram& daemon) {
    wait_until([&] { return daemon.json("/v1/status")["queue"] == 0; }, "an empty queue");
  }
};

TEST_F(Events, OfTheShopBringTheQtyUpToThePanel) {
  const auto daemon = start({"--event-window", "0s"});
  take_london(16);
  const auto answer =
      send_event(*daemon, "msg_1", module_event_body("AfterModuleTerminate", 12, 1));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200) << answer->body;
  wait_until([&] { return qty(1) == 24; }, "the qty without London");
  wait_until([&] { return daemon->metric("vfstock_event_to_write_seconds_count") >= 1; },
             "the time from event to write");
  EXPECT_EQ(daemon->metric("vfstock_events_total{event=\"AfterModuleTerminate\",source=\"whmcs\"}"),
            1);
}

TEST_F(Events, OfTheSameIdAreHandledOnce) {
  const auto daemon = start({"--event-window", "0s"});
  const std::string body = module_event_body("AfterModuleChangePackage", 12, 1);
  EXPECT_THAT(send_event(*daemon, "msg_1", body)->body, HasSubstr("stored"));
  wait_until_handled(*daemon);
  const double sweeps = daemon->metric(
      "vfstock_sweeps_total{result=\"success\",trigger=\"AfterModuleChangePackage\"}");
  for (int i = 0; i < 3; ++i) {
    const auto again = send_event(*daemon, "msg_1", body);
    EXPECT_EQ(again->status, 200);
    EXPECT_THAT(again->body, HasSubstr("known"));
  }
  EXPECT_THAT(send_event(*daemon, "msg_2", R"({"type":"AfterCronJob"})")->body,
              HasSubstr("stored"));
  wait_until_handled(*daemon);
  EXPECT_EQ(daemon->metric(
                "vfstock_sweeps_total{result=\"success\",trigger=\"AfterModuleChangePackage\"}"),
            sweeps);
  EXPECT_EQ(events("id = 'msg_1'"), 1);
}

TEST_F(Events, WithoutAGoodSignatureAreRefusedAndLeaveNothing) {
  const auto daemon = start();
  daemon->wait_until_it_looked();
  const std::size_t before = panel.requests();
  const std::string body = module_event_body("AfterModuleCreate", 12, 1);
  auto client = daemon->client();
  const auto post = [&](const httplib::Headers& headers) {
    return client.Post("/webhooks/whmcs", headers, body, "application/json")->status;
  };
  EXPECT_EQ(post({}), 401);
  EXPECT_EQ(post(signed_headers("msg_1", body + " ")), 401);
  httplib::Headers old = signed_headers("msg_1", body);
  old.erase("webhook-timestamp");
  old.emplace("webhook-timestamp", "1614265330");
  EXPECT_EQ(post(old), 401);
  EXPECT_EQ(events("1"), 0);
  EXPECT_EQ(daemon->metric("vfstock_events_refused_total{reason=\"incomplete\"}"), 1);
  EXPECT_EQ(daemon->metric("vfstock_events_refused_total{reason=\"forged\"}"), 1);
  EXPECT_EQ(daemon->metric("vfstock_events_refused_total{reason=\"stale\"}"), 1);
  EXPECT_EQ(panel.requests(), before);
}

TEST_F(Events, ThatAreTooLargeOrUnreadableAreRefused) {
  const auto daemon = start();
  EXPECT_EQ(send_event(*daemon, "msg_1", "{\"type\":\"Unknown\"}")->status, 422);
  const std::string large =
      "{\"type\":\"AfterCronJob\",\"x\":\"" + std::string(20'000, 'x') + "\"}";
  const auto answer = send_event(*daemon, "msg_2", large);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(events("1"), 0);
}

TEST_F(Events, AreNotAcknowledgedBeforeTheyAreOnDisk) {
  const auto daemon = start();
  {
    // Somebody holds the file for longer than the daemon waits.
    const auto other = sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_write);
    const sqlite::SqliteTransaction blocks(*other);
    const auto answer = send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
  }
  EXPECT_EQ(events("id = 'msg_1'"), 0);
  EXPECT_EQ(send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
}

TEST_F(Events, OfThePanelMakeItLookAndAreBelievedInNothing) {
  const auto daemon = start({"--event-window", "0s"});
  EXPECT_EQ(send_hint(*daemon, "wrong")->status, 401);
  EXPECT_EQ(send_hint(*daemon, "")->status, 401);
  take_london(2);  // one place of product 1 less
  EXPECT_EQ(send_hint(*daemon, virtfusion_token)->status, 200);
  wait_until([&] { return qty(1) == 30; }, "what the panel itself says");
  EXPECT_EQ(qty(2), 12);
}

TEST_F(Events, OfThePanelCannotRaiseTheReads) {
  const auto daemon = start({"--event-window", "1h"});
  ASSERT_EQ(send_hint(*daemon, virtfusion_token)->status, 200);
  wait_until_handled(*daemon);
  ASSERT_EQ(daemon->status("/v1/plan"), 200);
  const std::size_t after_the_first = panel.requests();
  for (int i = 0; i < 200; ++i) ASSERT_EQ(send_hint(*daemon, virtfusion_token)->status, 200);
  ASSERT_EQ(daemon->status("/v1/plan"), 200);
  EXPECT_EQ(panel.requests(), after_the_first);
  EXPECT_EQ(events("source = 'virtfusion' AND handled IS NULL"), 1) << "one look is still due";
}

TEST_F(Events, OfThePanelMayBeLostTwiceForgedAndWithoutAToken) {
  using mockpanel::wire::WebhookFate;
  const auto daemon = start({"--event-window", "0s"});
  mockpanel::wire::WebhookSender webhooks(
      {daemon->url() + "/webhooks/virtfusion",
       virtfusion_token,
       {WebhookFate::lost, WebhookFate::twice, WebhookFate::forged, WebhookFate::wrong_token,
        WebhookFate::reordered, WebhookFate::usual}});
  mockpanel::wire::ServerChanges changes(panel.world());
  for (int i = 0; i < 6; ++i) {
    panel.change([&](mockpanel::model::World& world) {
      mockpanel::model::CreateRequest one_more;
      one_more.package = 1;
      one_more.group = 2;
      world.create(one_more, false, "2026-11-30T12:00:00+00:00");
      webhooks.tell(changes.since(world), "2026-11-30T12:00:00+00:00");
    });
  }
  wait_until([&] { return qty(1) == 25; }, "six places less in London");
  wait_until([&] { return daemon->metric("vfstock_events_refused_total{reason=\"token\"}") == 2; },
             "the forged and the wrong one refused");
}

TEST_F(Events, OfCartsAreFewHoweverManyViews) {
  const auto daemon = start();
  for (int i = 0; i < 300; ++i) {
    const auto answer = send_event(*daemon, "msg_" + std::to_string(i),
                                   R"({"type":"ClientAreaPageCart","data":{"product":1}})");
    ASSERT_EQ(answer->status, 200);
  }
  wait_until_handled(*daemon);
  EXPECT_LT(events("kind = 'ClientAreaPageCart'"), 30);
  EXPECT_GE(events("kind = 'ClientAreaPageCart'"), 1);
}

TEST_F(Events, AreFoundOutByLookingWhereNobodySendsThem) {
  shop_sql(
      "INSERT INTO tblhosting (id, orderid, packageid, domainstatus) VALUES (7, 0, 1, "
      "'Pending')");
  const auto daemon = start({"--event-window", "0s", "--watch-services", "5s"});
  daemon->wait_until_it_looked();
  wait_until(
      [&] { return events("source = 'watch' AND kind = 'look' AND handled IS NOT NULL") == 1; },
      "the first look");
  take_london(2);
  shop_sql("UPDATE tblhosting SET domainstatus = 'Active' WHERE id = 7");
  wait_until([&] { return qty(1) == 30; }, "the qty after the new service");
  EXPECT_EQ(events("source = 'watch' AND kind = 'AfterModuleCreate' AND service = 7"), 1);
}

}  // namespace
}  // namespace vfstock::serve
