// Several requests in one fetch: how many at once, in which order, and how long together.
#include <barrier>
#include <latch>

#include <gtest/gtest.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;

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

}  // namespace
}  // namespace vfstock::http::testing
