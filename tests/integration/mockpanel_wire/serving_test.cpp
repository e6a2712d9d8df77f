#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

/// Says what it was asked, so that a test can tell answers apart.
faults::Delivery echo(const api::Request& request) {
  return json_answer("\"" + request.method + " " + request.path + " " + request.body + "\"");
}

TEST(Serving, AnAnswerArrivesWithStatusHeadersAndBody) {
  faults::Delivery delivery = json_answer("{\"message\":\"Too Many Attempts.\"}");
  delivery.response.status = 429;
  delivery.response.headers.emplace_back("Retry-After", "5");
  Served panel(always(delivery));
  RawClient client(panel.port());
  const Received received = client.ask(get_request("/api/v1/connect"));
  EXPECT_TRUE(received.head.starts_with("HTTP/1.1 429 Too Many Requests\r\n")) << received.head;
  EXPECT_EQ(received.header("Retry-After"), "5");
  EXPECT_EQ(received.header("Content-Type"), "application/json");
  EXPECT_EQ(received.header("Connection"), "keep-alive");
  EXPECT_EQ(received.body, delivery.response.body);
}

TEST(Serving, TheHandlerSeesTheRequestAsItWasSent) {
  Served panel(echo);
  RawClient client(panel.port());
  client.ask(
      "POST /api/v1/servers%2F1?dryRun=true&x=a%20b HTTP/1.1\r\nHost: panel\r\nX-Odd: yes\r\n"
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=b&c");
  const auto requests = panel.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].path, "/servers/1");
  EXPECT_EQ(requests[0].query, (api::Fields{{"dryRun", "true"}, {"x", "a b"}}));
  EXPECT_EQ(requests[0].body, "a=b&c");
  EXPECT_EQ(api::field(requests[0].headers, "x-odd"), "yes");
  EXPECT_EQ(api::field(requests[0].headers, "content-type"), "application/x-www-form-urlencoded");
  EXPECT_FALSE(api::field(requests[0].headers, "REMOTE_ADDR").has_value());
}

TEST(Serving, APathOutsideTheBaseIsNotBelowIt) {
  Served panel(echo);
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/packages/7")).body, "\"GET /../../packages/7 \"");
}

TEST(Serving, AConnectionServesManyRequests) {
  Served panel(echo);
  RawClient client(panel.port());
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    EXPECT_EQ(client.ask(get_request("/api/v1/packages/" + id)).body,
              "\"GET /packages/" + id + " \"");
  }
}

TEST(Serving, ADeleteWithoutALengthIsAnsweredAtOnceAndKeepsTheConnection) {
  Served panel(echo);
  RawClient client(panel.port());
  EXPECT_EQ(client.ask("DELETE /api/v1/servers/1 HTTP/1.1\r\nHost: p\r\n\r\n").body,
            "\"DELETE /servers/1 \"");
  EXPECT_EQ(client.ask(get_request("/api/v1/connect")).body, "\"GET /connect \"");
}

TEST(Serving, TheBodyOfAGetReachesTheHandler) {
  Served panel(echo);
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a", "Content-Length: 3\r\n") + "xyz").body,
            "\"GET /a xyz\"");
  EXPECT_EQ(client.ask(get_request("/api/v1/b")).body, "\"GET /b \"");
}

TEST(Serving, AChunkedBodyIsPutTogether) {
  Served panel(echo);
  RawClient client(panel.port());
  EXPECT_EQ(client
                .ask("POST /api/v1/a HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                .body,
            "\"POST /a abcde\"");
}

TEST(Serving, AHeadRequestIsToldTheLengthAndGetsNoBody) {
  Served panel(always(json_answer("[1,2]")));
  RawClient client(panel.port());
  client.send("HEAD /api/v1/connect HTTP/1.1\r\nHost: p\r\n\r\n");
  const Received head = client.receive(false);
  EXPECT_EQ(head.header("Content-Length"), "5");
  EXPECT_EQ(client.ask(get_request("/api/v1/connect")).body, "[1,2]");
}

TEST(Serving, AnOddMethodIsPassedOn) {
  Served panel(echo);
  RawClient client(panel.port());
  EXPECT_EQ(client.ask("PATCH /api/v1/a HTTP/1.1\r\nHost: p\r\n\r\n").body, "\"PATCH /a \"");
  EXPECT_EQ(client.ask("OPTIONS /api/v1/a HTTP/1.1\r\nHost: p\r\n\r\n").body, "\"OPTIONS /a \"");
}

TEST(Serving, AClientThatWantsToCloseIsClosed) {
  Served panel(echo);
  RawClient client(panel.port());
  const Received received = client.ask(get_request("/api/v1/a", "Connection: close\r\n"));
  EXPECT_EQ(received.header("Connection"), "close");
  EXPECT_EQ(client.receive().ended, Ended::closed);
}

TEST(Serving, AnOldClientIsClosedUnlessItAsksToBeKept) {
  Served panel(echo);
  RawClient client(panel.port());
  client.ask("GET /api/v1/a HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.receive().ended, Ended::closed);
  RawClient kept(panel.port());
  kept.ask("GET /api/v1/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(kept.ask(get_request("/api/v1/b")).body, "\"GET /b \"");
}

TEST(Serving, PipelinedRequestsAreAnsweredInOrder) {
  Served panel(echo);
  RawClient client(panel.port());
  client.send(get_request("/api/v1/1") + get_request("/api/v1/2") + get_request("/api/v1/3"));
  EXPECT_EQ(client.receive().body, "\"GET /1 \"");
  EXPECT_EQ(client.receive().body, "\"GET /2 \"");
  EXPECT_EQ(client.receive().body, "\"GET /3 \"");
}

TEST(Serving, ARequestMayArriveInPieces) {
  Served panel(echo);
  RawClient client(panel.port());
  for (const char byte : get_request("/api/v1/a")) client.send(std::string_view(&byte, 1));
  EXPECT_EQ(client.receive().body, "\"GET /a \"");
}

TEST(Serving, ALargeAnswerArrivesWhole) {
  const std::string body(std::size_t{4} * 1024 * 1024, 'x');
  Served panel(always(json_answer(body)));
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, body);
}

TEST(Serving, AnExceptionOfTheHandlerIsAServerError) {
  Served panel([](const api::Request& request) -> faults::Delivery {
    if (request.path == "/bad") throw std::runtime_error("secret");
    return json_answer("[]");
  });
  RawClient client(panel.port());
  const Received received = client.ask(get_request("/api/v1/bad"));
  EXPECT_EQ(received.status(), 500);
  EXPECT_EQ(received.body, R"({"message":"Server Error"})");
  EXPECT_EQ(client.ask(get_request("/api/v1/good")).body, "[]");
}

TEST(Serving, TheHandlerIsCalledByOneThreadAtATime) {
  std::atomic<int> inside = 0;
  std::atomic<bool> together = false;
  Served panel([&](const api::Request&) {
    if (++inside > 1) together = true;
    std::this_thread::yield();
    --inside;
    return json_answer("[]");
  });
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      RawClient client(panel.port());
      for (int n = 0; n < 25; ++n) client.ask(get_request("/api/v1/a"));
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_FALSE(together);
  EXPECT_EQ(panel.requests().size(), 200U);
}

TEST(Serving, IdleConnectionsStarveNobody) {
  ServerOptions options;
  options.workers = 2;
  Served panel(always(json_answer("[]")), options);
  std::vector<std::unique_ptr<RawClient>> kept;
  for (int i = 0; i < 20; ++i) {
    kept.push_back(std::make_unique<RawClient>(panel.port()));
    EXPECT_EQ(kept.back()->ask(get_request("/api/v1/a")).body, "[]");
  }
  for (const auto& client : kept) EXPECT_EQ(client->ask(get_request("/api/v1/b")).body, "[]");
}

TEST(Serving, SixtyFourClientsAtOnceAreAllServedBySixteenWorkers) {
  ServerOptions options;
  options.workers = 16;
  Served panel(always(json_answer("[]")), options);
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back([&] {
      RawClient client(panel.port());
      for (int n = 0; n < 10; ++n) {
        if (client.ask(get_request("/api/v1/a")).body == "[]") ++answered;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 640);
}

TEST(Serving, TwoServersCannotShareAPort) {
  Served panel(echo);
  ServerOptions options;
  options.port = panel.port();
  try {
    const Server second(options, echo);
    FAIL() << "listens twice on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("127.0.0.1:" + std::to_string(panel.port())),
              std::string::npos)
        << error.what();
  }
}

TEST(Serving, AnAddressThatIsNoneIsRefusedWithItsName) {
  ServerOptions options;
  options.host = "not an address";
  EXPECT_THROW(Server(options, echo), std::runtime_error);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
