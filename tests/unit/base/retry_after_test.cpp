#include "engine/base/retry_after.h"

#include <gtest/gtest.h>

namespace vfstock {
namespace {

using std::chrono::seconds;

// Thu, 15 Jan 2026 12:00:00 GMT
constexpr WallTime noon =
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 15} + std::chrono::hours{12};

std::optional<seconds> wait(std::string_view header, WallTime now = noon) {
  const auto asked = RetryAfter::parse(header);
  if (!asked) return std::nullopt;
  return asked->wait(now, seconds{900});
}

bool asks_to_wait(std::string_view header) {
  const auto asked = RetryAfter::parse(header);
  return asked && asked->asks_to_wait();
}

TEST(RetryAfter, ReadsSecondsUpToTheCap) {
  EXPECT_EQ(wait("0"), seconds{0});
  EXPECT_EQ(wait(" 5 "), seconds{5});
  EXPECT_EQ(wait("86400"), seconds{900});
  EXPECT_EQ(wait("99999999999999999999999"), seconds{900});
}

TEST(RetryAfter, ReadsADateAgainstTheCalendar) {
  EXPECT_EQ(wait("Thu, 15 Jan 2026 12:00:30 GMT"), seconds{30});
  EXPECT_EQ(wait("Thu, 15 Jan 2026 11:00:00 GMT"), seconds{0});
  EXPECT_EQ(wait("Fri, 16 Jan 2026 12:00:00 GMT"), seconds{900});
  EXPECT_EQ(wait("Fri, 31 Dec 9999 23:59:59 GMT"), seconds{900});
}

TEST(RetryAfter, RoundsAFractionOfASecondUp) {
  EXPECT_EQ(wait("Thu, 15 Jan 2026 12:00:01 GMT", noon + Milliseconds{1}), seconds{1});
}

TEST(RetryAfter, IsNoneWhereItIsGarbage) {
  for (const char* text :
       {"", " ", "-5", "+5", "5s", "1.5", "1 2", "soon", "soon GMT", "Thu, 15 Jan 2026",
        "Thu, 32 Jan 2026 12:00:30 GMT", "Thu, 15 Foo 2026 12:00:30 GMT",
        "Xyz, 15 Jan 2026 12:00:30 GMT", "Thu, 15 Jan 2026 24:00:30 GMT",
        "Thu, 15 Jan 2026 12:60:30 GMT", "Thu, 15 Jan 2026 12:00:61 GMT",
        "Thu, 15 Jan 2026 12:00:30 UTC", "Thu, 15 Jan 2026 12:00:30 GMT x"}) {
    EXPECT_EQ(wait(text), std::nullopt) << text;
  }
}

TEST(RetryAfter, AsksToWaitUnlessItIsNoTimeAtAll) {
  EXPECT_TRUE(asks_to_wait("1"));
  EXPECT_TRUE(asks_to_wait("99999999999999999999999"));
  EXPECT_TRUE(asks_to_wait("Thu, 15 Jan 2026 12:00:30 GMT"));
  EXPECT_FALSE(asks_to_wait("0"));
  EXPECT_FALSE(asks_to_wait("000"));
  EXPECT_FALSE(asks_to_wait("1 2"));
  EXPECT_FALSE(asks_to_wait("soon GMT"));
}

}  // namespace
}  // namespace vfstock
