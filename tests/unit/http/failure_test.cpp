#include "engine/http/failure.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

using panel::Ending;

Outcome outcome(CURLcode code, Stage stage, int os_error = 0) {
  return {.code = code,
          .os_error = os_error,
          .stage = stage,
          .connect_limit_first = false,
          .curl_text = {}};
}

Ending ending(const Outcome& of) { return explain(of).ending; }

TEST(Failure, TellsRefusedFromUnreachable) {
  EXPECT_EQ(ending(outcome(CURLE_COULDNT_CONNECT, Stage::connecting, ECONNREFUSED)),
            Ending::refused);
  EXPECT_EQ(ending(outcome(CURLE_COULDNT_CONNECT, Stage::connecting, EHOSTUNREACH)),
            Ending::unreachable);
}

TEST(Failure, TellsResetFromBytesThatMakeNoSense) {
  EXPECT_EQ(ending(outcome(CURLE_RECV_ERROR, Stage::reading, ECONNRESET)), Ending::reset);
  EXPECT_EQ(ending(outcome(CURLE_SEND_ERROR, Stage::waiting, EPIPE)), Ending::reset);
  EXPECT_EQ(ending(outcome(CURLE_RECV_ERROR, Stage::reading)), Ending::malformed_http);
}

TEST(Failure, NamesTheStageInWhichTheConnectLimitWasMet) {
  const auto limit_met = [](Stage stage) {
    Outcome met = outcome(CURLE_OPERATION_TIMEDOUT, stage);
    met.connect_limit_first = true;
    return ending(met);
  };
  EXPECT_EQ(limit_met(Stage::resolving), Ending::name_unresolved);
  EXPECT_EQ(limit_met(Stage::connecting), Ending::unreachable);
  EXPECT_EQ(limit_met(Stage::handshaking), Ending::tls_failed);
  EXPECT_EQ(limit_met(Stage::waiting), Ending::deadline);
  EXPECT_EQ(limit_met(Stage::reading), Ending::deadline);
}

TEST(Failure, IsTheDeadlineWhenThatEndsFirst) {
  for (const Stage stage :
       {Stage::resolving, Stage::connecting, Stage::handshaking, Stage::waiting, Stage::reading}) {
    EXPECT_EQ(ending(outcome(CURLE_OPERATION_TIMEDOUT, stage)), Ending::deadline);
  }
}

TEST(Failure, KnowsAnEndlessHeaderLineFromMemoryThatRanOut) {
  EXPECT_EQ(ending(outcome(CURLE_OUT_OF_MEMORY, Stage::waiting)), Ending::head_too_large);
  EXPECT_EQ(ending(outcome(CURLE_OUT_OF_MEMORY, Stage::reading)), Ending::body_too_large);
}

TEST(Failure, OfAnUnknownKindIsNeverComplete) {
  EXPECT_EQ(ending(outcome(CURLE_FAILED_INIT, Stage::resolving)), Ending::unreachable);
  EXPECT_EQ(ending(outcome(CURLE_FAILED_INIT, Stage::reading)), Ending::malformed_http);
}

TEST(Failure, QuotesLibcurlWhereThatHelps) {
  Outcome failed = outcome(CURLE_PEER_FAILED_VERIFICATION, Stage::handshaking);
  failed.curl_text = "self-signed certificate";
  EXPECT_NE(explain(failed).why.find("(self-signed certificate)"), std::string::npos);
}

}  // namespace
}  // namespace vfstock::http
