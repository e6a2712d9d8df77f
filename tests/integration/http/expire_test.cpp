// The end that somebody else decides on.
#include <atomic>
#include <memory>

#include <gtest/gtest.h>

#include "tests/integration/http/asking.h"

namespace vfstock::http::testing {
namespace {

using panel::Ending;

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
