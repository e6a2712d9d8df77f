#include <atomic>
#include <chrono>
#include <future>
#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/injector.h"
#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using namespace std::chrono_literals;
using faults::End;
using faults::Kind;

const std::string right_body = R"({"data":{"id":7,"name":"small"}})";

/// What a client sees of this kind of fault.
Received under(const Kind& kind, int status = 500,
               faults::BodyShape body = faults::BodyShape::json) {
  faults::Rule rule;
  rule.kind = &kind;
  rule.status = status;
  rule.body = body;
  rule.headers = {{"X-Fault", "yes"}};
  Served panel([&](const api::Request&) {
    return faults::Injector::apply(&rule, json_answer(right_body).response);
  });
  RawClient client(panel.port());
  return client.ask(get_request("/api/v1/packages/7"));
}

TEST(Ends, AStatusFaultShowsStatusTypeHeadersAndBody) {
  const Received json = under(Kind::named("status"), 503);
  EXPECT_EQ(json.status(), 503);
  EXPECT_EQ(json.header("Content-Type"), "application/json");
  EXPECT_EQ(json.header("X-Fault"), "yes");
  EXPECT_EQ(json.body, R"({"message":"Service Unavailable"})");
  const Received html = under(Kind::named("status"), 404, faults::BodyShape::html);
  EXPECT_EQ(html.status(), 404);
  EXPECT_EQ(html.header("Content-Type"), "text/html");
  EXPECT_TRUE(html.body.starts_with("<html>"));
  const Received empty = under(Kind::named("status"), 401, faults::BodyShape::empty);
  EXPECT_EQ(empty.status(), 401);
  EXPECT_EQ(empty.header("Content-Length"), "0");
}

TEST(Ends, MalformedAndTruncatedJsonAreWholeAnswers) {
  const Received malformed = under(Kind::named("malformed-json"));
  EXPECT_EQ(malformed.status(), 200);
  EXPECT_EQ(malformed.ended, Ended::not_yet);
  EXPECT_TRUE(malformed.body.ends_with(",}"));
  const Received truncated = under(Kind::named("truncated-json"));
  EXPECT_EQ(truncated.body, right_body.substr(0, right_body.size() / 2));
  EXPECT_EQ(truncated.header("Content-Length"), std::to_string(right_body.size() / 2));
}

TEST(Ends, ACutAnnouncesEverythingAndClosesHalfWay) {
  const Received cut = under(Kind::named("cut"));
  EXPECT_EQ(cut.status(), 200);
  EXPECT_EQ(cut.header("Content-Length"), std::to_string(right_body.size()));
  EXPECT_EQ(cut.body, right_body.substr(0, right_body.size() / 2));
  EXPECT_EQ(cut.ended, Ended::closed);
}

TEST(Ends, ACutComesAfterExactlyTheBytesAskedFor) {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, right_body.size() - 1}) {
    faults::Delivery delivery = json_answer(right_body, End::cut);
    delivery.cut_after = bytes;
    Served panel(always(delivery));
    RawClient client(panel.port());
    const Received cut = client.ask(get_request("/api/v1/a"));
    EXPECT_EQ(cut.body, right_body.substr(0, bytes));
    EXPECT_EQ(cut.ended, Ended::closed);
  }
}

TEST(Ends, AResetIsSeenAsOne) {
  const Received reset = under(Kind::named("reset"));
  EXPECT_EQ(reset.ended, Ended::reset);
  EXPECT_TRUE(reset.head.empty());
}

TEST(Ends, ARefusedDeliveryClosesWithoutAByte) {
  const Received refused = under(Kind::named("refused"));
  EXPECT_EQ(refused.ended, Ended::closed);
  EXPECT_TRUE(refused.head.empty());
}

TEST(Ends, SilenceInRealTimeLastsUntilTheClientLeaves) {
  ServerOptions options;
  options.workers = 1;
  Served panel(
      [](const api::Request& request) {
        return json_answer("[]", request.path == "/silent" ? End::no_answer : End::whole);
      },
      options);
  RawClient silent(panel.port());
  silent.send(get_request("/api/v1/silent"));
  EXPECT_TRUE(silent.hears_nothing_for(50ms));
  silent.close();
  // The only worker is free again.
  RawClient next(panel.port());
  EXPECT_EQ(next.ask(get_request("/api/v1/a")).body, "[]");
}

TEST(Ends, SilenceInReplayIsTold) {
  std::promise<void> told;
  ServerOptions options;
  options.real_time = false;
  options.backstop = std::chrono::hours{1};
  options.held = [&told] { told.set_value(); };
  Served panel(always(json_answer("[]", End::no_answer)), options);
  RawClient client(panel.port());
  client.send(get_request("/api/v1/a"));
  told.get_future().wait();
  EXPECT_TRUE(client.hears_nothing_for(20ms));
}

TEST(Ends, SilenceInReplayEndsAtTheBackstop) {
  ServerOptions options;
  options.real_time = false;
  options.backstop = 20ms;
  Served panel(always(json_answer("[]", End::no_answer)), options);
  RawClient client(panel.port());
  const Received nothing = client.ask(get_request("/api/v1/a"));
  EXPECT_EQ(nothing.ended, Ended::closed);
  EXPECT_TRUE(nothing.head.empty());
}

TEST(Ends, ADelayedAnswerIsStillTheRightOne) {
  faults::Delivery delivery = json_answer("[]");
  delivery.delay = 30ms;
  Served panel(always(delivery));
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, "[]");
}

TEST(Ends, ADelayIsWaitedForInRealTime) {
  faults::Delivery delivery = json_answer("[]");
  delivery.delay = 1h;
  Served panel(always(delivery));
  RawClient client(panel.port());
  client.send(get_request("/api/v1/a"));
  EXPECT_TRUE(client.hears_nothing_for(50ms));
}

TEST(Ends, ADelayCostsNoTimeInReplay) {
  faults::Delivery delivery = json_answer("[]");
  delivery.delay = 1h;
  ServerOptions options;
  options.real_time = false;
  Served panel(always(delivery), options);
  RawClient client(panel.port());
  EXPECT_EQ(client.ask(get_request("/api/v1/a")).body, "[]");
}

TEST(Ends, AClientThatLeavesDuringADelayFreesItsWorker) {
  ServerOptions options;
  options.workers = 1;
  Served panel(
      [](const api::Request& request) {
        faults::Delivery delivery = json_answer("[]");
        if (request.path == "/slow") delivery.delay = 1h;
        return delivery;
      },
      options);
  RawClient slow(panel.port());
  slow.send(get_request("/api/v1/slow"));
  EXPECT_TRUE(slow.hears_nothing_for(20ms));
  slow.close();
  RawClient next(panel.port());
  EXPECT_EQ(next.ask(get_request("/api/v1/a")).body, "[]");
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
