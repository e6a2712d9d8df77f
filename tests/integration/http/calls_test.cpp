// Calls that change something: sent as they are meant, once, and under the bounds of every request.
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Leaves the closing to the client: a body that nobody reads would tear the connection down.
Script answering(std::string_view body) {
  return {read_request(), send(whole_answer(body)), until_closed()};
}

TEST(Call, CarriesItsMethodAndItsBody) {
  ScriptedServer server({answering(R"({"data":{"id":7}})")});
  HttpTransport transport(options_for(server));
  const panel::Answer answer = transport.send({"POST", "/servers", R"({"packageId":1})"}, patient);
  EXPECT_EQ(answer.ending, panel::Ending::complete) << answer.detail;
  EXPECT_EQ(answer.body, R"({"data":{"id":7}})");
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_THAT(server.requests().front(), StartsWith("POST /api/v1/servers HTTP/1.1\r\n"));
  EXPECT_THAT(server.requests().front(), HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(server.requests().front(), HasSubstr("Content-Length: 15\r\n"));
}

TEST(Call, WithoutABodySaysSo) {
  ScriptedServer server({answering("{}")});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(transport.send({"DELETE", "/servers/7", ""}, patient).ending, panel::Ending::complete);
  EXPECT_THAT(server.requests().front(), StartsWith("DELETE /api/v1/servers/7 HTTP/1.1\r\n"));
  EXPECT_THAT(server.requests().front(), HasSubstr("Content-Length: 0\r\n"));
  EXPECT_THAT(server.requests().front(), Not(HasSubstr("Content-Type")));
}

TEST(Call, IsNeverSentASecondTime) {
  ScriptedServer server({{read_request(), send(whole_answer("{}")), read_request()},
                         {read_request()},
                         answering("{}")});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).ending, panel::Ending::complete);
  EXPECT_EQ(transport.send({"DELETE", "/servers/7", ""}, patient).ending,
            panel::Ending::closed_early);
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST(Call, LeavesReadsAsTheyAre) {
  ScriptedServer server({answering("{}"), answering("{}")});
  HttpTransport transport(options_for(server));
  transport.send({"POST", "/servers", "{}"}, patient);
  EXPECT_EQ(ask(transport).ending, panel::Ending::complete);
  EXPECT_THAT(server.requests().back(), StartsWith("GET /api/v1/packages/7 HTTP/1.1\r\n"));
  EXPECT_THAT(server.requests().back(), Not(HasSubstr("Content-")));
}

TEST(Call, IsHeldToTheBoundsOfARequest) {
  ScriptedServer server({{read_request(), send("HTTP/1.1 201 Created\r\nX: "), send_forever("x")}});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(transport.send({"POST", "/servers", "{}"}, patient).ending,
            panel::Ending::head_too_large);
}

TEST(Call, NamesNoOtherHostAndNoOtherMethod) {
  ScriptedServer server({});
  HttpTransport transport(options_for(server));
  EXPECT_THROW(transport.send({"POST", "servers", ""}, patient), std::invalid_argument);
  EXPECT_THROW(transport.send({"POST / HTTP/1.1\r\nX: ", "/servers", ""}, patient),
               std::invalid_argument);
  EXPECT_THROW(transport.send({"", "/servers", ""}, patient), std::invalid_argument);
}

}  // namespace
}  // namespace vfstock::http::testing
