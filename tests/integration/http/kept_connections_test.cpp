// Connections that are kept: used again, given up when dead, and never trusted with bytes that
// nobody asked for.
#include <latch>

#include <gtest/gtest.h>

#include "tests/integration/http/asking.h"
#include "tests/integration/http/certificate.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;

TEST(KeptConnection, ServesTheNextRequestOfTheSameBatchAndOfALaterOne) {
  const ScriptedServer server(
      {{read_request(), send(whole_answer("1")), read_request(), send(whole_answer("2")),
        read_request(), send(whole_answer("3")), until_closed()}});
  HttpOptions options = options_for(server);
  options.requests_at_once = 1;
  HttpTransport transport(options);
  const std::vector<panel::Request> requests{{"/packages/1"}, {"/packages/2"}};
  const auto answers = transport.fetch(requests, patient);
  EXPECT_EQ(answers[0].body, "1");
  EXPECT_EQ(answers[1].body, "2");
  EXPECT_EQ(ask(transport, "/packages/3").body, "3");
  EXPECT_EQ(server.connections(), 1);
}

TEST(KeptConnection, IsLeftAloneByARequestThatWantsOneOfItsOwn) {
  const ScriptedServer server(
      {{read_request(), send(whole_answer("1")), until_closed()}, answer_with(whole_answer("2"))});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).body, "1");
  const std::vector<panel::Request> fresh{{"/connect", true}};
  EXPECT_EQ(transport.fetch(fresh, patient).front().body, "2");
  EXPECT_EQ(server.connections(), 2);
}

TEST(KeptConnection, IsNotOfferedByAProxyOfTheOldProtocolWhoseAnswerEndsWithTheConnection) {
  const ScriptedServer server({answer_with("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n"
                                           "\r\n{\"data\":1}"),
                               answer_with("HTTP/1.0 404 Not Found\r\n\r\n")});
  HttpTransport transport(options_for(server));
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::complete) << answer.detail;
  EXPECT_EQ(answer.body, "{\"data\":1}");
  EXPECT_EQ(ask(transport).status, 404);
}

TEST(Request, AsksCachesOnTheWayForWhatIsSoNow) {
  const ScriptedServer server({answer_with(whole_answer("1"))});
  HttpTransport transport(options_for(server));
  (void)ask(transport);
  EXPECT_NE(server.requests().at(0).find("Cache-Control: no-cache\r\n"), std::string::npos);
}

TEST(KeptConnection, ThatThePanelClosedIsReplacedWithoutALoss) {
  std::latch closed(1);
  const ScriptedServer server({{read_request(), send(whole_answer("1")), half_close(),
                                run([&closed] { closed.count_down(); }), until_closed()},
                               answer_with(whole_answer("2"))});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).body, "1");
  closed.wait();
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::complete) << answer.detail;
  EXPECT_EQ(answer.body, "2");
}

TEST(KeptConnection, ThatClosesUnderARequestIsReplacedWithoutALoss) {
  const ScriptedServer server(
      {{read_request(), send(whole_answer("1")), read_request()}, answer_with(whole_answer("2"))});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).body, "1");
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::complete) << answer.detail;
  EXPECT_EQ(answer.body, "2");
}

/// The second answer goes out with the first one. Whichever connection the second request takes, it
/// must get its own.
void expect_unasked_bytes_are_not_served(const std::string& answer_and_more, SSL_CTX* tls,
                                         std::optional<std::string> ca_file) {
  const std::string asked = whole_answer("\"asked for\"");
  const ScriptedServer server(
      {{read_request(), send(answer_and_more), read_request(), send(asked), until_closed()},
       answer_with(asked)},
      tls);
  HttpOptions options = options_for(server);
  options.ca_file = std::move(ca_file);
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::complete);
  const panel::Answer second = ask(transport);
  EXPECT_EQ(second.ending, Ending::complete) << second.detail;
  EXPECT_EQ(second.body, "\"asked for\"");
}

const std::string unasked = whole_answer("\"not asked for\"");

TEST(UnaskedAnswer, InTheSameSegmentIsNotServedToTheNextRequest) {
  expect_unasked_bytes_are_not_served(whole_answer("{}") + unasked, nullptr, std::nullopt);
}

TEST(UnaskedAnswer, AfterChunksIsNotServedToTheNextRequest) {
  expect_unasked_bytes_are_not_served(
      head("Transfer-Encoding: chunked\r\n") + "2\r\n{}\r\n0\r\n\r\n" + unasked, nullptr,
      std::nullopt);
}

TEST(UnaskedAnswer, AfterABodylessAnswerIsNotServedToTheNextRequest) {
  expect_unasked_bytes_are_not_served("HTTP/1.1 204 No Content\r\n\r\n" + unasked, nullptr,
                                      std::nullopt);
}

TEST(UnaskedAnswer, BehindABodyLongerThanOneReadIsNotServedToTheNextRequest) {
  expect_unasked_bytes_are_not_served(whole_answer(std::string(300'000, ' ')) + unasked, nullptr,
                                      std::nullopt);
}

TEST(UnaskedAnswer, ThatComesLaterIsNotServedToTheNextRequest) {
  std::latch first_is_read(1);
  std::latch second_is_sent(1);
  std::latch given_up(1);
  const ScriptedServer server(
      {{read_request(), send(whole_answer("{}")), run([&] { first_is_read.wait(); }), send(unasked),
        run([&] { second_is_sent.count_down(); }), until_closed(),
        run([&] { given_up.count_down(); })},
       answer_with(whole_answer("\"asked for\""))});
  HttpTransport transport(options_for(server));
  EXPECT_EQ(ask(transport).body, "{}");
  first_is_read.count_down();
  second_is_sent.wait();
  EXPECT_EQ(ask(transport).body, "\"asked for\"");
  EXPECT_EQ(server.connections(), 2);
  given_up.wait();
}

// Within TLS the bytes have already left the socket when the first answer ends: only the TLS
// session still knows of them.
TEST(UnaskedAnswer, HiddenInATlsRecordIsNotServedToTheNextRequest) {
  const Certificate certificate({.names = {"IP:127.0.0.1"}});
  const SslContext tls = server_context(certificate);
  const CertificateFile file(certificate);
  for (const std::size_t padding : {0U, 1'000U, 15'000U, 70'000U, 300'000U}) {
    SCOPED_TRACE(padding);
    expect_unasked_bytes_are_not_served(whole_answer(std::string(padding, ' ')) + unasked,
                                        tls.get(), file.path());
  }
}

TEST(UnaskedAnswer, SplitOverRecordsIsNotServedToTheNextRequest) {
  const Certificate certificate({.names = {"IP:127.0.0.1"}});
  const SslContext tls = server_context(certificate);
  const CertificateFile file(certificate);
  // Head in a record of its own: the read of the body then stops within the second record.
  const ScriptedServer server(
      {{read_request(), send(head("Content-Length: 2\r\n")), send("{}" + unasked), until_closed()},
       answer_with(whole_answer("\"asked for\""))},
      tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).body, "{}");
  EXPECT_EQ(ask(transport).body, "\"asked for\"");
}

TEST(KeptConnection, OverTlsServesTheNextRequest) {
  const Certificate certificate({.names = {"IP:127.0.0.1"}});
  const SslContext tls = server_context(certificate);
  const CertificateFile file(certificate);
  const ScriptedServer server({{read_request(), send(whole_answer("1")), read_request(),
                                send(whole_answer("2")), until_closed()}},
                              tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).body, "1");
  EXPECT_EQ(ask(transport).body, "2");
  EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace vfstock::http::testing
