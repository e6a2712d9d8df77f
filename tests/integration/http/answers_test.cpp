// Answers that arrive whole, and what is asked for them.
#include <gmock/gmock.h>

#include "mockpanel/faults/gzip.h"
#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using mockpanel::faults::gzip;

using panel::Ending;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string zipped_answer(const std::string& packed) {
  return head("Content-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size()) +
              "\r\n") +
         packed;
}

panel::Answer answer_to(std::string bytes) {
  const ScriptedServer server({answer_with(std::move(bytes))});
  HttpTransport transport(options_for(server));
  return ask(transport);
}

TEST(WholeAnswer, ComesWithStatusHeadersAndBody) {
  const panel::Answer answer = answer_to(
      "HTTP/1.1 503 Service Unavailable\r\nretry-AFTER:  120 \r\nContent-Length: 4\r\n\r\nbusy");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "120");
  EXPECT_EQ(answer.body, "busy");
  EXPECT_EQ(answer.detail, "");
}

TEST(WholeAnswer, MayEndWithTheConnection) {
  const panel::Answer answer = answer_to(head("") + "{\"data\":1}");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.body, "{\"data\":1}");
}

TEST(WholeAnswer, MayComeInChunks) {
  const panel::Answer answer =
      answer_to(head("Transfer-Encoding: chunked\r\n") + "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.body, "{\"a\":1}");
}

TEST(WholeAnswer, MayHaveNoBody) {
  const panel::Answer answer = answer_to("HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
}

TEST(WholeAnswer, MayRepeatItsLength) {
  const panel::Answer answer = answer_to(head("Content-Length: 2\r\nContent-Length: 2\r\n") + "{}");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.body, "{}");
}

TEST(WholeAnswer, MayFollowAnInterimHeadWhichIsForgotten) {
  const panel::Answer answer =
      answer_to("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n" + whole_answer("{}"));
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("X-Early"), std::nullopt);
  EXPECT_EQ(answer.body, "{}");
}

TEST(WholeAnswer, LeavesItsTrailersOutOfItsHeaders) {
  const panel::Answer answer = answer_to(head("Transfer-Encoding: chunked\r\n") +
                                         "2\r\n{}\r\n0\r\nContent-Type: text/html\r\n\r\n");
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
  EXPECT_EQ(answer.headers.size(), 2U);
}

TEST(WholeAnswer, IsUnzipped) {
  const panel::Answer answer = answer_to(zipped_answer(gzip("{\"memory\":1024}")));
  EXPECT_EQ(answer.ending, Ending::complete);
  EXPECT_EQ(answer.body, "{\"memory\":1024}");
}

TEST(WholeAnswer, KeepsBytesThatAreNotText) {
  const std::string bytes("\0\xff\r\n\0", 5);
  EXPECT_EQ(answer_to(whole_answer(bytes)).body, bytes);
}

// A gzip stream cut short within an answer of the right length is HTTP's idea of whole: the decoder
// above must find that the text is not. What matters here is that nothing is made up.
TEST(WholeAnswer, CutWithinItsGzipStreamIsAPrefixAtMost) {
  const std::string plain(100'000, 'x');
  const std::string packed = gzip("{" + plain);
  const panel::Answer answer = answer_to(zipped_answer(packed.substr(0, packed.size() / 2)));
  EXPECT_LT(answer.body.size(), plain.size());
  EXPECT_EQ(("{" + plain).substr(0, answer.body.size()), answer.body);
}

TEST(Request, AsksForJsonWithTheTokenBelowTheBaseUrl) {
  const ScriptedServer server({answer_with(whole_answer("{}"))});
  HttpOptions options = options_for(server);
  options.base_url += "///";
  HttpTransport transport(options);
  ask(transport, "/compute/hypervisors/groups/1/resources?results=200&page=1");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(
      server.requests().front(),
      AllOf(
          StartsWith(
              "GET /api/v1/compute/hypervisors/groups/1/resources?results=200&page=1 HTTP/1.1\r\n"),
          HasSubstr("\r\nAccept: application/json\r\n"),
          HasSubstr("\r\nAuthorization: Bearer " + std::string(token) + "\r\n"),
          HasSubstr("\r\nUser-Agent: vfstock/0.1.0\r\n"),
          HasSubstr("\r\nAccept-Encoding: gzip\r\n")));
}

TEST(Request, CarriesNoAuthorizationWithoutAToken) {
  const ScriptedServer server({answer_with(whole_answer("{}"))});
  HttpOptions options = options_for(server);
  options.token.clear();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::complete);
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("Authorization")));
}

TEST(Request, KeepsDotsInItsPath) {
  const ScriptedServer server({answer_with(whole_answer("{}"))});
  HttpTransport transport(options_for(server));
  ask(transport, "/packages/../7");
  EXPECT_THAT(server.requests().front(), StartsWith("GET /api/v1/packages/../7 HTTP/1.1\r\n"));
}

TEST(Request, WhoseTargetIsNotAPathIsAMistakeOfTheCaller) {
  const ScriptedServer server({});
  HttpTransport transport(options_for(server));
  for (const char* target : {"", "packages/7", "@evil.example/", ".evil.example/", "/a b",
                             "/a\r\nX-B: c", "/a#b", "/\xc3\xa9"}) {
    EXPECT_THROW(ask(transport, target), std::invalid_argument) << target;
  }
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace vfstock::http::testing
