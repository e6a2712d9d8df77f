#include "engine/catalogue/text.h"

#include <limits>

#include <gtest/gtest.h>

namespace vfstock::catalogue {
namespace {

constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

TEST(LeadingInteger, ReadsTheDigitsInFront) {
  EXPECT_EQ(leading_integer("3|London"), 3);
  EXPECT_EQ(leading_integer(" 7"), 7);
  EXPECT_EQ(leading_integer("\t\n\v\f\r 7x"), 7);
  EXPECT_EQ(leading_integer("+7"), 7);
  EXPECT_EQ(leading_integer("-7"), -7);
  EXPECT_EQ(leading_integer("12.9"), 12);
  EXPECT_EQ(leading_integer("007"), 7);
}

TEST(LeadingInteger, IsZeroWithoutDigits) {
  for (const char* text : {"", " ", "London", "|3", "+", "-", "- 3", "+-3",
                           "\xc2\xa0"
                           "3"}) {
    EXPECT_EQ(leading_integer(text), 0) << text;
  }
}

TEST(LeadingInteger, SaturatesAtTheLimits) {
  EXPECT_EQ(leading_integer("9223372036854775807"), greatest);
  EXPECT_EQ(leading_integer("9223372036854775806"), greatest - 1);
  EXPECT_EQ(leading_integer("9223372036854775808"), greatest);
  EXPECT_EQ(leading_integer("99999999999999999999999"), greatest);
  EXPECT_EQ(leading_integer("-9223372036854775808"), least);
  EXPECT_EQ(leading_integer("-9223372036854775807"), least + 1);
  EXPECT_EQ(leading_integer("-99999999999999999999999"), least);
}

}  // namespace
}  // namespace vfstock::catalogue
