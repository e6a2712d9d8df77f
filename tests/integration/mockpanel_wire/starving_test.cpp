// Connections that say nothing, or not enough, cost others nothing.
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "mockpanel/wire/gate.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using namespace std::chrono_literals;

/// Both ends of every connection are in this process.
void allow_many_descriptors() {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GE(limit.rlim_cur, 3000U) << "this test needs more descriptors than the system allows";
}

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients connected(int count, int port, const std::string& words) {
  Clients clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<RawClient>(port));
    EXPECT_EQ(clients.back()->connect_error(), 0);
    if (!words.empty()) clients.back()->send(words);
  }
  return clients;
}

class Starving : public testing::Test {
 protected:
  void SetUp() override { allow_many_descriptors(); }
  void expect_others_are_served() {
    for (int i = 0; i < 20; ++i) {
      RawClient other(panel.port());
      ASSERT_EQ(other.ask(get_request("/api/v1/a")).body, "[]");
    }
  }
  /// Two workers: one more that is held up, and nobody would be served.
  static ServerOptions two_workers() {
    ServerOptions options;
    options.workers = 2;
    return options;
  }

  Served panel{always(json_answer("[]")), two_workers()};
};

TEST_F(Starving, AThousandConnectionsThatSayNothing) {
  const Clients idle = connected(1000, panel.port(), "");
  expect_others_are_served();
}

TEST_F(Starving, AThousandThatStopInTheMiddleOfTheirHead) {
  const Clients half = connected(1000, panel.port(), "GET /api/v1/a HTTP/1.1\r\nHost:");
  expect_others_are_served();
}

TEST_F(Starving, AThousandThatStopInTheMiddleOfTheirBody) {
  const Clients half =
      connected(1000, panel.port(), "POST /api/v1/a HTTP/1.1\r\nContent-Length: 10\r\n\r\n{\"a\"");
  expect_others_are_served();
}

TEST_F(Starving, SlowOnesAreServedOnceTheyAreThrough) {
  const Clients slow = connected(100, panel.port(), "GET /api/v1/a HTTP/1.1\r\nHo");
  expect_others_are_served();
  for (const auto& client : slow) {
    EXPECT_EQ(client->ask("st: p\r\n\r\n").body, "[]");
  }
}

TEST_F(Starving, ANewcomerTakesThePlaceOfTheQuietest) {
  const Clients idle = connected(static_cast<int>(Gate::connections_max), panel.port(), "");
  expect_others_are_served();
  // The oldest have made room, the youngest are still there.
  EXPECT_EQ(idle.front()->receive().ended, Ended::closed);
  EXPECT_EQ(idle.back()->ask(get_request("/api/v1/a")).body, "[]");
}

TEST(Idle, ConnectionsAreClosedWhenTheirTimeIsOver) {
  ServerOptions options;
  options.workers = 2;
  options.idle_limit = 100ms;
  Served panel(always(json_answer("[]")), options);
  RawClient quiet(panel.port());
  EXPECT_EQ(quiet.receive().ended, Ended::closed);
  RawClient kept(panel.port());
  EXPECT_EQ(kept.ask(get_request("/api/v1/a")).body, "[]");
  EXPECT_EQ(kept.receive().ended, Ended::closed);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
