#include "engine/base/text.h"

#include <gtest/gtest.h>

namespace vfstock {
namespace {

TEST(LetterCase, IsThatOfAsciiAlone) {
  EXPECT_EQ(lower("Content-TYPE \xC3\x84"), "content-type \xC3\x84");
  EXPECT_TRUE(equal_ignoring_case("aZ", "Az"));
  EXPECT_TRUE(equal_ignoring_case("", ""));
  EXPECT_FALSE(equal_ignoring_case("a[", "a{"));
  EXPECT_FALSE(equal_ignoring_case("a@", "a`"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
}

TEST(Trimming, TakesWhiteSpaceFromBothEndsOnly) {
  EXPECT_EQ(trimmed(" \t\n\v\f\r a b \r\n"), "a b");
  EXPECT_EQ(trimmed("a"), "a");
  EXPECT_EQ(trimmed(" \t "), "");
  EXPECT_EQ(trimmed(""), "");
}

}  // namespace
}  // namespace vfstock
