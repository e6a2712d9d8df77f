// What the checker makes of a Retry-After.
#include "sim/invariants/patience.h"

#include <gtest/gtest.h>

namespace vfstock::sim::invariants {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Exchanged answer(int status, const std::string& retry_after) {
  Exchanged exchange;
  exchange.answered = hours{1};
  exchange.status = status;
  exchange.headers = {{"Content-Type", "text/html"}, {"RETRY-after", retry_after}};
  return exchange;
}

void expect_between(const std::string& retry_after, seconds at_least, seconds at_most) {
  const Patience patience = patience_asked(answer(503, retry_after), {});
  EXPECT_EQ(patience.at_least, at_least) << retry_after;
  EXPECT_EQ(patience.at_most, at_most) << retry_after;
}

void expect_exactly(const std::string& retry_after, seconds asked) {
  expect_between(retry_after, asked, asked);
}

TEST(PatienceAsked, IsAWholeNumberOfSecondsUpToAQuarterOfAnHour) {
  expect_exactly("0", seconds{0});
  expect_exactly("5", seconds{5});
  expect_exactly("900", minutes{15});
  expect_exactly("901", minutes{15});
  expect_exactly("99999999999999999999", minutes{15});
}

TEST(PatienceAsked, IsADateAsTheCalendarCountsIt) {
  expect_between("Thu, 01 Jan 2026 01:00:07 GMT", seconds{7}, seconds{8});
  expect_between("Thu, 01 Jan 2026 00:59:59 GMT", seconds{0}, seconds{1});
  expect_exactly("Thu, 01 Jan 2026 01:15:01 GMT", minutes{15});
  expect_exactly("Fri, 31 Dec 2999 23:59:59 GMT", minutes{15});
  Calendar calendar;
  calendar.set({{}, -seconds{3}});
  EXPECT_EQ(patience_asked(answer(503, "Thu, 01 Jan 2026 01:00:07 GMT"), calendar).at_least,
            seconds{10});
}

TEST(PatienceAsked, IsOpenWhereTheRulesKnowNoSuchText) {
  for (const char* text : {"-3", "soon", "", "5 minutes", "5.0", "Thu, 32 Jan 2026 01:00:07 GMT",
                           "Thu, 29 Feb 2026 01:00:07 GMT", "Thu, 01 Foo 2026 01:00:07 GMT",
                           "Thx, 01 Jan 2026 01:00:07 GMT", "Thu, 01 Jan 2026 24:00:07 GMT",
                           "Thu, 01 Jan 2026 01:60:07 GMT", "Thu, 01 Jan 2026 01:00:07 UTC"}) {
    expect_between(text, seconds{0}, minutes{15});
  }
}

TEST(PatienceAsked, IsNoneOfAnAnswerThatIsRightOrSaysNothing) {
  Exchanged right = answer(200, "90");
  right.headers.front().second = "application/json";
  right.body = "{}";
  right.whole = true;
  EXPECT_EQ(patience_asked(right, {}).at_most, seconds{0});
  Exchanged bare;
  bare.status = 503;
  EXPECT_EQ(patience_asked(bare, {}).at_most, seconds{0});
}

TEST(PatienceAsked, IsOpenOfA200ThatIsNoDocument) {
  Exchanged page = answer(200, "90");
  page.body = "<p>Later</p>";
  page.whole = true;
  EXPECT_EQ(patience_asked(page, {}).at_least, seconds{0});
  EXPECT_EQ(patience_asked(page, {}).at_most, seconds{90});
}

}  // namespace
}  // namespace vfstock::sim::invariants
