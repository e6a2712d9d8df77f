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

TEST(ShopHistory, PendingIsDemandFraudAndCancelledOrdersAreNot) {
  EXPECT_EQ(history_of({sold("Pending")}, today).sales.size(), 1U);
  EXPECT_FALSE(history_of({sold("Pending")}, today).sales[0].life);
  EXPECT_TRUE(history_of({sold("Fraud")}, today).sales.empty());
  EXPECT_TRUE(history_of({sold("Cancelled")}, today).sales.empty());
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
