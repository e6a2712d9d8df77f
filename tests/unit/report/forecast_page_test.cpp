#include "sim/report/forecast_page.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/report/chart.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr double never = std::numeric_limits<double>::infinity();

ForecastResult small_forecast() {
  ForecastResult result;
  result.name = "Shop <b>A</b>";
  result.description = "a & b";
  result.runs = 100;
  result.sample_days = {10, 20};
  result.horizon_days = 20;
  ForecastProduct product;
  product.name = "VPS <script>alert(1)</script>";
  product.sentence = "half of the runs sell out by day 12.0.";
  product.fan = {{0, 2, 5, 8, 10}, {0, 0, 1, 3, 6}};
  product.sold_out_by = {0.4, 0.75};
  product.sold_out_days = {Ranged{6, 5, 7}, Ranged{12, 11, 14}, Ranged{never, never, never}};
  product.binding = {{"memory", 0.75}, {"cores", 0.25}, {"storage", 0}};
  product.figures = {{"Oversold", "1 < 2"}};
  result.products = {product};
  result.what_ifs = {{"more \"room\"", {{"VPSes sold", {3, 1, 5}}}}};
  result.trade_offs = {{"as planned", 8, 2}, {"more \"room\"", 4, 1}};
  return result;
}

TEST(ForecastPage, NamesAreText) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<b>A</b>")));
  EXPECT_THAT(page, HasSubstr("VPS &lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("What if: more &quot;room&quot;"));
  EXPECT_THAT(page, HasSubstr("<p class=\"soft\">a &amp; b</p>"));
}

TEST(ForecastPage, NeedsNothingFromElsewhere) {
  const std::string page = forecast_page(small_forecast());
  for (const char* const reference : {"http:", "https:", "src=", "@import", "url(", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(reference))) << reference;
  }
  EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
  EXPECT_THAT(page, HasSubstr("@media print"));
}

TEST(ForecastPage, SaysInWordsAndFiguresWhatItDraws) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page, HasSubstr("half of the runs sell out by day 12.0."));
  EXPECT_THAT(page, HasSubstr("day 12.0, 95 % interval 11.0 to 14.0"));
  EXPECT_THAT(page, HasSubstr("beyond the horizon"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">75.0 %</td>"));
  EXPECT_THAT(page, HasSubstr("+3.00 (+1.00 to +5.00)"));
  EXPECT_THAT(page, HasSubstr(">memory 75 %</text>"));
  EXPECT_THAT(page, HasSubstr("role=\"img\" aria-label=\""));
}

TEST(ForecastPage, DaysHaveDatesWhereTheFirstIsKnown) {
  ForecastResult result = small_forecast();
  EXPECT_THAT(forecast_page(result), Not(HasSubstr("(20")));
  result.first_day = "2026-12-25";
  EXPECT_THAT(forecast_page(result), HasSubstr("day 12.0 (2027-01-06)"));
}

TEST(ForecastPage, WithoutSalesOrWhatIfsIsAPageToo) {
  ForecastResult result = small_forecast();
  result.what_ifs.clear();
  result.trade_offs.resize(1);
  result.products[0].binding = {{"memory", 0}};
  const std::string page = forecast_page(result);
  EXPECT_THAT(page, Not(HasSubstr("What if")));
  EXPECT_THAT(page, Not(HasSubstr("Lost against oversold")));
  EXPECT_THAT(page, Not(HasSubstr("What binds")));
}

// The median falls from 5 to 1 of 10: from the middle of the upper frame nearly to its floor. Both
// charts have the same days at the same place.
TEST(Chart, FanAndCurveShareTheirDays) {
  const ForecastResult result = small_forecast();
  const std::string drawn =
      fan_and_exceedance(result.products[0], result.sample_days, 20, {{10, "half by"}});
  EXPECT_THAT(drawn, HasSubstr("class=\"median\" points=\"400.0,124.0 740.0,204.0 \""));
  EXPECT_THAT(drawn, HasSubstr("class=\"curve\" points=\"400.0,334.0 740.0,295.5 \""));
  EXPECT_THAT(drawn, HasSubstr("class=\"mark\" x1=\"400.0\""));
}

TEST(Chart, AnIntervalThatReachesTheEndIsCutThere) {
  EXPECT_THAT(interval({2, 1, 9}, 4, "x"), HasSubstr("class=\"interval\" x1=\"148.0\" y1=\"12.0\" "
                                                     "x2=\"232.0\""));
}

TEST(Chart, PointsAtOnePlaceShareTheirLabel) {
  const std::string drawn =
      trade_off_chart({{"plan", 66.9, 0.12}, {"classic", 30, 2.4}, {"strict", 67, 0.07}});
  EXPECT_THAT(drawn, HasSubstr(">1, 3</text>"));
  EXPECT_THAT(drawn, HasSubstr(">2</text>"));
}

}  // namespace
}  // namespace vfstock::sim::report
