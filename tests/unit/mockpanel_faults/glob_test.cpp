#include "mockpanel/faults/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::faults {
namespace {

TEST(Glob, DescribesTheWholePathAndNothingLess) {
  EXPECT_TRUE(glob_matches("/packages/7", "/packages/7"));
  EXPECT_FALSE(glob_matches("/packages/7", "/packages/77"));
  EXPECT_FALSE(glob_matches("/packages/7", "/packages"));
  EXPECT_FALSE(glob_matches("packages/7", "/packages/7"));
}

TEST(Glob, OneStarStaysWithinASegment) {
  EXPECT_TRUE(glob_matches("/packages/*", "/packages/7"));
  EXPECT_TRUE(glob_matches("/packages/*", "/packages/"));
  EXPECT_TRUE(glob_matches("/groups/*/resources", "/groups/12/resources"));
  EXPECT_FALSE(glob_matches("/groups/*", "/groups/12/resources"));
  EXPECT_FALSE(glob_matches("/*", "/a/b"));
}

TEST(Glob, TwoStarsCrossSegments) {
  EXPECT_TRUE(glob_matches("**", ""));
  EXPECT_TRUE(glob_matches("**", "/a/b/c"));
  EXPECT_TRUE(glob_matches("/compute/**", "/compute/hypervisors/groups/1/resources"));
  EXPECT_TRUE(glob_matches("**/resources", "/compute/hypervisors/groups/1/resources"));
  EXPECT_FALSE(glob_matches("**/resources", "/compute/resources/1"));
}

TEST(Glob, StarsTakeAnyLengthThatLetsTheRestMatch) {
  EXPECT_TRUE(glob_matches("/*a*b", "/aab-ab"));
  EXPECT_FALSE(glob_matches("/*a*b", "/bbbb"));
}

TEST(Glob, LetterCaseCounts) { EXPECT_FALSE(glob_matches("/Packages/*", "/packages/7")); }

TEST(Glob, ManyStarsOnALongPathStayCheap) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  EXPECT_FALSE(glob_matches(pattern, std::string(8000, 'a') + "b"));
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
