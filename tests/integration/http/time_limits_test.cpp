// No request takes longer than was allowed for it, and where it was stuck is said.
#include <gmock/gmock.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;
using ::testing::HasSubstr;

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

}  // namespace
}  // namespace vfstock::http::testing
