// Bounds: bytes, time, how many at once, and the end that somebody else decides on.
#include <atomic>
#include <barrier>
#include <latch>
#include <memory>

#include <gmock/gmock.h>

#include "tests/integration/http/asking.h"
#include "tests/integration/http/gzip.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;
using ::testing::HasSubstr;

// Bodies

Ending ending_with_body_limit(std::string bytes, std::int64_t body_bytes) {
  const ScriptedServer server({answer_with(std::move(bytes))});
  HttpOptions options = options_for(server);
  options.body_bytes = body_bytes;
  HttpTransport transport(options);
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.status, 200);
  return answer.ending;
}

TEST(BodyLimit, AdmitsABodyOfExactlyThatSize) {
  EXPECT_EQ(ending_with_body_limit(whole_answer(std::string(1000, 'x')), 1000), Ending::complete);
  EXPECT_EQ(ending_with_body_limit(head("") + std::string(1000, 'x'), 1000), Ending::complete);
}

TEST(BodyLimit, RefusesOneByteMoreWhetherAnnouncedOrNot) {
  EXPECT_EQ(ending_with_body_limit(whole_answer(std::string(1001, 'x')), 1000),
            Ending::body_too_large);
  EXPECT_EQ(ending_with_body_limit(head("") + std::string(1001, 'x'), 1000),
            Ending::body_too_large);
}

TEST(BodyLimit, RefusesAnAnnouncementWithoutWaitingForTheBody) {
  const ScriptedServer server(
      {{read_request(), send(head("Content-Length: 1000000000000\r\n")), until_closed()}});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).ending, Ending::body_too_large);
}

TEST(BodyLimit, EndsABodyWithoutEnd) {
  const ScriptedServer server(
      {{read_request(), send(head("")), send_forever(std::string(65536, 'x'))}});
  HttpOptions options = options_for(server);
  options.body_bytes = 1'000'000;
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::body_too_large);
}

TEST(BodyLimit, CountsWhatAGzipBombUnpacksTo) {
  const std::string packed = gzip(std::string(10'000'000, ' '));
  ASSERT_LT(packed.size(), 100'000U);
  EXPECT_EQ(ending_with_body_limit(head("Content-Encoding: gzip\r\nContent-Length: " +
                                        std::to_string(packed.size()) + "\r\n") +
                                       packed,
                                   1'000'000),
            Ending::body_too_large);
}

// Heads

Ending ending_with_head_limit(const std::string& bytes, std::int64_t head_bytes) {
  const ScriptedServer server({answer_with(bytes)});
  HttpOptions options = options_for(server);
  options.head_bytes = head_bytes;
  HttpTransport transport(options);
  return ask(transport).ending;
}

TEST(HeadLimit, AdmitsAHeadOfExactlyThatSizeAndNotAByteMore) {
  const std::string whole = head("Content-Length: 2\r\n");
  const auto size = static_cast<std::int64_t>(whole.size());
  EXPECT_EQ(ending_with_head_limit(whole + "{}", size), Ending::complete);
  EXPECT_EQ(ending_with_head_limit(whole + "{}", size - 1), Ending::head_too_large);
}

// Time

panel::Answer answer_within(std::chrono::milliseconds time, Script script) {
  const ScriptedServer server({std::move(script)});
  HttpOptions options = options_for(server);
  options.request = time;
  HttpTransport transport(options);
  return ask(transport);
}

TEST(Deadline, EndsARequestThatIsNeverAnswered) {
  const panel::Answer answer = answer_within(impatient, {read_request(), until_closed()});
  EXPECT_EQ(answer.ending, Ending::deadline);
  EXPECT_THAT(answer.detail, HasSubstr("waiting for the head"));
}

TEST(Deadline, EndsADribbledHead) {
  const panel::Answer answer = answer_within(
      impatient, {read_request(), dribble(head("X-Long: " + std::string(60'000, 'x')))});
  EXPECT_EQ(answer.ending, Ending::deadline);
}

TEST(Deadline, EndsADribbledBodyAndKeepsTheStatus) {
  const panel::Answer answer = answer_within(
      impatient, {read_request(), send(head("Content-Length: 100000\r\n")), dribble("{ ")});
  EXPECT_EQ(answer.ending, Ending::deadline);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_THAT(answer.detail, HasSubstr("reading the body"));
}

TEST(Deadline, EndsAHandshakeThatStalls) {
  const ScriptedServer server({Script{until_closed()}});
  HttpOptions options = options_for(server);
  options.base_url = "https://127.0.0.1:" + std::to_string(server.port());
  options.request = impatient;
  HttpTransport transport(options);
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::deadline);
  EXPECT_THAT(answer.detail, HasSubstr("TLS handshake"));
}

TEST(ConnectLimit, EndsAHandshakeThatStallsBeforeTheDeadline) {
  const ScriptedServer server({Script{until_closed()}});
  HttpOptions options = options_for(server);
  options.base_url = "https://127.0.0.1:" + std::to_string(server.port());
  options.connect = impatient;
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::tls_failed);
}

TEST(ConnectLimit, DoesNotBindOnceTheRequestIsSent) {
  const ScriptedServer server({{read_request(), until_closed()}});
  HttpOptions options = options_for(server);
  options.connect = impatient;
  options.request = 3 * impatient;
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::deadline);
}

TEST(Connection, ThatNobodyListensForIsRefused) {
  HttpOptions options;
  options.base_url = "http://127.0.0.1:" + std::to_string(closed_port());
  HttpTransport transport(options);
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::refused);
  EXPECT_EQ(answer.status, 0);
}

TEST(Connection, ToANameThatCannotExistIsUnresolved) {
  HttpOptions options;
  options.base_url = "http://panel.invalid/api/v1";
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::name_unresolved);
}

// Batches

std::vector<panel::Request> requests(int count) {
  std::vector<panel::Request> all;
  for (int i = 0; i < count; ++i) all.push_back({"/packages/" + std::to_string(i)});
  return all;
}

TEST(Batch, OfNothingIsNothing) {
  const ScriptedServer server({});
  HttpTransport transport(options_for(server));
  EXPECT_TRUE(transport.fetch({}, patient).empty());
}

TEST(Batch, NeverHasMoreInTheAirThanAllowed) {
  constexpr int at_once = 3;
  constexpr int rounds = 4;
  // Nobody is answered before as many as allowed have asked: fewer at once would never end, more
  // would need another connection.
  std::barrier all_have_asked(at_once);
  Script script;
  for (int round = 0; round < rounds; ++round) {
    script.push_back(read_request());
    script.push_back(run([&all_have_asked] { all_have_asked.arrive_and_wait(); }));
    script.push_back(send(whole_answer("{}")));
  }
  script.push_back(until_closed());
  const ScriptedServer server(std::vector<Script>(16, script));
  HttpOptions options = options_for(server);
  options.requests_at_once = at_once;
  HttpTransport transport(options);
  for (const panel::Answer& answer : transport.fetch(requests(at_once * rounds), patient)) {
    EXPECT_EQ(answer.ending, Ending::complete) << answer.detail;
  }
  EXPECT_EQ(server.connections(), at_once);
}

TEST(Batch, GivesAnswersInTheOrderOfItsRequests) {
  // Whichever request comes first is answered last.
  std::latch second_is_answered(1);
  const ScriptedServer server(
      {{read_request(), run([&] { second_is_answered.wait(); }), send_target()},
       {read_request(), send_target(), run([&] { second_is_answered.count_down(); }),
        until_closed()}});
  HttpOptions options = options_for(server);
  options.requests_at_once = 2;
  HttpTransport transport(options);
  const auto answers = transport.fetch(requests(2), patient);
  EXPECT_EQ(answers[0].body, "/api/v1/packages/0");
  EXPECT_EQ(answers[1].body, "/api/v1/packages/1");
}

TEST(Budget, EndsWhatIsInTheAirAndSendsNothingAnymore) {
  const ScriptedServer server({{read_request(), until_closed()}});
  HttpOptions options = options_for(server);
  options.requests_at_once = 1;
  HttpTransport transport(options);
  const auto answers = transport.fetch(requests(3), impatient);
  EXPECT_EQ(answers[0].ending, Ending::deadline);
  EXPECT_EQ(answers[1].ending, Ending::not_sent);
  EXPECT_EQ(answers[2].ending, Ending::not_sent);
  EXPECT_NE(answers[2].detail, "");
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(Budget, OfNothingSendsNothing) {
  const ScriptedServer server({});
  HttpTransport transport(options_for(server));
  for (const auto budget : {std::chrono::milliseconds{0}, std::chrono::milliseconds{-5}}) {
    const auto answers = transport.fetch(requests(2), budget);
    EXPECT_EQ(answers[0].ending, Ending::not_sent);
    EXPECT_EQ(answers[1].ending, Ending::not_sent);
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(Budget, MayBeAsLargeAsCanBeSaid) {
  const ScriptedServer server({answer_with(whole_answer("{}"))});
  HttpTransport transport(options_for(server));
  const auto answers = transport.fetch(requests(1), std::chrono::milliseconds::max());
  EXPECT_EQ(answers[0].ending, Ending::complete);
}

// Expiry

/// The server calls expire() from its own threads, so it must go before the transport does.
class Expire : public ::testing::Test {
 protected:
  void serve(std::vector<Script> scripts) {
    server_ = std::make_unique<ScriptedServer>(std::move(scripts));
    HttpOptions options = options_for(*server_);
    options.requests_at_once = 1;
    transport_ = std::make_unique<HttpTransport>(options);
    expired_.store(transport_.get());
  }
  void TearDown() override { server_.reset(); }

  Script held_until_expired() {
    return {read_request(), run([this] { expired_.load()->expire(); }), until_closed()};
  }
  HttpTransport& transport() { return *transport_; }

 private:
  std::atomic<HttpTransport*> expired_{nullptr};
  std::unique_ptr<HttpTransport> transport_;
  std::unique_ptr<ScriptedServer> server_;
};

TEST_F(Expire, EndsWhatIsInTheAirFromAnotherThread) {
  serve({held_until_expired(), answer_with(whole_answer("{}"))});
  EXPECT_EQ(ask(transport()).ending, Ending::deadline);
  EXPECT_EQ(ask(transport()).ending, Ending::complete);
}

TEST_F(Expire, LetsTheWaitingRequestsHaveTheirTurn) {
  serve({held_until_expired(), answer_with(whole_answer("{}"))});
  const auto answers = transport().fetch(requests(2), patient);
  EXPECT_EQ(answers[0].ending, Ending::deadline);
  EXPECT_EQ(answers[1].ending, Ending::complete);
}

TEST_F(Expire, DoesNothingBetweenFetches) {
  serve({answer_with(whole_answer("1")), answer_with(whole_answer("2"))});
  transport().expire();
  EXPECT_EQ(ask(transport()).body, "1");
  transport().expire();
  transport().expire();
  EXPECT_EQ(ask(transport()).body, "2");
}

// A lost one would show as `patient` real time each, and as the suite's time limit.
TEST_F(Expire, IsNeverLostHoweverOftenItIsNeeded) {
  constexpr int times = 50;
  serve(std::vector<Script>(times, held_until_expired()));
  for (int i = 0; i < times; ++i) EXPECT_EQ(ask(transport()).ending, Ending::deadline);
}

}  // namespace
}  // namespace vfstock::http::testing
