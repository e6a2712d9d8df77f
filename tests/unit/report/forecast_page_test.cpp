#include "sim/report/forecast_page.h"

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/report/chart.h"

namespace vfstock::sim::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::chrono::sys_seconds december{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::December / 1}};

ForecastProduct small_product() {
  ForecastProduct product;
  product.name = "VPS <script>alert(1)</script>";
  product.sentence = "half of the runs sell out by day 12.0.";
  product.location = "Frankfurt";
  product.now = "10";
  product.stock_now = 10;
  product.sold_out = {"2026-12-07", "2026-12-13", "after the horizon"};
  product.sold_out_interval = {"day 6.0 (5.0 to 7.0)", "day 12.0 (11.0 to 14.0)",
                               "after the horizon"};
  product.fan = {{0, 2, 5, 8, 10}, {0, 0, 1, 3, 6}};
  product.sold_out_by = {0.4, 0.75};
  product.sold_out_days = {Ranged{6, 5, 7}, Ranged{12, 11, 14}, Ranged{never, never, never}};
  product.binding = {{"memory", 0.75}, {"cores", 0.25}, {"storage", 0}};
  product.figures = {{"Oversold", "1 < 2"}};
  product.what_ifs = {
      {"more \"room\"", {10, 20}, {{1, 4, 8, 9, 12}, {0, 2, 6, 7, 9}}, "2026-12-19", "better"}};
  return product;
}

ForecastResult small_forecast() {
  ForecastResult result;
  result.name = "Shop <b>A</b>";
  result.description = "a & b";
  result.runs = 100;
  result.begins = december;
  result.sample_days = {10, 20};
  result.horizon_days = 20;
  result.products = {small_product()};
  result.locations = {{"Frankfurt", "day 15.0", {{"memory", 0.5, {0.7, 0.9}}}}};
  result.what_ifs = {{"more \"room\"",
                      {{"VPSes sold", {3, 1, 5}, "better", "VPSes per run", "+3.00 ± 2.00"},
                       {"Oversold", {1, -10, 10}, "not clear", "VPSes per run", "+1.00 ± 9.00"}}}};
  result.trade_offs = {{"as planned", 8, 2}, {"more \"room\"", 4, 1, true}};
  result.assumptions = {{"Seed", "7"}, {"Version", "vfstock 1"}, {"Created", "2026-12-01 UTC"}};
  return result;
}

TEST(ForecastPage, NamesAreText) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<b>A</b>")));
  EXPECT_THAT(page, HasSubstr("VPS &lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("P50 if more &quot;room&quot;"));
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

TEST(ForecastPage, BeginsWithATableOfProducts) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page,
              HasSubstr("<td data-label=\"location\">Frankfurt</td>"
                        "<td data-label=\"now\">10</td>"
                        "<td data-label=\"P10\"><span class=\"date\">2026-12-07</span></td>"));
  EXPECT_THAT(page, HasSubstr("2026-12-19</span> <span class=\"better\">better</span>"));
  EXPECT_LT(page.find("id=\"summary\""), page.find("<nav"));
  // What is printed: everything but the links and what is folded away.
  const std::size_t print = page.find("@media print");
  EXPECT_EQ(page.substr(print, page.find("</style>") - print).find("summary"), std::string::npos);
}

TEST(ForecastPage, SaysInWordsAndFiguresWhatItDraws) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page, HasSubstr("half of the runs sell out by day 12.0."));
  EXPECT_THAT(page, HasSubstr("day 12.0 (11.0 to 14.0)"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">75.0 %</td>"));
  EXPECT_THAT(page, HasSubstr("+3.00 ± 2.00"));
  EXPECT_THAT(page, HasSubstr("memory 75 %; cores 25 %."));
  EXPECT_THAT(page, HasSubstr("memory: 50 % today, 90 % at the end."));
  EXPECT_THAT(page, HasSubstr("role=\"img\" aria-label=\""));
  EXPECT_THAT(page, HasSubstr("vfstock 1"));
}

TEST(ForecastPage, OneScaleForRowsOfOneUnit) {
  const std::string page = forecast_page(small_forecast());
  // Of the reach of 10 that another row has: 3 lies 3/10 of the half to the right.
  EXPECT_THAT(page, HasSubstr("<circle class=\"point\" cx=\"153.6\""));
}

TEST(ForecastPage, ChartsAreDrawnForPhonesToo) {
  const std::string page = forecast_page(small_forecast());
  EXPECT_THAT(page, HasSubstr("<div class=\"roomy\"><svg viewBox=\"0 0 720 "));
  EXPECT_THAT(page, HasSubstr("<div class=\"tight\"><svg viewBox=\"0 0 336 "));
}

TEST(ForecastPage, WithoutSalesOrWhatIfsIsAPageToo) {
  ForecastResult result = small_forecast();
  result.what_ifs.clear();
  result.products[0].what_ifs.clear();
  result.trade_offs.resize(1);
  result.locations.clear();
  result.products[0].binding = {{"memory", 0}};
  const std::string page = forecast_page(result);
  EXPECT_THAT(page, Not(HasSubstr("id=\"trade-off\"")));
  EXPECT_THAT(page, Not(HasSubstr("What binds")));
  EXPECT_THAT(page, Not(HasSubstr("id=\"what-ifs\"")));
}

TEST(ForecastPage, ShowsPurchaseAndBacktestWhereThereAreSome) {
  ForecastResult result = small_forecast();
  result.purchase =
      ForecastPurchase{"offer <1>", {"buy 2"}, {"choice", "cost"}, {}, "EUR", "served"};
  result.purchase->rows = {{{"none", "0.00"}, 0, 0.5, true, false},
                           {{"2 large", "9.00"}, 9, 0.95, true, true}};
  result.backtest = ForecastBacktest{{{"covered", "80 %"}}, std::vector<double>(10, 0.1)};
  result.expectations = {{"VPS S: at most", "met: 1"}};
  const std::string page = forecast_page(result);
  EXPECT_THAT(page, HasSubstr("<h2>Purchase: offer &lt;1&gt;</h2>"));
  EXPECT_THAT(page, HasSubstr("<strong>2 large (efficient)</strong>"));
  EXPECT_THAT(page, HasSubstr("class=\"chosen\""));
  EXPECT_THAT(page, HasSubstr("<h2>How the demand would have done in the past</h2>"));
  EXPECT_THAT(page, HasSubstr("class=\"bar\""));
  EXPECT_THAT(page, HasSubstr("met: 1"));
}

std::string fan(const ForecastProduct& product, const Canvas& canvas = roomy_canvas) {
  const std::vector<double> samples{10, 20};
  return fan_and_exceedance(product, {december, 20, samples}, canvas);
}

TEST(Chart, FansBeginTodayAtTodaysStock) {
  // From 46 to 690 over 20 days; 10 of the highest 10 that is drawn is 180 units above 232.
  EXPECT_THAT(fan(small_product()),
              HasSubstr("class=\"median\" points=\"46.0,52.0 368.0,142.0 690.0,214.0 \""));
  EXPECT_THAT(fan(small_product()),
              HasSubstr("class=\"line-0 overlay-0\" points=\"46.0,52.0 368.0,88.0 "));
}

TEST(Chart, DaysAreDates) {
  EXPECT_THAT(fan(small_product()), HasSubstr(">8 Dec</text>"));
  EXPECT_THAT(fan(small_product(), tight_canvas), HasSubstr(">15 Dec</text>"));
  EXPECT_THAT(date_axis({0, 0, 600, 10, 400, 1}, december, 9), HasSubstr(">Jan 2027</text>"));
}

/// The numbers of an attribute, in the order in which they are drawn, where `before` leads to it.
std::vector<double> numbers_after(std::string_view drawn, std::string_view before) {
  std::vector<double> numbers;
  for (auto at = drawn.find(before); at != drawn.npos; at = drawn.find(before, at + 1)) {
    numbers.push_back(std::stod(std::string(drawn.substr(at + before.size(), 12))));
  }
  return numbers;
}

/// The same of another attribute of the same element, which must come later in it.
std::vector<double> numbers_after(std::string_view drawn, std::string_view element,
                                  std::string_view attribute) {
  std::vector<double> numbers;
  for (auto at = drawn.find(element); at != drawn.npos; at = drawn.find(element, at + 1)) {
    const auto place = drawn.find(attribute, at);
    EXPECT_NE(place, drawn.npos);
    numbers.push_back(std::stod(std::string(drawn.substr(place + attribute.size(), 12))));
  }
  return numbers;
}

/// Every vertical marker against every name: none runs through one.
TEST(Chart, MarkersCrossNoName) {
  const Frame frame = frame_on(tight_canvas, 60, 100, 100, 1);
  const Marks marks{{70, "P10"}, {71, "P50"}, {100, "P90"}};
  const std::string drawn = mark_lines(frame, marks);
  const std::vector<double> lefts = numbers_after(drawn, "<text x=\"");
  const std::vector<double> bases = numbers_after(drawn, "<text x=\"", " y=\"");
  const std::vector<double> lines = numbers_after(drawn, " x1=\"");
  const std::vector<double> tops = numbers_after(drawn, " x1=\"", " y1=\"");
  constexpr double letters = 3 * 7, height = 10;
  ASSERT_EQ(lefts.size(), 3U);
  ASSERT_EQ(lines.size(), 3U);
  for (std::size_t name = 0; name < lefts.size(); ++name) {
    EXPECT_LE(lefts[name] + letters, tight_canvas.width);
    for (std::size_t line = 0; line < lines.size(); ++line) {
      EXPECT_FALSE(lines[line] > lefts[name] - 1 && lines[line] < lefts[name] + letters &&
                   tops[line] < bases[name])
          << lines[line] << " " << lefts[name];
    }
    EXPECT_GE(bases[name] - height, 60 - mark_room(marks) - 1);
  }
}

TEST(Chart, NamesOfLinesThatEndTogetherStandApart) {
  const Frame frame = frame_on(roomy_canvas, 0, 100, 1, 10);
  const std::string names = end_names(frame, {{5, "1"}, {5, "2"}, {0, "3"}, {0, "4"}});
  double before = -100;
  for (const double y : numbers_after(names, " y=\"")) {
    EXPECT_GE(y - before, 12);
    EXPECT_LE(y, frame.bottom() + 4);
    before = y;
  }
  EXPECT_GT(before, 0);
}

TEST(Chart, AnIntervalThatReachesTheEndIsCutThere) {
  EXPECT_THAT(interval({2, 1, 9}, 4, "x"), HasSubstr("class=\"interval\" x1=\"148.0\" y1=\"12.0\" "
                                                     "x2=\"232.0\""));
}

TEST(Chart, PointsAtOnePlaceShareTheirLabel) {
  const std::string drawn = trade_off_chart(
      {{"plan", 66.9, 0.12}, {"classic", 30, 2.4}, {"strict", 67, 0.07}}, roomy_canvas);
  EXPECT_THAT(drawn, HasSubstr(">1, 3</text>"));
  EXPECT_THAT(drawn, HasSubstr(">2</text>"));
}

// 80 lost and none oversold lies in the corner: its number stands below and to the left of it.
TEST(Chart, NumbersStandBesideAFallingFrontier) {
  const std::string drawn = trade_off_chart({{"a", 80, 0}, {"b", 40, 8}}, roomy_canvas);
  EXPECT_THAT(drawn, HasSubstr("<text x=\"699.0\" y=\"202.0\" text-anchor=\"start\">1</text>"));
  const std::string narrow = trade_off_chart(
      {{"a", 80, 0}, {"b", 80, 0}, {"c", 80, 0}, {"d", 80, 0}, {"e", 10, 8}}, roomy_canvas);
  EXPECT_THAT(narrow, HasSubstr("text-anchor=\"end\">1, 2, 3 …</text>"));
}

}  // namespace
}  // namespace vfstock::sim::report
