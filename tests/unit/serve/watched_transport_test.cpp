// The transport that is watched: counts, beats, and sends nothing once the end has come.
#include "engine/live/serve/watched_transport.h"

#include <gmock/gmock.h>

#include "tests/unit/serve/still_clock.h"

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;

/// Answers everything the same and takes its time.
struct SlowPanel final : panel::Transport {
  explicit SlowPanel(StillClock& of) : clock(of) {}
  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds) override {
    ++fetches;
    clock.at += takes;
    return std::vector<panel::Answer>(requests.size(), answer);
  }
  StillClock& clock;
  Milliseconds takes{0};
  panel::Answer answer{panel::Ending::complete, 200, {}, "{}", ""};
  int fetches = 0;
};

struct Watched : ::testing::Test {
  StillClock clock;
  SlowPanel panel{clock};
  Heart heart{clock};
  Metrics metrics{"1"};
  std::atomic<bool> stopping{false};
  int between = 0;
  WatchedTransport transport{panel, clock, heart, metrics, stopping, [this] { ++between; }};
  const std::vector<panel::Request> requests{{"/packages/1"}, {"/packages/2"}};
};

TEST_F(Watched, CountsEveryRequestByWhatBecameOfIt) {
  transport.fetch(requests, Milliseconds{1000});
  panel.answer.ending = panel::Ending::refused;
  transport.fetch(requests, Milliseconds{1000});
  EXPECT_THAT(metrics.text(),
              HasSubstr("vfstock_panel_requests_total{code=\"200\",endpoint=\"packages\"} 2"));
  EXPECT_THAT(metrics.text(),
              HasSubstr("vfstock_panel_requests_total{code=\"refused\",endpoint=\"packages\"} 2"));
  EXPECT_EQ(transport.seen().last_failure, "refused");
  EXPECT_TRUE(transport.seen().last_answer);
  EXPECT_EQ(between, 4);
}

TEST_F(Watched, IsAliveWhileAPanelTakesTheTimeThatItMay) {
  panel.takes = std::chrono::minutes{2};
  struct Look final : panel::Transport {
    Look(panel::Transport& of, Heart& at, StillClock& with) : inner(of), heart(at), clock(with) {}
    std::vector<panel::Answer> fetch(std::span<const panel::Request> asked,
                                     Milliseconds budget) override {
      auto answers = inner.fetch(asked, budget);
      alive_in_time = heart.is_alive();
      clock.at += std::chrono::seconds{11};
      alive_beyond = heart.is_alive();
      return answers;
    }
    panel::Transport& inner;
    Heart& heart;
    StillClock& clock;
    bool alive_in_time = false, alive_beyond = true;
  } look(panel, heart, clock);
  WatchedTransport watched(look, clock, heart, metrics, stopping, [] {});
  watched.fetch(requests, std::chrono::minutes{2});
  EXPECT_TRUE(look.alive_in_time);
  EXPECT_FALSE(look.alive_beyond) << "a panel's client that breaks its own deadline is noticed";
  EXPECT_TRUE(heart.is_alive());
}

TEST_F(Watched, SendsNothingOnceTheDaemonIsToEnd) {
  stopping = true;
  const auto answers = transport.fetch(requests, Milliseconds{1000});
  EXPECT_EQ(panel.fetches, 0);
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].ending, panel::Ending::not_sent);
}

}  // namespace
}  // namespace vfstock::serve
