// No answer takes more memory than was allowed for it, compressed or not.
#include <semaphore>

#include <gmock/gmock.h>

#include "mockpanel/faults/gzip.h"
#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using mockpanel::faults::gzip;

using panel::Ending;
using ::testing::HasSubstr;

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

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

/// Three mebibytes for one body, or for what several have beyond their first.
HttpOptions three_mebibytes(const ScriptedServer& server, int requests_at_once) {
  HttpOptions options = options_for(server);
  options.body_bytes = static_cast<std::int64_t>(3 * mebibyte);
  options.requests_at_once = requests_at_once;
  return options;
}

TEST(BodyLimit, IsThereAgainAfterABodyThatExceededIt) {
  const std::string large(3 * mebibyte, 'x');
  const ScriptedServer server({answer_with(head("") + large + "x"),
                               answer_with(head("Content-Length: 1000000000000\r\n")),
                               answer_with(whole_answer(large))});
  HttpTransport transport(three_mebibytes(server, 1));
  const auto answered = transport.fetch(requests(3), patient);
  EXPECT_EQ(answered[0].ending, Ending::body_too_large);
  EXPECT_THAT(answered[0].detail, HasSubstr("its body exceeds 3145728 bytes"));
  EXPECT_EQ(answered[1].ending, Ending::body_too_large);
  EXPECT_EQ(answered[2].body, large);
}

TEST(BodyLimit, HoldsForAllAnswersOfOneFetchBeyondTheirFirstMebibyte) {
  const std::string large(2 * mebibyte, 'x');
  const Script script{
      read_request(), send(whole_answer(large)), read_request(), send(whole_answer(large)),
      read_request(), send(whole_answer(large)), until_closed()};
  const ScriptedServer server({script, script});
  HttpTransport transport(three_mebibytes(server, 1));
  const auto answered = transport.fetch(requests(3), patient);
  EXPECT_EQ(answered[0].body, large);
  EXPECT_EQ(answered[1].body, large);
  EXPECT_EQ(answered[2].ending, Ending::body_too_large);
  EXPECT_THAT(answered[2].detail, HasSubstr("those asked for beside it exceed 3145728 bytes"));
  EXPECT_EQ(ask(transport).body, large) << "the next fetch has its own";
}

TEST(BodyLimit, HoldsForAllBodiesInFlight) {
  std::counting_semaphore<4> one_is_refused(0);
  // Of two bodies without an announced end one is refused, and its connection closed; the other
  // one ends then, and is whole.
  const Script body{read_request(), send(head("") + std::string(3 * mebibyte, 'x')),
                    run([&] { one_is_refused.acquire(); })};
  const ScriptedServer server({body,
                               body,
                               {read_request(), run([&] { one_is_refused.release(2); }),
                                send(whole_answer("third")), until_closed()}});
  HttpTransport transport(three_mebibytes(server, 2));
  const auto answered = transport.fetch(requests(3), patient);
  one_is_refused.release(2);
  EXPECT_EQ((answered[0].ending == Ending::body_too_large) +
                (answered[1].ending == Ending::body_too_large),
            1);
  EXPECT_EQ(answered[2].body, "third");
}

TEST(BodyLimit, LeavesOrdinaryAnswersAloneBesideABodyWithoutEnd) {
  const std::string ordinary(mebibyte, 'x');
  std::counting_semaphore<2> third_was_asked(0);
  // Whichever request comes first meets the body without end. It goes beyond the limit after the
  // third request, which is sent when the ordinary answer is whole.
  const ScriptedServer server(
      {{read_request(), send(head("") + std::string(3 * mebibyte, 'x')),
        run([&] { third_was_asked.acquire(); }), send_forever(std::string(65536, 'x'))},
       {read_request(), send(whole_answer(ordinary)), read_request(),
        run([&] { third_was_asked.release(); }), send(whole_answer(ordinary)), until_closed()}});
  HttpTransport transport(three_mebibytes(server, 2));
  const auto answered = transport.fetch(requests(3), patient);
  third_was_asked.release();
  const bool first_is_ordinary = answered[0].ending == Ending::complete;
  EXPECT_EQ(answered[first_is_ordinary ? 0 : 1].body, ordinary);
  EXPECT_EQ(answered[first_is_ordinary ? 1 : 0].ending, Ending::body_too_large);
  EXPECT_EQ(answered[2].body, ordinary);
}

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

}  // namespace
}  // namespace vfstock::http::testing
