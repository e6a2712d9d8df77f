#include "engine/base/duration.h"

#include <gtest/gtest.h>

namespace vfstock {
namespace {

using namespace std::chrono_literals;

TEST(Duration, IsAWholeNumberAndAUnit) {
  EXPECT_EQ(duration_from("500ms"), 500ms);
  EXPECT_EQ(duration_from("90s"), 90s);
  EXPECT_EQ(duration_from("5m"), 5min);
  EXPECT_EQ(duration_from("2h"), 2h);
  EXPECT_EQ(duration_from("3d"), 72h);
  EXPECT_EQ(duration_from("0s"), 0ms);
}

TEST(Duration, AnythingElseIsNone) {
  for (const char* const text : {"", "s", "90", "-1s", "+1s", " 1s", "1s ", "1 s", "1.5s", "1h30m",
                                 "1S", "1w", "0x1s", "1e3s"}) {
    EXPECT_FALSE(duration_from(text).has_value()) << text;
  }
}

TEST(Duration, EndsAtTenYears) {
  EXPECT_EQ(duration_from("3650d"), duration_max);
  EXPECT_FALSE(duration_from("3651d").has_value());
  EXPECT_FALSE(duration_from("315360000001ms").has_value());
  EXPECT_FALSE(duration_from("99999999999999999999s").has_value());
  EXPECT_FALSE(duration_from("9223372036854775807d").has_value());
}

TEST(Duration, IsWrittenInItsLongestWholeUnit) {
  EXPECT_EQ(duration_text(0ms), "0s");
  EXPECT_EQ(duration_text(1500ms), "1500ms");
  EXPECT_EQ(duration_text(90s), "90s");
  EXPECT_EQ(duration_text(120s), "2m");
  EXPECT_EQ(duration_text(24h), "1d");
  EXPECT_EQ(duration_text(-90s), "-90s");
}

TEST(Duration, WhatIsWrittenIsReadBack) {
  for (const auto duration : {0ms, 1ms, 999ms, 1000ms, 61000ms, 3600000ms, 86400001ms}) {
    EXPECT_EQ(duration_from(duration_text(duration)), duration);
  }
}

}  // namespace
}  // namespace vfstock
