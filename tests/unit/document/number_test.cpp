#include "sim/document/number.h"

#include <compare>

#include <gtest/gtest.h>

#include "sim/document/canonical.h"

namespace vfstock::sim::document {
namespace {

TEST(IsWhole, HoldsForIntegralFloatsAndForNothingElse) {
  EXPECT_TRUE(is_whole(7));
  EXPECT_TRUE(is_whole(7.0));
  EXPECT_TRUE(is_whole(1e300));
  EXPECT_FALSE(is_whole(7.5));
  EXPECT_FALSE(is_whole("7"));
  EXPECT_FALSE(is_whole(true));
}

TEST(WholeNumber, StopsAtTheEdgesOfSixtyFourBits) {
  EXPECT_EQ(whole_number(-9223372036854775808.0), INT64_MIN);
  EXPECT_EQ(whole_number(9223372036854775808.0), std::nullopt);
  EXPECT_EQ(whole_number(-9223372036854777856.0), std::nullopt);
  EXPECT_EQ(whole_number(0.5), std::nullopt);
}

TEST(CompareNumbers, IsExactWhereADoubleWouldRound) {
  EXPECT_TRUE(std::is_gt(compare_numbers(9007199254740993, 9007199254740992.0)));
  EXPECT_TRUE(std::is_eq(compare_numbers(7, 7.0)));
  EXPECT_TRUE(std::is_lt(compare_numbers(7, 7.5)));
  EXPECT_TRUE(std::is_lt(compare_numbers(INT64_MAX, 1e300)));
  EXPECT_TRUE(std::is_lt(compare_numbers(-1e300, INT64_MIN)));
}

TEST(Canonical, IsOneTextForEqualValues) {
  EXPECT_EQ(canonical(1), canonical(1.0));
  EXPECT_EQ(canonical(parse(R"({"a": 1, "b": [2]})", "f")),
            canonical(parse(R"({"b": [2.0], "a": 1})", "f")));
}

TEST(Canonical, TellsUnequalValuesApart) {
  EXPECT_NE(canonical(1), canonical(true));
  EXPECT_NE(canonical(0), canonical(false));
  EXPECT_NE(canonical("1"), canonical(1));
  EXPECT_NE(canonical(nullptr), canonical("null"));
  EXPECT_NE(canonical(Json::array({1, 2})), canonical(Json::array({2, 1})));
  EXPECT_NE(canonical(Json::array({"a", "b"})), canonical(Json::array({"a\",\"b"})));
  EXPECT_NE(canonical(1.5), canonical(1));
}

}  // namespace
}  // namespace vfstock::sim::document
