// Exits that are known: lives by billing cycle, and cancellations that have been asked for.
#include <cmath>

#include <gtest/gtest.h>

#include "sim/forecast/fit/demand_json.h"
#include "sim/forecast/read_plan.h"
#include "tests/unit/forecast/simulated_history.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr double notice_s = 25 * day_s;  // before the due date, as customers cancel

/// Two years of a shop whose customers pay by the month or by the year and leave on due dates, and
/// what of it was still there at later moments.
struct Shop {
  History history;
  std::vector<double> ends;  // of what runs when the history ends, in the order of its sales
  std::size_t alive_after(double seconds) const {
    std::size_t alive = 0;
    for (const double end : ends) alive += end > history.end + seconds ? 1 : 0;
    return alive;
  }
};

Shop shop_with_cycles(std::uint32_t seed, bool cycles_known, bool exits_known) {
  ArrivalRate rate;
  rate.per_day = 2;
  rate.until = 1e18;
  Shop shop;
  shop.history = simulated_history(rate, {}, Law(), 730, seed);
  const Law monthly = Law::renewal(30 * day_s, 0.12), yearly = Law::renewal(365 * day_s, 0.35);
  const Chance chance(seed, 1);
  std::uint32_t n = 0;
  for (Sale& sale : shop.history.sales) {
    const Bits bits = chance.bits(Purpose::vps, 1, n++);
    const bool by_month = unit(bits.second) < 0.6;
    const double end = sale.at + (by_month ? monthly : yearly).life(unit(bits.first));
    sale.running = end > shop.history.end;
    sale.life = std::min(end, shop.history.end) - sale.at;
    if (cycles_known) sale.cycle = by_month ? "Monthly" : "Annually";
    if (!sale.running) continue;
    shop.ends.push_back(end);
    if (exits_known && end < shop.history.end + notice_s) sale.ends = end;
  }
  return shop;
}

document::Json fragment_of(const History& history) {
  auto sales = sales_by_product(history);
  ModelOptions options;
  options.moments = 4;
  const DemandModel model = model_of(past_of(sales["1"], history.end, Period::day, {}), options);
  return demand_fragment({{1, model}}, "", true)["patch"];
}

/// How many of what runs are expected to be there later, by what the plan would draw.
double expected_after(const document::Json& running, double seconds) {
  constexpr int draws = 200;
  double expected = 0;
  for (const auto& [name, kind] : running.items()) {
    const fleet::Place place{name, ""};
    const Law law = read_law(kind["life"], place);
    std::vector<double> ages{0};
    if (kind.contains("ages")) {
      ages.clear();
      for (const auto& age : kind["ages"]) {
        ages.push_back(static_cast<double>(read_time(age, place)));
      }
    }
    const double stays =
        kind.contains("stays") ? static_cast<double>(read_time(kind["stays"], place)) : 0;
    double alive = 0;
    for (const double age : ages) {
      for (int n = 0; n < draws; ++n) {
        alive += stays + law.remaining(age + stays, (n + 0.5) / draws) > seconds * 1000 ? 1 : 0;
      }
    }
    expected += alive / static_cast<double>(draws * ages.size()) * kind["count"].get<double>();
  }
  return expected;
}

/// The root of the mean squared error of the occupancy after so many days, over several shops.
double error_after(double after_days, bool cycles_known, bool exits_known) {
  double squares = 0;
  constexpr int shops = 12;
  for (std::uint32_t seed = 0; seed < shops; ++seed) {
    const Shop shop = shop_with_cycles(40 + seed, cycles_known, exits_known);
    const auto patch = fragment_of(shop.history);
    const double error = expected_after(patch["running"], after_days * day_s) -
                         static_cast<double>(shop.alive_after(after_days * day_s));
    squares += error * error / shops;
  }
  return std::sqrt(squares);
}

TEST(Exits, KnownDatesAndCyclesBringTheForecastOfWhatRunsCloser) {
  for (const double after : {10.0, 20.0}) {
    EXPECT_LT(error_after(after, true, true), 0.5 * error_after(after, false, false)) << after;
  }
  for (const double after : {45.0, 90.0}) {
    EXPECT_LT(error_after(after, true, true), 0.95 * error_after(after, false, false)) << after;
  }
}

TEST(Exits, CyclesAreToldApartOnlyWhereEnoughOfThemIsKnown) {
  const Shop shop = shop_with_cycles(3, true, false);
  const auto running = fragment_of(shop.history)["running"];
  EXPECT_TRUE(running.contains("product 1, Monthly"));
  EXPECT_TRUE(running.contains("product 1, Annually"));
  History few = shop.history;
  for (Sale& sale : few.sales) {
    if (sale.cycle == "Annually" && sale.at > monday + 5 * day_s) sale.cycle = "Monthly";
  }
  EXPECT_FALSE(fragment_of(few)["running"].contains("product 1, Annually"));
}

TEST(Exits, WhatIsCancelledAlreadyEndsOnItsDay) {
  Shop shop = shop_with_cycles(3, false, false);
  for (Sale& sale : shop.history.sales) {
    if (sale.running) sale.ends = shop.history.end + 5.5 * day_s;
  }
  const auto running = fragment_of(shop.history)["running"];
  ASSERT_EQ(running.size(), 1U);
  EXPECT_EQ(running["product 1, cancelled for day 6"]["life"]["mean"], "475200s");
  EXPECT_EQ(expected_after(running, 5 * day_s), static_cast<double>(shop.ends.size()));
  EXPECT_EQ(expected_after(running, 6 * day_s), 0);
}

}  // namespace
}  // namespace vfstock::sim::forecast::fit
