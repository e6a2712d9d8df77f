#include "sim/report/forecast_page.h"

#include <fmt/format.h>

#include "sim/report/markup.h"
#include "sim/report/page_sections.h"
#include "sim/report/page_style.h"

namespace vfstock::sim::report {
namespace {

std::string navigation(const ForecastResult& result) {
  std::string links;
  const auto link = [&](bool is_there, const std::string& to, const std::string& words) {
    if (!is_there) return;
    links += fmt::format("<li><a href=\"#{}\">{}</a></li>", to, escaped(words));
  };
  for (std::size_t i = 0; i < result.products.size(); ++i) {
    link(true, fmt::format("product-{}", i + 1), result.products[i].name);
  }
  link(!result.locations.empty(), "locations", "Locations");
  link(result.purchase.has_value(), "purchase", "Purchase");
  link(!result.what_ifs.empty(), "what-ifs", "What-ifs");
  link(result.trade_offs.size() > 1, "trade-off", "Lost against oversold");
  link(result.backtest.has_value(), "backtest", "Backtest");
  link(!result.assumptions.empty(), "assumptions", "Assumptions");
  return "<nav aria-label=\"On this page\"><ul>" + links + "</ul></nav>\n";
}

}  // namespace

std::string forecast_page(const ForecastResult& result) {
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n<style>{}</style></head>"
      "\n<body><h1>{}</h1>\n<p class=\"soft\">{}</p>\n<p class=\"soft\">{} runs of {:g} "
      "days.</p>\n",
      escaped(result.name), forecast_page_style(), escaped(result.name),
      escaped(result.description), result.runs, result.horizon_days);
  page += "<main>\n" + summary_section(result) + expectation_section(result) + navigation(result);
  page += purchase_section(result);
  for (std::size_t i = 0; i < result.products.size(); ++i) page += product_section(result, i);
  page += location_section(result) + what_if_section(result) + trade_off_section(result) +
          backtest_section(result) + assumption_section(result);
  return page + "</main></body></html>\n";
}

}  // namespace vfstock::sim::report
