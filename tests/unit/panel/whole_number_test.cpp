#include "engine/panel/whole_number.h"

#include <gtest/gtest.h>

namespace vfstock::panel {
namespace {

constexpr auto none = std::nullopt;

TEST(WholeNumber, ReadsEveryNotationOfAWholeNumber) {
  EXPECT_EQ(whole_number("0"), 0);
  EXPECT_EQ(whole_number("-0.000"), 0);
  EXPECT_EQ(whole_number("0e999999999999999999999"), 0);
  EXPECT_EQ(whole_number("4096"), 4096);
  EXPECT_EQ(whole_number("-12.0"), -12);
  EXPECT_EQ(whole_number("1.5e1"), 15);
  EXPECT_EQ(whole_number("1500E-2"), 15);
  EXPECT_EQ(whole_number("1e+3"), 1000);
}

TEST(WholeNumber, RefusesFractions) {
  EXPECT_EQ(whole_number("5.5"), none);
  EXPECT_EQ(whole_number("1e-1"), none);
  EXPECT_EQ(whole_number("1e-999999999999999999999"), none);
}

TEST(WholeNumber, EndsAtTwoToThe53) {
  EXPECT_EQ(whole_number("9007199254740992"), whole_number_max);
  EXPECT_EQ(whole_number("-9007199254740992"), -whole_number_max);
  EXPECT_EQ(whole_number("9007199254740993"), none);
  EXPECT_EQ(whole_number("1e16"), none);
  EXPECT_EQ(whole_number("1e400"), none);
  EXPECT_EQ(whole_number("1e99999999999999999999"), none);
}

TEST(DigitString, IsDigitsWithAnOptionalMinusAndNothingElse) {
  EXPECT_EQ(digit_string("1024"), 1024);
  EXPECT_EQ(digit_string("-5"), -5);
  EXPECT_EQ(digit_string("007"), 7);
  for (const char* text : {"", "-", "+5", " 5", "5 ", "5.0", "1e3", "0x10", "5a"}) {
    EXPECT_EQ(digit_string(text), none) << text;
  }
  EXPECT_EQ(digit_string("9007199254740993"), none);
  EXPECT_EQ(digit_string("99999999999999999999999999"), none);
}

}  // namespace
}  // namespace vfstock::panel
