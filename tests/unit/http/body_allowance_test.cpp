// Bodies in flight: a first mebibyte each, one room for what goes beyond.
#include "engine/http/body_allowance.h"

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
constexpr std::int64_t body_bytes = 32 * mebibyte;

TEST(BodyAllowance, GivesOneBodyTheWholeLimitAndNotAByteMore) {
  SharedBodyRoom room(body_bytes);
  BodyAllowance body(room);
  EXPECT_EQ(body.most(), 32 * mebibyte);
  EXPECT_TRUE(body.grow_to(32 * mebibyte));
  EXPECT_FALSE(body.grow_to(32 * mebibyte + 1));
  EXPECT_EQ(room.free(), 0U);
}

TEST(BodyAllowance, LetsSeveralHoldNoMoreThanOneBesideTheirFirstMebibyte) {
  SharedBodyRoom room(body_bytes);
  BodyAllowance one(room);
  BodyAllowance other(room);
  ASSERT_TRUE(one.grow_to(21 * mebibyte));
  EXPECT_EQ(other.most(), 12 * mebibyte);
  EXPECT_FALSE(other.grow_to(12 * mebibyte + 1));
  EXPECT_TRUE(other.grow_to(12 * mebibyte));
  EXPECT_FALSE(one.grow_to(21 * mebibyte + 1));
}

TEST(BodyAllowance, KeepsTheFirstMebibyteOfEachOutOfTheOthersReach) {
  SharedBodyRoom room(body_bytes);
  BodyAllowance greedy(room);
  BodyAllowance ordinary(room);
  ASSERT_TRUE(greedy.grow_to(32 * mebibyte));
  EXPECT_TRUE(ordinary.grow_to(mebibyte));
  EXPECT_FALSE(ordinary.grow_to(mebibyte + 1));
}

TEST(BodyAllowance, IsThereAgainWhenABodyIsGone) {
  SharedBodyRoom room(body_bytes);
  BodyAllowance one(room);
  {
    BodyAllowance other(room);
    ASSERT_TRUE(other.grow_to(20 * mebibyte));
    ASSERT_FALSE(one.grow_to(20 * mebibyte));
  }
  ASSERT_TRUE(one.grow_to(32 * mebibyte));
  one.give_back();
  EXPECT_EQ(room.free(), 31 * mebibyte);
}

TEST(BodyAllowance, OfAnUnsuccessfulStepIsAsItWas) {
  SharedBodyRoom room(body_bytes);
  BodyAllowance body(room);
  ASSERT_TRUE(body.grow_to(5 * mebibyte));
  ASSERT_FALSE(body.grow_to(33 * mebibyte));
  EXPECT_EQ(room.free(), 27 * mebibyte);
}

TEST(BodyAllowance, UnderASmallLimitHasNothingToShare) {
  SharedBodyRoom room(1000);
  BodyAllowance one(room);
  BodyAllowance other(room);
  EXPECT_EQ(room.own(), 1000U);
  EXPECT_TRUE(one.grow_to(1000));
  EXPECT_TRUE(other.grow_to(1000));
  EXPECT_FALSE(other.grow_to(1001));
}

}  // namespace
}  // namespace vfstock::http
