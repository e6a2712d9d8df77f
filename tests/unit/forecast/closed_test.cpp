// What was not sold because there was nothing.
#include "sim/forecast/fit/closed.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/forecast/fit/demand_model.h"
#include "tests/unit/forecast/simulated_history.h"

namespace vfstock::sim::forecast::fit {
namespace {

/// A shop of this many places that is filled up every so many days, to which three customers a day
/// come: what it sold, when it was closed, and the gaps that its sales alone show.
struct SoldOut {
  History history;
  std::vector<Span> closed, gaps;
  double share_closed = 0;
};

SoldOut sold_out_shop(std::uint32_t seed, std::int64_t places, double every_days, double days) {
  ArrivalRate rate;
  rate.per_day = 3;
  rate.until = 1e18;
  const History wanted = simulated_history(rate, {}, Law(), days, seed);
  SoldOut shop;
  shop.history.end = wanted.end;
  std::int64_t left = places;
  double refill = monday + every_days * day_s, closed_at = -1, closed_for = 0;
  for (const Sale& sale : wanted.sales) {
    while (sale.at >= refill) {
      if (left == 0) {
        shop.closed.push_back({std::nextafter(closed_at, refill), refill});
        closed_for += refill - closed_at;
      }
      left = places;
      refill += every_days * day_s;
    }
    if (left == 0) continue;
    if (closed_at >= 0 && !shop.gaps.empty() && shop.gaps.back().until < 0) {
      shop.gaps.back().until = sale.at;
    }
    shop.history.sales.push_back(sale);
    if (--left == 0) {
      closed_at = sale.at;
      shop.gaps.push_back({sale.at, -1});
    }
  }
  if (!shop.gaps.empty() && shop.gaps.back().until < 0) shop.gaps.back().until = wanted.end;
  if (left == 0) {
    shop.closed.push_back({std::nextafter(closed_at, wanted.end), wanted.end});
    closed_for += wanted.end - closed_at;
  }
  shop.share_closed = closed_for / (days * day_s);
  return shop;
}

DemandModel learnt_model(const SoldOut& shop, std::vector<Span> closed) {
  auto sales = sales_by_product(shop.history);
  ModelOptions options;
  options.lead = 14;
  options.moments = 12;
  return model_of(past_of(sales["1"], shop.history.end, Period::day, std::move(closed)), options);
}

std::vector<double> moments_of(const SoldOut& shop) {
  std::vector<double> orders;
  for (const Sale& sale : shop.history.sales) orders.push_back(sale.at);
  return orders;
}

/// A level follows what is recent, so that one shop's is known less well than all of its orders
/// would know a constant: within four of the errors that it claims, and within a sixth.
double rate_found(const DemandModel& model) {
  EXPECT_NEAR(std::log(model.per_day() / 3), 0, 4 * model.rate_error());
  EXPECT_NEAR(model.per_day(), 3, 0.5);
  return model.per_day();
}

// Twelve places a week where 21 are wanted: closed for two fifths of the time.
TEST(ClosedPeriods,
     OfAShopThatIsOftenSoldOutAreNoLackOfDemandWhereKnownAndHardlyOneWhereEstimated) {
  double known_sum = 0, estimated_sum = 0, closed_sum = 0, blind_sum = 0;
  constexpr int shops = 20;
  for (std::uint32_t seed = 0; seed < shops; ++seed) {
    const SoldOut shop = sold_out_shop(900 + seed, 12, 7, 364);
    closed_sum += shop.share_closed / shops;
    const double known = rate_found(learnt_model(shop, shop.closed));
    const auto parts = closed_parts(moments_of(shop), shop.history.sales.front().at,
                                    shop.history.end, {}, shop.gaps);
    const double estimated = rate_found(learnt_model(shop, parts));
    known_sum += known / shops;
    estimated_sum += estimated / shops;
    blind_sum += learnt_model(shop, {}).per_day() / shops;
  }
  EXPECT_NEAR(closed_sum, 0.42, 0.04);
  // Four standard errors of the mean of 20 rates from 620 orders each.
  EXPECT_NEAR(known_sum, 3, 3 * 4 / std::sqrt(20.0 * 620));
  // By the stock after each sale alone it is a little low: 2.892, just outside those four standard
  // errors. The wait at a gap's end is taken as if the refill could have come at any moment of it.
  constexpr double measured_shortfall = 0.12;
  EXPECT_NEAR(estimated_sum, 3, measured_shortfall);
  EXPECT_LT(blind_sum, 2.2) << "sales are not demand";
}

TEST(ClosedPeriods, AGapIsClosedForAllButAnOrdinaryWaitAtItsEnd) {
  std::vector<double> orders;
  for (int n = 0; n <= 100; ++n) orders.push_back(n * 100.0);
  for (int n = 0; n <= 100; ++n) orders.push_back(20'000 + n * 100.0);
  const auto parts = closed_parts(orders, 0, 30'000, {}, {{10'000, 20'000}});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_GT(parts[0].from, 10'000) << "the last one was sold";
  EXPECT_NEAR(parts[0].from, 10'000, 1e-6);
  EXPECT_NEAR(parts[0].until, 19'900, 2);
}

TEST(ClosedPeriods, WhatIsSoldOutAtTheEndIsClosedUntilThen) {
  const auto parts = closed_parts({0, 10, 20}, 0, 1000, {}, {{20, 1000}});
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(parts[0].until, 1000);
}

TEST(SuspiciousGaps, AreThoseThatChanceHardlyExplains) {
  std::vector<double> orders;
  for (int n = 0; n < 200; ++n) orders.push_back(n * day_s + (n >= 100 ? 30 * day_s : 0));
  const auto gaps = suspicious_gaps(orders, 0, 230 * day_s, {});
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].from, 99 * day_s);
  EXPECT_EQ(gaps[0].until, 130 * day_s);
  EXPECT_TRUE(suspicious_gaps(orders, 0, 230 * day_s, {{99 * day_s, 130 * day_s}}).empty());
}

TEST(SuspiciousGaps, AreNotSeenInAPoissonPast) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    ArrivalRate rate;
    rate.per_day = 2;
    rate.until = 1e18;
    const History history = simulated_history(rate, {}, Law(), 300, 700 + seed);
    std::vector<double> orders;
    for (const Sale& sale : history.sales) orders.push_back(sale.at);
    EXPECT_TRUE(suspicious_gaps(orders, orders.front(), history.end, {}).empty()) << seed;
  }
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
