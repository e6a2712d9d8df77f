// The panel's webhooks: what is told of a world that changes, and what becomes of it on the way.
#include "mockpanel/wire/webhooks.h"

#include <algorithm>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

namespace vfstock::mockpanel::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

model::World world_of(std::vector<std::pair<std::int64_t, std::int64_t>> servers) {
  model::World world;
  for (const auto& [id, package] : servers) {
    world.servers[id].id = id;
    world.servers[id].package = package;
  }
  return world;
}

TEST(ServerChanges, AreCreationsChangesAndRemovals) {
  model::World world = world_of({{1, 7}, {2, 7}});
  ServerChanges changes(world);
  EXPECT_THAT(changes.since(world), IsEmpty());
  world.servers.erase(1);
  world.servers[2].package = 8;
  world.servers[3].package = 7;
  world.touch();
  EXPECT_THAT(changes.since(world),
              ElementsAre(Webhook{"server.modify", 2}, Webhook{"server.create", 3},
                          Webhook{"server.destroy", 1}));
  EXPECT_THAT(changes.since(world), IsEmpty());
}

TEST(WebhookFates, HaveNames) {
  EXPECT_EQ(webhook_fate("twice"), WebhookFate::twice);
  EXPECT_EQ(webhook_fate("wrong-token"), WebhookFate::wrong_token);
  EXPECT_FALSE(webhook_fate("eaten"));
}

TEST(WebhookSender, NeedsAUrl) {
  EXPECT_THROW(WebhookSender({.url = "receiver.example/x", .token = {}, .fates = {}}),
               std::invalid_argument);
}

/// A receiver that remembers.
struct Receiver : ::testing::Test {
  std::mutex mutex;
  std::condition_variable came;
  std::vector<std::pair<std::string, std::string>> letters;  // token and server
  httplib::Server server;
  int port = 0;
  std::thread thread;

  void SetUp() override {
    server.Post("/hook", [this](const httplib::Request& request, httplib::Response&) {
      const auto body = nlohmann::json::parse(request.body);
      const std::lock_guard lock(mutex);
      letters.emplace_back(
          request.get_header_value("Authorization"),
          body["data"].contains("server")
              ? body["event"].get<std::string>() + " " + body["data"]["server"]["id"].dump()
              : "forged");
      came.notify_all();
    });
    port = server.bind_to_any_port("127.0.0.1");
    thread = std::thread([this] { server.listen_after_bind(); });
  }
  void TearDown() override {
    server.stop();
    thread.join();
  }
  /// Sends webhooks about servers 1, 2, ... with these fates and waits for so many letters.
  std::vector<std::string> sent(std::vector<WebhookFate> fates, std::size_t expected) {
    std::vector<Webhook> webhooks;
    for (std::size_t i = 0; i < fates.size(); ++i) {
      webhooks.push_back({"server.create", static_cast<std::int64_t>(i + 1)});
    }
    WebhookSender sender({.url = "http://127.0.0.1:" + std::to_string(port) + "/hook",
                          .token = "t",
                          .fates = std::move(fates),
                          .late_by = std::chrono::milliseconds{50}});
    sender.tell(webhooks, "2026-11-30T12:00:00Z");
    std::unique_lock lock(mutex);
    came.wait_for(lock, std::chrono::seconds{60}, [&] { return letters.size() >= expected; });
    std::vector<std::string> texts;
    for (const auto& [token, text] : letters) texts.push_back(token + " " + text);
    return texts;
  }
};

TEST_F(Receiver, IsToldInOrder) {
  using enum WebhookFate;
  EXPECT_THAT(sent({usual, usual}, 2),
              ElementsAre("Bearer t server.create 1", "Bearer t server.create 2"));
}

TEST_F(Receiver, IsToldTwiceOrNotAtAll) {
  using enum WebhookFate;
  EXPECT_THAT(sent({lost, twice, usual}, 3),
              ElementsAre("Bearer t server.create 2", "Bearer t server.create 2",
                          "Bearer t server.create 3"));
}

TEST_F(Receiver, IsToldOutOfOrderOrLate) {
  using enum WebhookFate;
  EXPECT_THAT(sent({reordered, usual, late, usual}, 4),
              ElementsAre("Bearer t server.create 2", "Bearer t server.create 1",
                          "Bearer t server.create 4", "Bearer t server.create 3"));
}

TEST_F(Receiver, IsLiedTo) {
  using enum WebhookFate;
  EXPECT_THAT(sent({forged, wrong_token}, 2),
              ElementsAre(" forged", "Bearer not-the-receivers server.create 2"));
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
