#include "engine/capacity/percent.h"

#include <gtest/gtest.h>

namespace vfstock::capacity {
namespace {

constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;

std::string read(std::string_view text) {
  const auto percent = Percent::parse(text);
  return percent ? percent->text() : "no percentage";
}

std::int64_t reserve(std::string_view text, std::int64_t max) {
  return Percent::parse(text).value().reserve(max);
}

TEST(Percent, ReadsWholeNumbersAndFractions) {
  EXPECT_EQ(read("7"), "7");
  EXPECT_EQ(read("7.50"), "7.5");
  EXPECT_EQ(read(".5"), "0.5");
  EXPECT_EQ(read("5."), "5");
  EXPECT_EQ(read("007"), "7");
  EXPECT_EQ(read("0"), "0");
  EXPECT_EQ(read("12.05"), "12.05");
}

TEST(Percent, ReadsSignsAndSurroundingSpace) {
  EXPECT_EQ(read(" \t\n+7 \r\v\f"), "7");
  EXPECT_EQ(read("-0"), "0");
}

TEST(Percent, ReadsExponents) {
  EXPECT_EQ(read("7e0"), "7");
  EXPECT_EQ(read("70E-1"), "7");
  EXPECT_EQ(read("0.7e+1"), "7");
  EXPECT_EQ(read("1.25e1"), "12.5");
  EXPECT_EQ(read("125e-3"), "0.125");
  EXPECT_EQ(read("1e-3"), "0.001");
  EXPECT_EQ(read("1e1"), "10");
}

TEST(Percent, ClampsToTheRangeFrom0To100) {
  EXPECT_EQ(read("-5"), "0");
  EXPECT_EQ(read("100"), "100");
  EXPECT_EQ(read("100.5"), "100");
  EXPECT_EQ(read("250"), "100");
  EXPECT_EQ(read("99.9"), "99.9");
  EXPECT_EQ(read("1e3"), "100");
  EXPECT_EQ(Percent{-1}, Percent{0});
  EXPECT_EQ(Percent{101}, Percent{100});
}

TEST(Percent, RefusesEverythingElse) {
  for (const char* text : {"", " ", "10%", "abc", "0x1", "1,5", "1e", "1e+", ".", "-", "+-1", "1 2",
                           "inf", "nan", "1.2.3", "e5", "--1", "1e1.5"}) {
    EXPECT_EQ(read(text), "no percentage") << text;
  }
}

TEST(Percent, SurvivesExponentsOfAnySize) {
  EXPECT_EQ(read("1e999999999999999999999"), "100");
  EXPECT_EQ(read("-1e999999999999999999999"), "0");
  EXPECT_EQ(read("0e999999999999999999999"), "0");
  EXPECT_EQ(reserve("1e-999999999999999999999", two_to_53), 1);
  EXPECT_EQ(read("0e-999999999999999999999"), "0");
}

TEST(Percent, TakesTheSmallestValuesAsTenToTheMinusThirty) {
  EXPECT_EQ(read("1e-31"), read("1e-30"));
  EXPECT_EQ(read("9.9e-31"), read("1e-30"));
  EXPECT_NE(read("1.1e-30"), read("1e-30"));
}

TEST(Percent, ReservesSevenOfHundredAtSevenPercent) { EXPECT_EQ(Percent{7}.reserve(100), 7); }

TEST(Percent, RoundsTheReserveUp) {
  EXPECT_EQ(Percent{10}.reserve(101), 11);
  EXPECT_EQ(Percent{10}.reserve(1), 1);
  EXPECT_EQ(reserve("0.001", 1), 1);
  EXPECT_EQ(reserve("7.5", 1000), 75);
  EXPECT_EQ(reserve("7.5", 1001), 76);
}

TEST(Percent, ReservesNothingOfNothingAndNothingAtZero) {
  EXPECT_EQ(Percent{10}.reserve(0), 0);
  EXPECT_EQ(Percent{0}.reserve(two_to_53), 0);
}

TEST(Percent, IsExactForTheLargestQuotas) {
  EXPECT_EQ(Percent{100}.reserve(two_to_53), two_to_53);
  EXPECT_EQ(Percent{50}.reserve(two_to_53), two_to_53 / 2);
  EXPECT_EQ(reserve("33.3", two_to_53), 2999397351828751);
  // One unit in the sixtieth place is enough to round up, and only enough for that.
  const std::string seven_and_a_bit = "7." + std::string(59, '0') + "1";
  EXPECT_EQ(reserve(seven_and_a_bit, 100), 8);
  EXPECT_EQ(reserve("6." + std::string(60, '9'), 100), 7);
}

TEST(Percent, IsEqualWhenTheValueIs) {
  EXPECT_EQ(Percent::parse("7.50"), Percent::parse("75e-1"));
  EXPECT_LT(Percent::parse("7.05"), Percent::parse("7.5"));
  EXPECT_LT(Percent::parse("9"), Percent::parse("10"));
}

TEST(Percent, GivesItselfAsARatioWhereThatIsExact) {
  const auto ratio = Percent::parse("7.25").value().ratio();
  ASSERT_TRUE(ratio);
  EXPECT_EQ(ratio->numerator, 725);
  EXPECT_EQ(ratio->denominator, 100);
  EXPECT_FALSE(Percent::parse("0.12345678901234567").value().ratio());
}

}  // namespace
}  // namespace vfstock::capacity
