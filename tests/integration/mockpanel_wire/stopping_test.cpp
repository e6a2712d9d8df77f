// The server must be gone at once, whatever its clients do: a test here that fails hangs.
#include <chrono>
#include <future>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using namespace std::chrono_literals;

TEST(Stopping, AtOnceAfterStarting) {
  for (int i = 0; i < 20; ++i) const Served panel(always(json_answer("[]")));
}

TEST(Stopping, WithIdleConnections) {
  auto panel = std::make_unique<Served>(always(json_answer("[]")));
  RawClient kept(panel->port());
  kept.ask(get_request("/api/v1/a"));
  RawClient fresh(panel->port());
  panel.reset();
  EXPECT_EQ(kept.receive().ended, Ended::closed);
  EXPECT_NE(fresh.receive().ended, Ended::gave_up);
}

TEST(Stopping, WithHalfARequest) {
  auto panel = std::make_unique<Served>(always(json_answer("[]")));
  RawClient client(panel->port());
  client.send("GET /api/v1/a HTTP/1.1\r\n");
  EXPECT_TRUE(client.hears_nothing_for(20ms));
  panel.reset();
  EXPECT_NE(client.receive().ended, Ended::gave_up);
}

TEST(Stopping, WhileItKeepsSilent) {
  std::promise<void> asked;
  auto panel = std::make_unique<Served>([&asked](const api::Request&) {
    asked.set_value();
    return json_answer("[]", faults::End::no_answer);
  });
  RawClient client(panel->port());
  client.send(get_request("/api/v1/a"));
  asked.get_future().wait();
  panel.reset();
  EXPECT_EQ(client.receive().ended, Ended::closed);
}

TEST(Stopping, WhileAnAnswerIsDelayed) {
  std::promise<void> asked;
  auto panel = std::make_unique<Served>([&asked](const api::Request&) {
    asked.set_value();
    faults::Delivery delivery = json_answer("[]");
    delivery.delay = 1h;
    return delivery;
  });
  RawClient client(panel->port());
  client.send(get_request("/api/v1/a"));
  asked.get_future().wait();
  panel.reset();
  const Received received = client.receive();
  EXPECT_EQ(received.ended, Ended::closed);
  EXPECT_TRUE(received.head.empty());
}

TEST(Stopping, WhileAClientTakesNothing) {
  auto panel =
      std::make_unique<Served>(always(json_answer(std::string(std::size_t{8} * 1024 * 1024, 'x'))));
  RawClient client(panel->port());
  client.send(get_request("/api/v1/a"));
  client.hears_nothing_for(20ms);
  panel.reset();
}

TEST(Stopping, WhileRefusing) {
  Served panel(always(json_answer("[]")));
  panel.server().refuse(true);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
