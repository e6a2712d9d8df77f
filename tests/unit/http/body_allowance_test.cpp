// The bodies of one fetch: a first mebibyte each, one room for what goes beyond.
#include "engine/http/body_allowance.h"

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
constexpr std::int64_t body_bytes = 32 * mebibyte;

struct Allowance : ::testing::Test {
  SharedBodyRoom room{body_bytes};
  BodyAllowance one{room}, other{room};
};

TEST_F(Allowance, GivesOneBodyTheWholeLimitAndNotAByteMore) {
  EXPECT_EQ(one.whole(), 32 * mebibyte);
  EXPECT_TRUE(one.grow_to(32 * mebibyte));
  EXPECT_FALSE(one.grow_to(32 * mebibyte + 1));
}

TEST_F(Allowance, LetsSeveralHoldNoMoreThanOneBesideTheirFirstMebibyte) {
  ASSERT_TRUE(one.grow_to(21 * mebibyte));
  EXPECT_FALSE(other.grow_to(12 * mebibyte + 1));
  EXPECT_TRUE(other.grow_to(12 * mebibyte));
  EXPECT_FALSE(one.grow_to(21 * mebibyte + 1));
}

TEST_F(Allowance, KeepsTheFirstMebibyteOfEachOutOfTheOthersReach) {
  ASSERT_TRUE(one.grow_to(32 * mebibyte));
  EXPECT_EQ(other.own(), mebibyte);
  EXPECT_TRUE(other.grow_to(mebibyte));
  EXPECT_FALSE(other.grow_to(mebibyte + 1));
}

TEST_F(Allowance, IsThereAgainWhenABodyIsGone) {
  {
    BodyAllowance third(room);
    ASSERT_TRUE(third.grow_to(20 * mebibyte));
    ASSERT_FALSE(one.grow_to(20 * mebibyte));
  }
  EXPECT_TRUE(one.grow_to(32 * mebibyte));
  one.give_back();
  EXPECT_TRUE(other.grow_to(32 * mebibyte));
}

TEST_F(Allowance, OfAnAnswerStaysTakenUntilTheNextFetch) {
  ASSERT_TRUE(one.grow_to(31 * mebibyte));
  one.leave();
  EXPECT_TRUE(other.grow_to(2 * mebibyte));
  EXPECT_FALSE(one.grow_to(2 * mebibyte));
  other.give_back();
  room.renew();
  EXPECT_TRUE(one.grow_to(32 * mebibyte));
}

TEST_F(Allowance, IsAsItWasAfterAStepThatFoundNoRoom) {
  ASSERT_TRUE(one.grow_to(5 * mebibyte));
  ASSERT_FALSE(one.grow_to(33 * mebibyte));
  EXPECT_TRUE(other.grow_to(28 * mebibyte));
}

TEST(SmallAllowance, HasNothingToShare) {
  SharedBodyRoom room(1000);
  BodyAllowance one(room);
  BodyAllowance other(room);
  EXPECT_EQ(one.own(), 1000U);
  EXPECT_TRUE(one.grow_to(1000));
  EXPECT_TRUE(other.grow_to(1000));
  EXPECT_FALSE(other.grow_to(1001));
}

}  // namespace
}  // namespace vfstock::http
