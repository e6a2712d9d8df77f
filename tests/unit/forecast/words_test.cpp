// Figures in words: none says more than the runs know.
#include "sim/cli/forecast/words.h"

#include <gtest/gtest.h>

#include "sim/cli/forecast/forecast_html.h"
#include "sim/cli/forecast/forecast_text.h"
#include "sim/cli/forecast/run_courses.h"

namespace vfstock::sim::cli {
namespace {

using forecast::Estimate;
using forecast::infinite;

TEST(Words, AShareBelowOneIsNotAHundredPercent) {
  EXPECT_EQ(percent(0.123), "12.3 %");
  EXPECT_EQ(percent(1), "100.0 %");
  EXPECT_EQ(percent(0.99999), "99.999 %");
  EXPECT_EQ(percent(0.0001), "0.01 %");
  EXPECT_EQ(percent_range(forecast::share_of(1000, 1000)), "100.0 % (99.6 % to 100.0 %)");
}

TEST(Words, WhatWasNeverSeenHasABound) {
  EXPECT_EQ(count_range({0, 0, 0.0038, 0}), "none in any run (at most 0.004 per run)");
  EXPECT_EQ(count_range({8.8, 8.3, 9.4, 0.2}), "8.8 (8.3 to 9.4)");
  EXPECT_EQ(difference({0, 0, 0, 0}), "the same in every run");
  EXPECT_EQ(difference({2, 1.7, 2.3, 0.15}, 1, " points"), "+2.00 points ± 0.30");
}

TEST(Words, DaysNeverEndInAQuestionMark) {
  const auto begins = forecast::calendar_moment("2026-12-01");
  EXPECT_EQ(day(28.9, begins), "day 28.9 (2026-12-29)");
  EXPECT_EQ(day(infinite, begins), "after the horizon");
  EXPECT_EQ(day(0, begins), "today (2026-12-01)");
  EXPECT_EQ(day_range({0, 0, 0, 0}, {}), "today");
  EXPECT_EQ(day_range({28.9, 28.5, 29.7, 0}, {}), "day 28.9 (28.5 to 29.7)");
  EXPECT_EQ(day_range({28.9, 28.5, infinite, 0}, {}), "day 28.9 (28.5 to after the horizon)");
  EXPECT_EQ(day_range({infinite, 28.5, infinite, 0}, {}),
            "after the horizon (day 28.5 at the earliest)");
  EXPECT_EQ(day_range({infinite, infinite, infinite, 0}, {}), "after the horizon");
}

TEST(Words, BetterAndWorseNeedAnIntervalThatLeavesNoDoubt) {
  EXPECT_EQ(verdict({2, 1, 3, 0}, Sense::more_is_better), "better");
  EXPECT_EQ(verdict({2, 1, 3, 0}, Sense::less_is_better), "worse");
  EXPECT_EQ(verdict({2, -1, 5, 0}, Sense::more_is_better), "not clear");
  EXPECT_EQ(verdict({0, 0, 0, 0}, Sense::more_is_better), "no difference");
}

TEST(Sentence, OfWhatIsSoldOutTodaySaysHowOftenItComesBack) {
  forecast::ProductFigures product;
  product.stock_now = 0;
  product.figures.ready_rate = {0.8, 0.78, 0.82, 0};
  product.sell_out.within_horizon = {1, 0.99, 1, 0};
  EXPECT_EQ(sell_out_sentence(product, {}), "sold out today; back in stock 80.0 % of the time.");
  product.figures.ready_rate.value = 0;
  EXPECT_EQ(sell_out_sentence(product, {}),
            "sold out today, and not back in stock within the horizon.");
}

TEST(Backtest, OfADemandFileIsReadAsItStands) {
  const auto found = backtest_of(document::Json::parse(R"({"backtest": {"lead_periods": 7,
    "pit": [0.5, 0.5], "orders": {"within_80": 0.791, "crps": 1.25}, "sell_outs": "none"}})"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->pit, (std::vector<double>{0.5, 0.5}));
  EXPECT_EQ(found->lines, (std::vector<report::Line>{{"lead periods", "7"},
                                                     {"orders, within 80 %", "79.1 %"},
                                                     {"orders, crps", "1.25"},
                                                     {"sell outs", "none"}}));
  EXPECT_FALSE(backtest_of(document::Json::parse(R"({"patch": {}})")));
}

forecast::Forecast known(const Estimate& median, const Estimate& fill) {
  forecast::Forecast forecast;
  forecast.products.emplace_back();
  forecast.products[0].sell_out.quantiles[1] = median;
  forecast.products[0].figures.fill_rate = fill;
  forecast.products[0].figures.wanted.value = 1;
  return forecast;
}

TEST(Precision, UnknownIsNeverPrecise) {
  const Estimate fill{0.9, 0.89, 0.91, 0};
  const Precision day_fifth{0.2, 0};
  EXPECT_TRUE(is_precise(known({30, 29.9, 30.1, 0}, fill), day_fifth));
  EXPECT_FALSE(is_precise(known({30, 29.5, 30.1, 0}, fill), day_fifth));
  EXPECT_FALSE(is_precise(known({30, 29.9, infinite, 0}, fill), day_fifth));
  EXPECT_FALSE(is_precise(known({infinite, 32, infinite, 0}, fill), day_fifth));
  EXPECT_TRUE(is_precise(known({infinite, infinite, infinite, 0}, fill), day_fifth))
      << "surely after the horizon";
  EXPECT_TRUE(is_precise(known({30, 0, infinite, 0}, fill), {0, 0.0101}));
  EXPECT_FALSE(is_precise(known({30, 0, infinite, 0}, fill), {0, 0.0099}));
}

}  // namespace
}  // namespace vfstock::sim::cli
