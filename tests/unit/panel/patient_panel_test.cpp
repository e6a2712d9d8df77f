#include <gtest/gtest.h>

#include "engine/panel/decorators/backoff_panel.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::panel {
namespace {

using std::chrono::seconds;

constexpr Milliseconds budget{120'000};

class PatientPanelTest : public testing::Test {
 protected:
  Unavailable throttled(seconds wait) { return {Reason::throttled, "429", wait}; }
  Reason reason() {
    const Answers answers = panel.ask({{PackageId{1}}, {GroupId{1}}}, budget);
    return answers.groups.at(GroupId{1}).lookup.if_unavailable()->reason;
  }

  FakeClock clock;
  FakePanel inner;
  BackoffPanel panel{inner, clock};
};

TEST_F(PatientPanelTest, LeavesTheWholePanelAloneForAsLongAsItAskedFor) {
  inner.set(GroupId{1}, throttled(seconds{40}));
  EXPECT_EQ(reason(), Reason::throttled);
  clock.advance(seconds{39});
  EXPECT_EQ(reason(), Reason::backing_off);
  EXPECT_EQ(panel.connect(budget).lookup.if_unavailable()->reason, Reason::backing_off);
  EXPECT_EQ(inner.asked.size(), 1U);
  EXPECT_EQ(inner.probes, 0);
  clock.advance(seconds{1});
  EXPECT_EQ(reason(), Reason::throttled);
  EXPECT_EQ(inner.asked.size(), 2U);
}

TEST_F(PatientPanelTest, TellsHowLongThatStillLasts) {
  inner.set(GroupId{1}, throttled(seconds{40}));
  (void)reason();
  clock.advance(Milliseconds{10'500});
  const Answers answers = panel.ask({{PackageId{1}}, {}}, budget);
  const Unavailable* const why = answers.packages.at(PackageId{1}).lookup.if_unavailable();
  ASSERT_NE(why, nullptr);
  EXPECT_EQ(why->retry_after, seconds{30});
}

TEST_F(PatientPanelTest, AShorterWishDoesNotCutALongerOne) {
  inner.set(PackageId{1}, throttled(seconds{90}));
  inner.set(GroupId{1}, throttled(seconds{5}));
  (void)reason();
  EXPECT_EQ(panel.quiet_until(), clock.now() + seconds{90});
}

TEST_F(PatientPanelTest, AProbeCanAskForPatienceToo) {
  inner.set_connected(throttled(seconds{30}));
  (void)panel.connect(budget);
  EXPECT_EQ(reason(), Reason::backing_off);
}

TEST_F(PatientPanelTest, FailuresWithoutAWishHoldNothingBack) {
  inner.set(GroupId{1}, Unavailable{Reason::server_error, "503"});
  (void)reason();
  EXPECT_EQ(reason(), Reason::server_error);
}

TEST_F(PatientPanelTest, TakesUpAWaitFromBeforeARestart) {
  panel.stay_quiet_until(clock.now() + seconds{10});
  EXPECT_EQ(reason(), Reason::backing_off);
  EXPECT_TRUE(inner.asked.empty());
}

}  // namespace
}  // namespace vfstock::panel
