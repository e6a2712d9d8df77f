// The daemon as its operator meets it: health, questions, rights, names, and its end.
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Daemon = ServedShop;

httplib::Headers as_operator() {
  return {{"Authorization", std::string("Bearer ") + operator_token}};
}

/// systemd's socket, of the test's own.
class SystemdSocket {
 public:
  explicit SystemdSocket(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof(at.sun_path) - 1);
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) ADD_FAILURE() << path;
    const timeval patience{60, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~SystemdSocket() { ::close(socket_); }
  SystemdSocket(const SystemdSocket&) = delete;
  SystemdSocket& operator=(const SystemdSocket&) = delete;
  /// Reads messages until one holds this.
  std::string next_with(const std::string& part) const {
    for (;;) {
      char text[512];
      const ssize_t size = ::recv(socket_, text, sizeof text, 0);
      if (size < 0) return "nothing in a minute";
      const std::string message(text, static_cast<std::size_t>(size));
      if (message.find(part) != std::string::npos) return message;
    }
  }

 private:
  int socket_;
};

TEST_F(Daemon, IsAliveReadyAndTellsWhatItKnows) {
  const auto daemon = start();
  daemon->wait_until_it_looked();
  for (const char* path : {"/livez", "/-/healthy", "/-/ready", "/"}) {
    EXPECT_EQ(daemon->status(path), 200) << path;
  }
  EXPECT_EQ(daemon->metric("vfstock_writer"), 1);
  EXPECT_EQ(daemon->metric("vfstock_product_qty{product=\"1\"}"), 31);
  const auto products = daemon->json("/v1/products");
  EXPECT_EQ(products["products"][0]["groups"].dump(),
            R"([{"capacity":24,"id":1},{"capacity":7,"id":2}])");
  const auto product = daemon->json("/v1/products/1");
  EXPECT_EQ(product["derivation"]["capacity"], 31);
  EXPECT_EQ(product["history"][0]["new_qty"], 31);
  EXPECT_EQ(daemon->json("/v1/decisions?product=2&limit=1")["decisions"].size(), 1U);
  EXPECT_EQ(daemon->status("/v1/decisions?limit=x"), 400);
  EXPECT_EQ(daemon->status("/v1/products/99"), 404);
}

TEST_F(Daemon, TellsSystemdThatItIsReadyAndAlive) {
  const SystemdSocket systemd(folder.path() + "/notify");
  variables["NOTIFY_SOCKET"] = folder.path() + "/notify";
  variables["WATCHDOG_USEC"] = "400000";
  const auto daemon = start();
  EXPECT_EQ(systemd.next_with("READY"), "READY=1");
  EXPECT_EQ(systemd.next_with("WATCHDOG"), "WATCHDOG=1");
  EXPECT_THAT(systemd.next_with("STATUS=writer"), HasSubstr("2 products"));
  daemon->signal(SIGTERM);
  EXPECT_THAT(systemd.next_with("STOPPING"), StartsWith("STOPPING=1"));
  EXPECT_EQ(daemon->wait(), 0);
}

TEST_F(Daemon, TellsSystemdNothingOfAReloadBeforeItIsReady) {
  const SystemdSocket systemd(folder.path() + "/notify");
  variables["NOTIFY_SOCKET"] = folder.path() + "/notify";
  std::filesystem::rename(folder.path() + "/shop.db", folder.path() + "/away.db");
  const auto daemon = start();
  daemon->signal(SIGHUP);
  wait_until([&] { return daemon->log().find("config.reloaded") != std::string::npos; },
             "a reload");
  daemon->signal(SIGTERM);
  EXPECT_EQ(daemon->wait(), 0);
  std::string told;
  for (std::string next; !next.starts_with("STOPPING=1"); told += next + "\n") {
    next = systemd.next_with("");
    ASSERT_NE(next, "nothing in a minute");
  }
  EXPECT_THAT(told, Not(HasSubstr("READY=1")));
  EXPECT_THAT(told, Not(HasSubstr("RELOADING=1")));
}

TEST_F(Daemon, PlansWithoutWritingAndRecalculatesForItsOperator) {
  const auto daemon = start({"--event-window", "1h"});
  daemon->wait_until_it_looked();
  take_london(16);
  auto client = daemon->client();
  EXPECT_EQ(client.Post("/v1/recalculate", "", "application/json")->status, 401);
  EXPECT_EQ(client.Post("/v1/brake/release", "", "application/json")->status, 401);
  EXPECT_EQ(qty(1), 31);
  // What was read a moment ago is still good; an event says that it is not.
  send_event(*daemon, "msg_1", module_event_body("AfterModuleTerminate", 1, 1));
  wait_until([&] { return daemon->json("/v1/plan")["products"][0]["next"] == 24; }, "a new plan");
  EXPECT_EQ(qty(1), 31);
  const auto answer = client.Post("/v1/recalculate", as_operator(), "", "application/json");
  ASSERT_EQ(answer->status, 200) << answer->body;
  const auto report = nlohmann::json::parse(answer->body);
  EXPECT_EQ(report["products"].dump(), R"({"1":24,"2":12})");
  EXPECT_EQ(report["summary"]["updated"], 1);
  EXPECT_EQ(qty(1), 24);
  EXPECT_EQ(client.Post("/v1/recalculate", as_operator(), "[]", "application/json")->status, 400);
}

TEST_F(Daemon, GuardsTheCheckout) {
  const auto daemon = start();
  daemon->wait_until_it_looked();
  auto client = daemon->client();
  const auto ask = [&](const std::string& items) {
    return client.Post("/v1/checkout", "{\"items\":[" + items + "]}", "application/json")->body;
  };
  EXPECT_THAT(ask(R"({"product":1,"location":"2|London","qty":7})"), HasSubstr("\"ok\":true"));
  EXPECT_THAT(ask(R"({"product":1,"location":"2|London","qty":8})"),
              HasSubstr("\"ok\":false,\"item\":0,\"left\":7"));
  EXPECT_EQ(client.Post("/v1/checkout", "x", "application/json")->status, 400);
}

TEST_F(Daemon, AnswersToItsOwnNamesAlone) {
  const auto daemon = start({"--host", "stock.example"});
  auto client = daemon->client();
  const auto as = [&](const std::string& host) {
    return client.Get("/v1/status", {{"Host", host}})->status;
  };
  EXPECT_EQ(as("127.0.0.1:8893"), 200);
  EXPECT_EQ(as("localhost"), 200);
  EXPECT_EQ(as("[::1]:8893"), 200);
  EXPECT_EQ(as("Stock.Example:443"), 200);
  EXPECT_EQ(as("evil.example"), 421);
  EXPECT_EQ(as("127.0.0.1.evil.example"), 421);
}

TEST_F(Daemon, DoesNotListenForOthersWithoutProtection) {
  const sim::cli::Said said = sim::cli::command({"serve", "--listen", "0.0.0.0:0", "--shop", shop,
                                                 "--panel", panel.url(), "--journal", journal},
                                                variables);
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("--tls-certificate"));
}

TEST_F(Daemon, SharesItsPortWithNobody) {
  const auto daemon = start();
  const sim::cli::Said said =
      sim::cli::command({"serve", "--listen", fmt::format("127.0.0.1:{}", daemon->port()), "--shop",
                         shop, "--panel", panel.url(), "--journal", folder.path() + "/other.db"},
                        variables);
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("is it taken?"));
}

TEST_F(Daemon, EndsWhenItIsTold) {
  const auto daemon = start();
  daemon->wait_until_it_looked();
  EXPECT_EQ(daemon->end(SIGTERM), 0);
  EXPECT_EQ(start()->end(SIGINT), 0);
}

/// A panel that takes a request and keeps it until the test is over.
struct SlowPanel : ServedShop {
  std::mutex mutex;
  std::condition_variable over;
  bool is_over = false;
  std::atomic<int> kept{0};

  void hold_every_request() {
    panel.answer_with([this](const mockpanel::api::Request&) {
      ++kept;
      std::unique_lock lock(mutex);
      over.wait(lock, [this] { return is_over; });
      return mockpanel::faults::Delivery{};
    });
  }
  void let_go() {
    {
      const std::lock_guard lock(mutex);
      is_over = true;
    }
    over.notify_all();
  }
  /// A daemon in the middle of a request that does not end.
  std::unique_ptr<ServingProgram> start_asking() {
    auto daemon = start({"--event-window", "0s"});
    daemon->wait_until_it_looked();
    hold_every_request();
    send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1));
    wait_until([&] { return kept > 0; }, "a request that the panel keeps");
    return daemon;
  }
};

TEST_F(SlowPanel, IsNotWaitedForWhenTheDaemonIsToEnd) {
  const auto daemon = start_asking();
  EXPECT_EQ(daemon->end(SIGTERM), 0);
  EXPECT_EQ(qty(1), 31) << "what could not be asked is kept";
  let_go();
}

TEST_F(Daemon, LivesOnWhileThePanelIsDown) {
  const auto daemon = start({"--event-window", "0s"});
  daemon->wait_until_it_looked();
  panel.refuse(true);
  send_event(*daemon, "msg_1", module_event_body("AfterModuleTerminate", 12, 1));
  wait_until([&] { return daemon->metric("vfstock_consecutive_failures") >= 1; }, "a failure");
  EXPECT_EQ(daemon->status("/livez"), 200);
  EXPECT_EQ(daemon->status("/readyz"), 200);
  EXPECT_EQ(qty(1), 31);
  EXPECT_THAT(daemon->get("/v1/status"), HasSubstr("refused"));
}

TEST_F(Daemon, RecoversWhenTheShopIsThereAgain) {
  std::filesystem::rename(folder.path() + "/shop.db", folder.path() + "/away.db");
  const auto daemon = start({"--event-window", "0s"});
  wait_until([&] { return daemon->get("/v1/status").find("opening") != std::string::npos; },
             "a daemon that cannot open its shop");
  EXPECT_EQ(daemon->status("/livez"), 200);
  EXPECT_EQ(daemon->status("/readyz"), 503);
  EXPECT_EQ(daemon->metric("vfstock_writer"), 0);
  take_london(16);
  // What comes meanwhile is kept.
  EXPECT_EQ(send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1))->status,
            200);
  std::filesystem::rename(folder.path() + "/away.db", folder.path() + "/shop.db");
  wait_until([&] { return qty(1) == 24; }, "the qty, once the shop is back");
  EXPECT_EQ(daemon->metric("vfstock_writer"), 1);
}

TEST_F(Daemon, SaysNoSecretAnywhere) {
  const auto daemon = start({"--event-window", "0s"});
  daemon->wait_until_it_looked();
  send_hint(*daemon, virtfusion_token);
  send_event(*daemon, "msg_1", module_event_body("AfterModuleCreate", 12, 1));
  wait_until([&] { return daemon->json("/v1/status")["queue"] == 0; }, "an empty queue");
  std::string everything = daemon->log();
  for (const char* path : {"/", "/metrics", "/v1/status", "/v1/products", "/v1/products/1",
                           "/v1/decisions", "/v1/plan"}) {
    everything += daemon->get(path);
  }
  ASSERT_GT(everything.size(), 5000U);
  for (const char* secret : {hook_secret, panel_token, operator_token, virtfusion_token}) {
    EXPECT_THAT(everything, Not(HasSubstr(secret)));
  }
}

}  // namespace
}  // namespace vfstock::serve
