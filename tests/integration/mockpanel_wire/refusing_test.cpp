#include <atomic>
#include <cerrno>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mockpanel/wire/listener.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

TEST(Refusing, NewConnectionsAreRefusedByTheKernel) {
  Served panel(always(json_answer("[]")));
  panel.server().refuse(true);
  EXPECT_EQ(RawClient(panel.port()).connect_error(), ECONNREFUSED);
  EXPECT_EQ(RawClient(panel.port()).connect_error(), ECONNREFUSED);
}

TEST(Refusing, KeptConnectionsAreClosed) {
  Served panel(always(json_answer("[]")));
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, "[]");
  panel.server().refuse(true);
  EXPECT_EQ(client.receive().ended, Ended::closed);
}

TEST(Refusing, NoRequestIsHandledMeanwhile) {
  Served panel(always(json_answer("[]")));
  RawClient client(panel.port());
  client.ask(get_request("/api/v1/a"));
  panel.server().refuse(true);
  client.send(get_request("/api/v1/b"));
  client.receive();
  EXPECT_EQ(panel.requests().size(), 1U);
}

TEST(Refusing, TheSamePortServesAgainAfterwards) {
  Served panel(always(json_answer("[]")));
  const int port = panel.port();
  for (int i = 0; i < 5; ++i) {
    panel.server().refuse(true);
    panel.server().refuse(true);
    EXPECT_EQ(RawClient(port).connect_error(), ECONNREFUSED);
    panel.server().refuse(false);
    panel.server().refuse(false);
    RawClient client(port);
    EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, "[]");
  }
}

TEST(Refusing, ThePortStaysReserved) {
  Served panel(always(json_answer("[]")));
  panel.server().refuse(true);
  ServerOptions options;
  options.workers = 1;
  for (int i = 0; i < 50; ++i) {
    const Server other(options, always(json_answer("{}")));
    EXPECT_NE(other.port(), panel.port());
  }
}

TEST(Refusing, MayBeAskedForByTheHandlerAndLosesItsAnswer) {
  Server* server = nullptr;
  Served panel([&](const api::Request&) {
    server->refuse(true);
    return json_answer("[]");
  });
  server = &panel.server();
  RawClient client(panel.port());
  const Received received = client.ask(get_request("/api/v1/a"));
  EXPECT_EQ(received.ended, Ended::closed);
  EXPECT_TRUE(received.head.empty());
  EXPECT_EQ(RawClient(panel.port()).connect_error(), ECONNREFUSED);
}

TEST(Refusing, ARequestThatWaitsForTheHandlerIsNeverHandled) {
  std::promise<void> inside;
  std::promise<void> go_on;
  Served panel([&](const api::Request&) {
    inside.set_value();
    go_on.get_future().wait();
    return json_answer("[]");
  });
  RawClient first(panel.port());
  first.send(get_request("/api/v1/first"));
  inside.get_future().wait();
  RawClient second(panel.port());
  second.send(get_request("/api/v1/second"));
  EXPECT_TRUE(second.hears_nothing_for(std::chrono::milliseconds{50}));
  panel.server().refuse(true);
  go_on.set_value();
  EXPECT_EQ(second.receive().ended, Ended::closed);
  EXPECT_EQ(panel.requests().size(), 1U);
}

TEST(Refusing, ManyClientsMeanwhileBreakNothing) {
  Served panel(always(json_answer("[]")));
  std::atomic<bool> stop = false;
  std::vector<std::thread> clients(6);
  for (std::thread& thread : clients) {
    thread = std::thread([&] {
      while (!stop) {
        RawClient client(panel.port());
        if (client.connect_error() == 0) client.ask(get_request("/api/v1/a"));
      }
    });
  }
  for (int i = 0; i < 50; ++i) {
    panel.server().refuse(true);
    EXPECT_EQ(RawClient(panel.port()).connect_error(), ECONNREFUSED);
    panel.server().refuse(false);
  }
  stop = true;
  for (std::thread& client : clients) client.join();
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, "[]");
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
