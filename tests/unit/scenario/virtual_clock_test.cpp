#include "sim/scenario/virtual_clock.h"

#include <gtest/gtest.h>

namespace vfstock::sim::scenario {
namespace {

using namespace std::chrono_literals;

TEST(VirtualClock, StandsStillUntilItIsMoved) {
  VirtualClock clock;
  EXPECT_EQ(clock.now(), 0ms);
  clock.advance_by(30s);
  EXPECT_EQ(clock.now(), 30s);
}

TEST(VirtualClock, NeverMovesBackToAStepThatWasOvertaken) {
  VirtualClock clock;
  clock.advance_to(10s);
  clock.advance_to(4s);
  EXPECT_EQ(clock.now(), 10s);
}

TEST(VirtualClock, CarriesTheCalendarAlong) {
  VirtualClock clock;
  const auto before = clock.wall();
  clock.advance_by(24h);
  EXPECT_EQ(clock.wall() - before, 24h);
}

}  // namespace
}  // namespace vfstock::sim::scenario
