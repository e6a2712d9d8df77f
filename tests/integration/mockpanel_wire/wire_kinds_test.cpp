// What a raw client gets, byte by byte, where an answer is delivered wrong.
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "mockpanel/faults/gzip.h"
#include "mockpanel/faults/injector.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::Kind;

const std::string right_body = R"({"data":{"id":7,"name":"small"}})";

struct Raw {
  std::string head, body;
  Ended ended = Ended::not_yet;

  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

/// Everything that comes under this kind, at most `bytes_max`. The client asks for the connection
/// to be closed, so that the end of what comes is the end of the answer.
Raw under(const Kind& kind, std::size_t bytes_max = std::size_t{1} << 24) {
  faults::Rule rule;
  rule.kind = &kind;
  Served panel([&](const api::Request&) {
    return faults::Injector::apply(&rule, json_answer(right_body).response);
  });
  RawClient client(panel.port());
  client.send(get_request("/api/v1/packages/7", "Connection: close\r\n"));
  Raw raw;
  std::string bytes;
  raw.ended = client.drain(bytes, bytes_max);
  const std::size_t end = bytes.find("\r\n\r\n");
  raw.head = bytes.substr(0, end == std::string::npos ? end : end + 4);
  if (end != std::string::npos) raw.body = bytes.substr(end + 4);
  return raw;
}

TEST(WireKinds, ARequestCanBeReadAndTheConnectionClosed) {
  const Raw raw = under(Kind::named("closed"));
  EXPECT_EQ(raw.head, "");
  EXPECT_EQ(raw.ended, Ended::closed);
}

TEST(WireKinds, ABodyIsTornDownHalfWay) {
  const Raw raw = under(Kind::named("reset-body"));
  EXPECT_TRUE(raw.has("Content-Length: 32\r\n"));
  EXPECT_EQ(raw.body, right_body.substr(0, 16));
  EXPECT_EQ(raw.ended, Ended::reset);
}

TEST(WireKinds, ABodyFallsSilentHalfWay) {
  const std::string head = "\r\n\r\n" + right_body.substr(0, 16);
  faults::Rule rule;
  rule.kind = &Kind::named("stall-body");
  Served panel([&](const api::Request&) {
    return faults::Injector::apply(&rule, json_answer(right_body).response);
  });
  RawClient client(panel.port());
  client.send(get_request("/api/v1/packages/7"));
  std::string all;
  while (all.find(head) == std::string::npos) {
    std::string more;
    ASSERT_EQ(client.drain(more, 1), Ended::not_yet);
    all += more;
  }
  EXPECT_TRUE(all.ends_with(right_body.substr(0, 16)));
  EXPECT_TRUE(client.hears_nothing_for(std::chrono::milliseconds{20}));
}

TEST(WireKinds, AnAnswerComesByteByByte) {
  EXPECT_EQ(under(Kind::named("dribble-head"), 1).head, "H");
  const Raw body = under(Kind::named("dribble-body"), 1);
  EXPECT_TRUE(body.head.ends_with("\r\n\r\n"));
  EXPECT_LT(body.body.size(), right_body.size());
}

TEST(WireKinds, AKeptConnectionIsClosedBehindTheAnswer) {
  faults::Rule rule;
  rule.kind = &Kind::named("keep-alive-closed");
  Served panel([&](const api::Request&) {
    return faults::Injector::apply(&rule, json_answer(right_body).response);
  });
  RawClient client(panel.port());
  const Received received = client.ask(get_request("/api/v1/packages/7"));
  EXPECT_EQ(received.header("Connection"), "keep-alive");
  EXPECT_EQ(received.body, right_body);
  std::string nothing;
  EXPECT_EQ(client.drain(nothing, 1), Ended::closed);
}

TEST(WireKinds, HeadsAreLong) {
  EXPECT_TRUE(
      under(Kind::named("long-reason")).has("HTTP/1.1 200 " + std::string(30'000, 'x') + "\r\n"));
  const Raw header = under(Kind::named("long-header"));
  EXPECT_TRUE(header.has("X-Padding: " + std::string(20'000, 'x') + "\r\n"));
  EXPECT_EQ(header.body, right_body);
  const Raw headers = under(Kind::named("many-headers"));
  EXPECT_GT(headers.head.size(), std::size_t{200'000} * 14);
  EXPECT_EQ(headers.body, right_body);
}

TEST(WireKinds, AHeaderLineHasNoEnd) {
  const Raw raw = under(Kind::named("endless-header"), 3'000'000);
  EXPECT_GE(raw.head.size(), 3'000'000U);
  EXPECT_EQ(raw.ended, Ended::not_yet);
  EXPECT_EQ(raw.head.find('\n', raw.head.find("X-Padding: ")), std::string::npos);
}

TEST(WireKinds, ASecondAnswerFollows) {
  const Raw raw = under(Kind::named("second-answer"));
  EXPECT_TRUE(raw.body.starts_with(right_body + "HTTP/1.1 200 OK\r\n"));
}

TEST(WireKinds, AnInterimAnswerComesFirst) {
  EXPECT_TRUE(under(Kind::named("early-continue")).head == "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(under(Kind::named("early-continue")).body.starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST(WireKinds, LengthsLieOrContradict) {
  const Raw no_length = under(Kind::named("truncated-without-length"));
  EXPECT_FALSE(no_length.has("Content-Length"));
  EXPECT_EQ(no_length.body, right_body.substr(0, 16));
  EXPECT_EQ(no_length.ended, Ended::closed);
  const Raw too_small = under(Kind::named("length-too-small"));
  EXPECT_TRUE(too_small.has("Content-Length: 16\r\n"));
  EXPECT_EQ(too_small.body, right_body);
  const Raw two = under(Kind::named("two-lengths"));
  EXPECT_TRUE(two.has("Content-Length: 32\r\nContent-Length: 16\r\n"));
}

TEST(WireKinds, ChunksAreBroken) {
  const Raw both = under(Kind::named("length-and-chunked"));
  EXPECT_TRUE(both.has("Content-Length: 32\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_EQ(both.body, "20\r\n" + right_body + "\r\n0\r\n\r\n");
  EXPECT_EQ(under(Kind::named("bad-chunk-size")).body, "size\r\n" + right_body + "\r\n0\r\n\r\n");
  EXPECT_EQ(under(Kind::named("missing-last-chunk")).body, "20\r\n" + right_body + "\r\n");
}

TEST(WireKinds, GarbageIsNoHttp) {
  EXPECT_TRUE(under(Kind::named("garbage")).head.starts_with("SSH-2.0"));
}

TEST(WireKinds, CompressionLies) {
  const Raw bomb = under(Kind::named("gzip-bomb"));
  EXPECT_TRUE(bomb.has("Content-Encoding: gzip\r\n"));
  EXPECT_LT(bomb.body.size(), 120'000U);
  EXPECT_EQ(faults::unpacked(bomb.body).size(), std::size_t{100} * 1024 * 1024);
  const Raw cut = under(Kind::named("gzip-cut"));
  EXPECT_TRUE(cut.has("Content-Length: " + std::to_string(cut.body.size()) + "\r\n"));
  EXPECT_LT(faults::unpacked(cut.body).size(), right_body.size());
  const Raw plain = under(Kind::named("gzip-plain"));
  EXPECT_TRUE(plain.has("Content-Encoding: gzip\r\n"));
  EXPECT_EQ(plain.body, right_body);
}

TEST(WireKinds, AnAnswerWithoutABodyIsGivenOne) {
  for (const char* const kind : {"reset-body", "stall-body", "length-too-small"}) {
    faults::Rule rule;
    rule.kind = &Kind::named(kind);
    const faults::Delivery delivery = faults::Injector::apply(&rule, {204, {}, ""});
    EXPECT_EQ(delivery.response.status, 200);
    EXPECT_EQ(delivery.response.body, "{}");
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
