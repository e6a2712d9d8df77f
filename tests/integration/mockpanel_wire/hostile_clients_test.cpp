#include <string>

#include <gtest/gtest.h>

#include "mockpanel/wire/request_reader.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

/// A panel that must survive: after each test it still answers.
class HostileClients : public testing::Test {
 protected:
  void TearDown() override {
    RawClient client(panel.port());
    EXPECT_EQ(client.ask(get_request("/api/v1/alive")).body, "[]");
  }

  Received send(std::string_view bytes) {
    RawClient client(panel.port());
    return client.ask(bytes);
  }

  Served panel{always(json_answer("[]"))};
};

TEST_F(HostileClients, GarbageIsABadRequestAndTheEnd) {
  RawClient client(panel.port());
  EXPECT_EQ(client.ask("once upon a time\r\n\r\n").status(), 400);
  EXPECT_EQ(client.receive().ended, Ended::closed);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, BinaryNoiseReachesNoHandler) {
  std::string noise;
  for (int i = 0; i < 5000; ++i) noise.push_back(static_cast<char>(i * 37 % 256));
  noise += "\r\n\r\n";
  EXPECT_NE(send(noise).status(), 200);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, AnUnknownMethodIsABadRequest) {
  EXPECT_EQ(send("BREW /api/v1/coffee HTTP/1.1\r\n\r\n").status(), 400);
}

TEST_F(HostileClients, AnEndlessHeadIsCutOff) {
  RawClient client(panel.port());
  client.send("GET /api/v1/a HTTP/1.1\r\nX-Long: ");
  client.send(std::string(2 * RequestReader::head_bytes_max, 'x'));
  EXPECT_NE(client.receive().status(), 200);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, TooManyHeadersAreCutOff) {
  std::string request = "GET /api/v1/a HTTP/1.1\r\n";
  while (request.size() < 2 * RequestReader::head_bytes_max) request += "A: b\r\n";
  RawClient client(panel.port());
  client.send(request);
  EXPECT_NE(client.receive().status(), 200);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, ATargetBeyondReasonIsRefused) {
  EXPECT_EQ(send(get_request("/api/v1/" + std::string(20000, 'a'))).status(), 414);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, ABodyThatIsAnnouncedTooLargeIsRefused) {
  EXPECT_EQ(send(get_request("/api/v1/a", "Content-Length: 99999999999\r\n")).status(), 413);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, AnEndlessChunkedBodyIsCutOff) {
  RawClient client(panel.port());
  client.send("POST /api/v1/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(std::size_t{0x100000}, 'x') + "\r\n";
  for (int i = 0; i < 12; ++i) client.send(chunk);
  EXPECT_NE(client.receive().status(), 200);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, ABrokenChunkReachesNoHandler) {
  EXPECT_NE(send("POST /api/v1/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").status(),
            200);
  EXPECT_TRUE(panel.requests().empty());
}

TEST_F(HostileClients, AClientThatLeavesHalfWayIsForgotten) {
  RawClient client(panel.port());
  client.send("GET /api/v1/a HT");
  client.close();
}

TEST_F(HostileClients, AClientThatLeavesBeforeItsAnswerIsForgotten) {
  for (int i = 0; i < 50; ++i) {
    RawClient client(panel.port());
    client.send(get_request("/api/v1/a"));
    client.close();
  }
}

TEST_F(HostileClients, AnswersNobodyReadsBlockNobodyElse) {
  RawClient client(panel.port());
  for (int i = 0; i < 200; ++i) client.send(get_request("/api/v1/a"));
}

TEST_F(HostileClients, ARangeIsNoBusinessOfThePanel) {
  const Received received = send(get_request("/api/v1/a", "Range: bytes=0-0\r\n"));
  EXPECT_EQ(received.status(), 200);
  EXPECT_EQ(received.body, "[]");
}

TEST_F(HostileClients, AClientThatAsksBeforeItSendsIsToldToGoOn) {
  RawClient client(panel.port());
  client.send("POST /api/v1/a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive().status(), 100);
  EXPECT_EQ(client.ask("{}").status(), 200);
  EXPECT_EQ(panel.requests().at(0).body, "{}");
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
