// TLS is verified, peer and name, and what goes wrong in it is told apart from everything else.
#include <gmock/gmock.h>

#include "tests/integration/http/asking.h"
#include "tests/integration/http/certificate.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;

const CertificateOptions good{.names = {"IP:127.0.0.1"}};

struct Told {
  panel::Answer answer;
  std::vector<std::string> requests;
};

enum class Trust { this_certificate, system };

Told ask_over_tls(const CertificateOptions& shown, Trust trust) {
  const Certificate certificate(shown);
  const CertificateFile file(certificate);
  const SslContext tls = server_context(certificate);
  const ScriptedServer server({answer_with(whole_answer("{}"))}, tls.get());
  HttpOptions options = options_for(server);
  if (trust == Trust::this_certificate) options.ca_file = file.path();
  HttpTransport transport(options);
  panel::Answer answer = ask(transport);
  return {std::move(answer), server.requests()};
}

void expect_refused(const Told& told) {
  EXPECT_EQ(told.answer.ending, Ending::tls_failed);
  EXPECT_THAT(told.answer.detail, ::testing::HasSubstr("certificate"));
  EXPECT_TRUE(told.requests.empty()) << "the token was sent to somebody not trusted";
}

TEST(Tls, WithATrustedCertificateIsAccepted) {
  const Told told = ask_over_tls(good, Trust::this_certificate);
  EXPECT_EQ(told.answer.ending, Ending::complete) << told.answer.detail;
  EXPECT_EQ(told.answer.body, "{}");
}

TEST(Tls, WithASelfSignedCertificateIsRefused) {
  expect_refused(ask_over_tls(good, Trust::system));
}

TEST(Tls, WithTheWrongNameIsRefused) {
  CertificateOptions shown = good;
  shown.names = {"DNS:other.example", "IP:127.0.0.2"};
  expect_refused(ask_over_tls(shown, Trust::this_certificate));
}

TEST(Tls, WithAnExpiredCertificateIsRefused) {
  CertificateOptions shown = good;
  shown.valid_from = -std::chrono::hours{2};
  shown.valid_until = -std::chrono::hours{1};
  expect_refused(ask_over_tls(shown, Trust::this_certificate));
}

TEST(Tls, WithACertificateOfTheFutureIsRefused) {
  CertificateOptions shown = good;
  shown.valid_from = std::chrono::hours{1};
  shown.valid_until = std::chrono::hours{2};
  expect_refused(ask_over_tls(shown, Trust::this_certificate));
}

TEST(Tls, OfAnotherCertificateThanTheTrustedOneIsRefused) {
  const Certificate trusted(good);
  const CertificateFile file(trusted);
  const Certificate shown(good);
  const SslContext tls = server_context(shown);
  const ScriptedServer server({answer_with(whole_answer("{}"))}, tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  expect_refused({ask(transport), server.requests()});
}

TEST(Tls, WithoutAReadableCaFileSaysSo) {
  const ScriptedServer server({Script{until_closed()}});
  HttpOptions options = options_for(server);
  options.base_url = "https://127.0.0.1:" + std::to_string(server.port());
  options.ca_file = "/nowhere/at/all.pem";
  HttpTransport transport(options);
  const panel::Answer answer = ask(transport);
  EXPECT_EQ(answer.ending, Ending::tls_failed);
  EXPECT_THAT(answer.detail, ::testing::HasSubstr("/nowhere/at/all.pem"));
}

/// A server that does not speak TLS where TLS is expected.
Ending ending_without_tls(Script script) {
  const ScriptedServer server({std::move(script)});
  HttpOptions options = options_for(server);
  options.base_url = "https://127.0.0.1:" + std::to_string(server.port());
  HttpTransport transport(options);
  const Ending ending = ask(transport).ending;
  EXPECT_TRUE(server.requests().empty());
  return ending;
}

TEST(Tls, AnsweredInPlainTextIsRefused) {
  EXPECT_EQ(ending_without_tls({send(whole_answer("{}")), until_closed()}), Ending::tls_failed);
}

TEST(Tls, WhoseHandshakeIsResetIsRefused) {
  EXPECT_EQ(ending_without_tls({greeted(), reset()}), Ending::tls_failed);
}

TEST(Tls, WhoseHandshakeIsClosedIsRefused) {
  EXPECT_EQ(ending_without_tls({half_close(), until_closed()}), Ending::tls_failed);
}

TEST(Tls, CutOffWithinTheBodyIsClosedEarly) {
  const Certificate certificate(good);
  const CertificateFile file(certificate);
  const SslContext tls = server_context(certificate);
  const ScriptedServer server({answer_with(head("Content-Length: 10\r\n") + "{")}, tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::closed_early);
}

TEST(Tls, ResetWithinTheBodyIsReset) {
  const Certificate certificate(good);
  const CertificateFile file(certificate);
  const SslContext tls = server_context(certificate);
  const ScriptedServer server(
      {{read_request(), send(head("Content-Length: 10\r\n") + "{"), reset()}}, tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::reset);
}

TEST(Tls, WithABrokenChunkIsMalformed) {
  const Certificate certificate(good);
  const CertificateFile file(certificate);
  const SslContext tls = server_context(certificate);
  const ScriptedServer server(
      {{read_request(), send(head("Transfer-Encoding: chunked\r\n") + "xyz\r\n"), until_closed()}},
      tls.get());
  HttpOptions options = options_for(server);
  options.ca_file = file.path();
  HttpTransport transport(options);
  EXPECT_EQ(ask(transport).ending, Ending::malformed_http);
}

}  // namespace
}  // namespace vfstock::http::testing
