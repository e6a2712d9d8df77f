// Chance follows from seed, run and ordinal alone.
#include "sim/fuzz/dice.h"

#include <array>
#include <set>

#include <gtest/gtest.h>

namespace vfstock::sim::fuzz {
namespace {

TEST(Dice, GiveTheSameForTheSameSeedAndRun) {
  Dice one(7, 3);
  Dice other(7, 3);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(one.next(), other.next());
}

TEST(Dice, GiveEveryRunAStreamOfItsOwn) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    for (std::uint64_t run = 0; run < 30; ++run) first.insert(Dice(seed, run).next());
  }
  EXPECT_EQ(first.size(), 900U);
}

TEST(Dice, StayWithinTheirBoundsAndReachThem) {
  Dice dice(1, 1);
  std::set<std::int64_t> seen;
  for (int n = 0; n < 300; ++n) seen.insert(dice.between(-1, 2));
  EXPECT_EQ(seen, (std::set<std::int64_t>{-1, 0, 1, 2}));
}

TEST(Dice, FallAsOftenAsTheChanceSays) {
  Dice dice(1, 2);
  int heads = 0;
  for (int n = 0; n < 10'000; ++n) heads += dice.chance(30) ? 1 : 0;
  // Five standard deviations of the binomial.
  EXPECT_NEAR(heads, 3000, 230);
}

TEST(Dice, PickOneOfTheChoices) {
  Dice dice(1, 3);
  const std::array choices{2, 3, 5};
  std::set<int> seen;
  for (int n = 0; n < 100; ++n) seen.insert(dice.pick(choices));
  EXPECT_EQ(seen, (std::set<int>{2, 3, 5}));
}

}  // namespace
}  // namespace vfstock::sim::fuzz
