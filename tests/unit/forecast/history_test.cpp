// Traces and shops as histories: what counts, and what is refused where.
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "sim/document/document.h"
#include "sim/forecast/fit/shop_history.h"
#include "sim/forecast/fit/trace.h"

namespace vfstock::sim::forecast::fit {
namespace {

History trace(const std::string& text) {
  std::istringstream stream(text);
  return read_trace(stream, "t.csv");
}

std::string refusal(const std::string& text) {
  try {
    (void)trace(text);
  } catch (const document::DocumentError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Trace, HoldsTimeProductLifeAndWhetherItsEndWasSeen) {
  const History history = trace(
      "product,time,lifetime,censored,batch\r\n"
      "small,100,50,0,a\r\n"
      "large,40,9.5,1,b\r\n"
      "small,100,,,a\r\n"
      "small,160,0,0,c\r\n");
  ASSERT_EQ(history.sales.size(), 4U);
  EXPECT_EQ(history.end, 160);
  EXPECT_EQ(history.sales[0].product, "large");
  EXPECT_TRUE(history.sales[0].running);
  EXPECT_EQ(history.sales[0].life, 9.5);
  EXPECT_FALSE(history.sales[1].running);
  EXPECT_EQ(history.sales[1].life, 50);
  EXPECT_EQ(history.sales[1].batch, history.sales[2].batch);
  EXPECT_NE(history.sales[1].batch, history.sales[3].batch);
  EXPECT_TRUE(history.sales[2].running) << "an empty lifetime lasts";
  EXPECT_EQ(history.sales[2].life, 60);
}

TEST(Trace, TakesDatesForTimesAndSizesForProducts) {
  const History history = trace(
      "time,size,lifetime,censored\n"
      "1970-01-02,4,1,0\n1970-01-02T01:00,4,1,0\n1970-01-02 01:00:30Z,4,1,0\n");
  EXPECT_EQ(history.sales[0].at, 86'400);
  EXPECT_EQ(history.sales[1].at, 90'000);
  EXPECT_EQ(history.sales[2].at, 90'030);
  EXPECT_EQ(history.sales[0].product, "4");
  EXPECT_NE(history.sales[0].batch, history.sales[1].batch) << "without batches each is one";
}

TEST(Trace, RefusesWithTheLine) {
  const std::string head = "time,product,lifetime,censored\n1,a,1,0\n";
  EXPECT_EQ(refusal(""), "t.csv:1: expected a header: time,product,lifetime,censored");
  EXPECT_EQ(refusal("time,product,lifetime,censored\n"),
            "t.csv:1: expected at least one line after the header");
  EXPECT_NE(refusal("time,produkt,lifetime,censored\n").find("t.csv:1: unknown column 'produkt'"),
            std::string::npos);
  EXPECT_EQ(refusal("time,product,censored\n"), "t.csv:1: the column 'lifetime' is missing");
  EXPECT_EQ(refusal("time,product,size,lifetime,censored\n"),
            "t.csv:1: the column 'product' is there twice");
  EXPECT_EQ(refusal(head + "2,a,1\n"), "t.csv:3: expected 4 columns, found 3");
  EXPECT_EQ(refusal(head + "\n"), "t.csv:3: expected 4 columns, found 1");
  EXPECT_EQ(refusal(head + "2,,1,0\n"), "t.csv:3: product: expected a name");
  EXPECT_EQ(refusal(head + "2,a,-1,0\n"),
            "t.csv:3: lifetime: expected seconds, not negative, found '-1'");
  EXPECT_EQ(refusal(head + "2,a,,0\n"),
            "t.csv:3: lifetime: empty, although the end was seen (censored is 0)");
  EXPECT_EQ(refusal(head + "2,a,1,yes\n"), "t.csv:3: censored: expected 0 or 1, found 'yes'");
  EXPECT_EQ(refusal(head + "2,\"a\",1,0\n"), "t.csv:3: quotes are not understood here");
  for (const char* const time :
       {"", "x", "nan", "inf", "1e300", "2026-02-30", "2026-01-01T25:00"}) {
    EXPECT_NE(refusal(head + time + ",a,1,0\n").find("t.csv:3: time: expected seconds or a date"),
              std::string::npos)
        << time;
  }
}

TEST(Trace, TellsStockCyclesAndArrangedEnds) {
  const History history = trace(
      "time,product,lifetime,censored,stock,cycle,ends\n"
      "100,a,50,0,3,monthly,\n200,a,,,0,monthly,900\n260,b,,,0,,\n500,a,,,1,yearly,\n");
  EXPECT_EQ(history.sales[1].cycle, "monthly");
  EXPECT_EQ(history.sales[1].ends, 900);
  ASSERT_EQ(history.emptied.at("a").size(), 1U);
  EXPECT_EQ(history.emptied.at("a")[0].from, 200);
  EXPECT_EQ(history.emptied.at("a")[0].until, 500);
  EXPECT_EQ(history.emptied.at("b")[0].until, 500) << "until the end";
}

// What ran longer was seen by somebody who counted no more sales.
TEST(Trace, EndsWithItsLastSale) {
  const History history = trace("time,product,lifetime,censored\n100,a,5000,1\n200,a,9000,0\n");
  EXPECT_EQ(history.end, 200);
  EXPECT_EQ(history.sales[0].life, 5000);
}

TEST(Trace, RefusesALineWithoutEndAndAMomentFarFromTheRestWithoutRepeatingThem) {
  const std::string head = "time,product,lifetime,censored\n1700000000,a,1,0\n";
  const std::string longest = refusal(head + std::string(10'000'000, 'x') + "\n");
  EXPECT_EQ(longest, "t.csv:3: the line is longer than 65536 bytes");
  EXPECT_EQ(
      refusal(head + "-1e11,a,1,0\n"),
      "t.csv:3: time: 3223 years before the end of the trace, which may span 50; take out the "
      "lines that are wrong");
  EXPECT_EQ(refusal(head + "\x1b[2Jnow,a,1,0\n"),
            "t.csv:3: time: expected seconds or a date such as 2026-11-24T03:00, found '?[2Jnow'");
}

TEST(Trace, ReadsLinesThatTwoReadsOfTheFileShare) {
  std::string text = "time,product,lifetime,censored\n";
  for (int n = 0; n < 200'000; ++n) text += std::to_string(1'000'000 + n) + ",abc,10,0\n";
  const History history = trace(text);
  ASSERT_EQ(history.sales.size(), 200'000U);
  for (int n = 0; n < 200'000; ++n)
    ASSERT_EQ(history.sales[static_cast<std::size_t>(n)].at, 1'000'000 + n);
}

TEST(History, EndsEarlierAsIfNothingHadComeSince) {
  History history = trace("time,product,lifetime,censored\n100,a,50,0\n200,a,500,0\n600,a,1,0\n");
  end_at(history, 400);
  ASSERT_EQ(history.sales.size(), 2U);
  EXPECT_FALSE(history.sales[0].running);
  EXPECT_TRUE(history.sales[1].running);
  EXPECT_EQ(history.sales[1].life, 200);
}

using std::chrono::days;
using std::chrono::hours;

constexpr WallTime today{days{20'000}};

catalogue::SoldService sold(std::string status) {
  catalogue::SoldService service;
  service.service = 7;
  service.order = 3;
  service.product = {12};
  service.ordered = today - days{30} + hours{9};
  service.registered = today - days{30};
  service.status = std::move(status);
  return service;
}

TEST(ShopHistory, WhatRunsHasLastedUntilTheLastMidnight) {
  for (const char* const status : {"Active", "Suspended"}) {
    const History history = history_of({sold(status)}, today + hours{5});
    ASSERT_EQ(history.sales.size(), 1U);
    EXPECT_TRUE(history.sales[0].running);
    EXPECT_EQ(history.sales[0].life, 30 * day_s - 9 * hour_s);
    EXPECT_EQ(history.end, 20'000 * day_s);
  }
}

TEST(ShopHistory, WhatEndedLastedFromDayToDayAndHalfADayAtLeast) {
  catalogue::SoldService service = sold("Terminated");
  service.ended = today - days{10};
  EXPECT_EQ(history_of({service}, today).sales[0].life, 20 * day_s);
  service.status = "Cancelled";
  service.ended = today - days{30};
  EXPECT_EQ(history_of({service}, today).sales[0].life, day_s / 2);
  EXPECT_FALSE(history_of({service}, today).sales[0].running);
}

TEST(ShopHistory, WhatEndsAfterItsEndStillRuns) {
  catalogue::SoldService service = sold("Terminated");
  service.ended = today - days{10};
  const History history = history_of({service}, today - days{20});
  EXPECT_TRUE(history.sales[0].running);
  EXPECT_EQ(history.sales[0].life, 10 * day_s - 9 * hour_s);
}

TEST(ShopHistory, AnEndWithoutADateIsADemandWithoutALife) {
  const History history = history_of({sold("Terminated")}, today);
  ASSERT_EQ(history.sales.size(), 1U);
  EXPECT_FALSE(history.sales[0].life);
  EXPECT_EQ(history.remarks,
            std::vector<std::string>{"1 services ended on a date that was not kept"});
}

// An order that is never paid stays pending for ever.
TEST(ShopHistory, WhatNeverBecameAVpsIsNoDemandAndTold) {
  const History history = history_of({sold("Pending"), sold("Active"), sold("Pending")}, today);
  EXPECT_EQ(history.sales.size(), 1U);
  EXPECT_EQ(history.remarks,
            std::vector<std::string>{"2 orders never became a VPS and are left out"});
  EXPECT_TRUE(history_of({sold("Fraud")}, today).sales.empty());
  EXPECT_TRUE(history_of({sold("Cancelled")}, today).sales.empty());
}

TEST(ShopHistory, WhatIsCancelledAlreadyEndsOnItsDate) {
  catalogue::SoldService service = sold("Active");
  service.cycle = "Monthly";
  service.cancelled_for = today + days{12};
  History history = history_of({service}, today);
  EXPECT_EQ(history.sales[0].cycle, "Monthly");
  EXPECT_EQ(history.sales[0].ends, 20'012 * day_s);
  service.cancelled_for = today - days{3};
  history = history_of({service}, today);
  EXPECT_EQ(history.sales[0].ends, history.end) << "at once, where the date is over";
  service.status = "Terminated";
  service.ended = today - days{1};
  EXPECT_FALSE(history_of({service}, today).sales[0].ends);
}

TEST(ShopHistory, WithoutAnOrderTheDayIsKnownAloneAndTheBatchIsItsOwn) {
  catalogue::SoldService service = sold("Active"), other = sold("Active");
  service.ordered = std::nullopt;
  service.order = other.order = 0;
  other.service = 8;
  const History history = history_of({service, other}, today);
  EXPECT_FALSE(history.sales[0].hour_known);
  EXPECT_TRUE(history.sales[1].hour_known);
  EXPECT_NE(history.sales[0].batch, history.sales[1].batch);
  service.registered = std::nullopt;
  EXPECT_TRUE(history_of({service}, today).sales.empty());
}

TEST(ShopHistory, ADayThatIsNotOverIsNoDay) {
  catalogue::SoldService service = sold("Active");
  service.ordered = today + hours{1};
  EXPECT_TRUE(history_of({service}, today + hours{2}).sales.empty());
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
