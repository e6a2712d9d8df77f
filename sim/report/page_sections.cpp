#include "sim/report/page_sections.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "sim/report/chart.h"
#include "sim/report/markup.h"

namespace vfstock::sim::report {
namespace {

Days days_of(const ForecastResult& result) {
  return {result.begins.value_or(std::chrono::sys_seconds{}), result.horizon_days,
          result.sample_days};
}

/// A cell that a narrow page labels by its column.
std::string cell(const std::string& column, const std::string& html, const char* kind = "") {
  return fmt::format("<td data-label=\"{}\"{}>{}</td>", escaped(column), kind, html);
}

std::string header(const std::vector<std::string>& columns) {
  std::string row = "<thead><tr>";
  for (const std::string& column : columns) row += "<th scope=\"col\">" + escaped(column) + "</th>";
  return row + "</tr></thead><tbody>";
}

/// Words that no line break takes apart.
std::string date(const std::string& words) {
  return "<span class=\"date\">" + escaped(words) + "</span>";
}

std::string verdict_span(const std::string& verdict) {
  const char* kind = verdict == "better" ? "better" : verdict == "worse" ? "worse" : "unclear";
  return fmt::format("<span class=\"{}\">{}</span>", kind, escaped(verdict));
}

std::string table_of(const std::vector<Line>& lines) {
  std::string table = "<table class=\"stacked\">";
  for (const auto& [name, figure] : lines) {
    table += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escaped(name),
                         escaped(figure));
  }
  return table + "</table>\n";
}

/// The lines of what-ifs, with a box to switch each off.
std::string overlay_keys(const ForecastProduct& product, std::size_t number) {
  std::string keys;
  for (std::size_t w = 0; w < std::min(product.what_ifs.size(), overlays_max); ++w) {
    keys += fmt::format(
        "<input class=\"show hide-{0}\" type=\"checkbox\" checked id=\"show-{1}-{0}\">", w, number);
    keys += fmt::format(
        "<label class=\"show\" style=\"display:inline\" for=\"show-{1}-{0}\">{2} <svg "
        "class=\"key\" "
        "viewBox=\"0 0 42 12\" aria-hidden=\"true\"><line class=\"line-{0}\" x1=\"0\" y1=\"6\" "
        "x2=\"42\" y2=\"6\"/></svg> {3}</label><br>",
        w, number, w + 1, escaped(product.what_ifs[w].name));
  }
  return keys;
}

std::string samples_table(const ForecastResult& result, const ForecastProduct& product) {
  std::string table =
      "<details><summary>The chart as figures</summary><table><tr><th>day</th><th>P10</th>"
      "<th>P25</th><th>median</th><th>P75</th><th>P90</th><th>sold out</th></tr>";
  for (std::size_t s = 0; s < product.fan.size(); ++s) {
    table += fmt::format("<tr><td class=\"number\">{:.1f}</td>", result.sample_days[s]);
    for (const double stock : product.fan[s]) {
      table += fmt::format("<td class=\"number\">{:g}</td>", stock);
    }
    table += fmt::format("<td class=\"number\">{:.1f} %</td></tr>", 100 * product.sold_out_by[s]);
  }
  return table + "</table></details>\n";
}

std::string sold_out_lines(const ForecastProduct& product) {
  constexpr std::array names{"One run in ten sells out by (P10)", "Half of the runs by (P50)",
                             "Nine in ten by (P90)"};
  std::vector<Line> lines;
  for (std::size_t i = 0; i < names.size(); ++i) {
    lines.emplace_back(names[i], product.sold_out_interval[i]);
  }
  return table_of(lines);
}

using Reaches = std::map<std::string, double>;

/// The widest interval of each unit over all what-ifs: one scale per comparison.
Reaches reaches_of(const std::vector<ForecastWhatIf>& what_ifs) {
  Reaches reaches;
  for (const ForecastWhatIf& what_if : what_ifs) {
    for (const auto& row : what_if.rows) {
      double& reach = reaches[row.unit];
      reach = std::max({reach, std::abs(row.less.low), std::abs(row.less.high)});
    }
  }
  return reaches;
}

std::string what_if_table(const ForecastWhatIf& what_if, const Reaches& reaches) {
  std::string table = "<table class=\"stacked\">" +
                      header({"less the plan", "", "difference, 95 % interval", "unit", ""});
  for (const auto& row : what_if.rows) {
    table += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(row.what));
    table += cell("", interval(row.less, reaches.at(row.unit), row.what + ": " + row.words));
    table += cell("difference", escaped(row.words)) + cell("unit", escaped(row.unit));
    table += cell("", verdict_span(row.verdict)) + "</tr>";
  }
  return table + "</tbody></table>\n";
}

}  // namespace

std::string summary_section(const ForecastResult& result) {
  if (result.products.empty()) return {};
  std::vector<std::string> columns{"product", "location", "now", "P10", "P50", "P90"};
  const std::size_t what_ifs = result.what_ifs.size();
  for (const ForecastWhatIf& what_if : result.what_ifs) columns.push_back("P50 if " + what_if.name);
  std::string table =
      "<section id=\"summary\"><h2>When each product sells out</h2>\n"
      "<table class=\"summary stacked\">" +
      header(columns);
  for (std::size_t i = 0; i < result.products.size(); ++i) {
    const ForecastProduct& product = result.products[i];
    table += fmt::format("<tr><th scope=\"row\"><a href=\"#product-{}\">{}</a></th>", i + 1,
                         escaped(product.name));
    table += cell(columns[1], escaped(product.location)) + cell(columns[2], escaped(product.now));
    for (std::size_t q = 0; q < 3; ++q) table += cell(columns[3 + q], date(product.sold_out[q]));
    for (std::size_t w = 0; w < what_ifs; ++w) {
      const auto same =
          std::find_if(product.what_ifs.begin(), product.what_ifs.end(),
                       [&](const auto& one) { return one.name == result.what_ifs[w].name; });
      table += cell(columns[6 + w], same == product.what_ifs.end()
                                        ? "not sold"
                                        : date(same->sold_out) + " " + verdict_span(same->verdict));
    }
    table += "</tr>";
  }
  table +=
      "</tbody></table>\n<p class=\"soft\">The product that sells out first stands first. P10: "
      "one run in ten is sold out by then, P50: half, P90: nine in ten.</p>\n";
  if (!result.notes.empty()) table += "<ul>";
  for (const std::string& note : result.notes) table += "<li>" + escaped(note) + "</li>";
  if (!result.notes.empty()) table += "</ul>\n";
  return table + "</section>\n";
}

std::string expectation_section(const ForecastResult& result) {
  if (result.expectations.empty()) return {};
  return "<section id=\"expected\"><h2>What was expected</h2>\n" + table_of(result.expectations) +
         "</section>\n";
}

std::string product_section(const ForecastResult& result, std::size_t index) {
  const ForecastProduct& product = result.products[index];
  std::string section =
      fmt::format("<section id=\"product-{}\"><h2>{}</h2>\n<p class=\"sentence\">{}</p>\n",
                  index + 1, escaped(product.name), escaped(product.sentence));
  section += "<figure>" + overlay_keys(product, index + 1);
  section += on_both(
      [&](const Canvas& canvas) { return fan_and_exceedance(product, days_of(result), canvas); });
  section +=
      "<figcaption>Above, the stock from today on: the line is the median, half of the runs lie in "
      "the inner band (long dashes), eight in ten in the outer one (dots); numbered lines are the "
      "medians of the what-ifs. Below, how many runs have sold out for the first time."
      "</figcaption></figure>\n";
  section += sold_out_lines(product);
  double bound = 0;
  for (const auto& [dimension, share] : product.binding) bound += share;
  if (bound > 0) {
    section += "<figure>" + on_both([&](const Canvas& canvas) {
                 return share_bands(product.binding, product.name + ": what binds its hypervisors",
                                    canvas);
               });
    section += "<figcaption>What binds the hypervisors when it sells out:";
    for (const auto& [dimension, share] : product.binding) {
      if (share > 0) section += fmt::format(" {} {:.0f} %;", escaped(dimension), 100 * share);
    }
    section.back() = '.';
    section += "</figcaption></figure>\n";
  }
  return section + table_of(product.figures) + samples_table(result, product) + "</section>\n";
}

std::string location_section(const ForecastResult& result) {
  if (result.locations.empty()) return {};
  std::string section = "<section id=\"locations\"><h2>How full the locations are</h2>\n";
  for (const ForecastLocation& location : result.locations) {
    section += fmt::format(
        "<h3>{}</h3><p class=\"soft\">Nothing can be sold there in half of the "
        "runs: {}.</p>\n",
        escaped(location.name), escaped(location.sold_out));
    if (location.series.empty()) continue;
    section += "<figure>" + on_both([&](const Canvas& canvas) {
                 return utilisation_chart(location, days_of(result), canvas);
               });
    section += "<figcaption>";
    for (const auto& series : location.series) {
      section += fmt::format("{}: {:.0f} % today, {:.0f} % at the end. ", escaped(series.dimension),
                             100 * series.now,
                             100 * (series.shares.empty() ? series.now : series.shares.back()));
    }
    section += "</figcaption></figure>\n";
  }
  return section + "</section>\n";
}

std::string what_if_section(const ForecastResult& result) {
  if (result.what_ifs.empty()) return {};
  const Reaches reaches = reaches_of(result.what_ifs);
  std::string section = "<section id=\"what-ifs\"><h2>What if</h2>\n";
  for (std::size_t i = 0; i < result.what_ifs.size(); ++i) {
    section += fmt::format("<h3 id=\"what-if-{}\">{}. {}</h3>\n", i + 1, i + 1,
                           escaped(result.what_ifs[i].name));
    section += what_if_table(result.what_ifs[i], reaches);
  }
  return section +
         "<p class=\"soft\">Plan and what-ifs have the same customers, run by run. The upright "
         "line "
         "is no difference; rows of one unit share a scale, in all what-ifs. ▲ better, ▼ worse: "
         "the "
         "interval leaves no doubt of it.</p></section>\n";
}

std::string trade_off_section(const ForecastResult& result) {
  if (result.trade_offs.size() < 2) return {};
  std::string section =
      "<section id=\"trade-off\"><h2>Lost against oversold</h2><figure>" +
      on_both([&](const Canvas& canvas) { return trade_off_chart(result.trade_offs, canvas); });
  section +=
      "<figcaption>Down and to the left is better. A filled point is efficient: nothing loses and "
      "oversells less.</figcaption></figure>\n<table><thead><tr><th>no.</th><th></th><th>lost</th>"
      "<th>oversold</th></tr></thead><tbody>";
  for (std::size_t i = 0; i < result.trade_offs.size(); ++i) {
    const TradeOff& point = result.trade_offs[i];
    section += fmt::format(
        "<tr><td class=\"number\">{}</td><td>{}{}</td><td class=\"number\">{:.2f}</td>"
        "<td class=\"number\">{:.2f}</td></tr>",
        i + 1, escaped(point.name), point.is_efficient ? " (efficient)" : "", point.lost,
        point.oversold);
  }
  return section + "</tbody></table></section>\n";
}

std::string purchase_section(const ForecastResult& result) {
  if (!result.purchase) return {};
  const ForecastPurchase& purchase = *result.purchase;
  std::string section =
      fmt::format("<section id=\"purchase\"><h2>Purchase: {}</h2>\n", escaped(purchase.name));
  for (const std::string& sentence : purchase.sentences) {
    section += "<p class=\"sentence\">" + escaped(sentence) + "</p>\n";
  }
  section +=
      "<figure>" + on_both([&](const Canvas& canvas) { return purchase_curve(purchase, canvas); });
  section +=
      "<figcaption>Filled points are efficient: no other costs as little and serves more. "
      "The ringed one is the answer.</figcaption></figure>\n<table class=\"stacked\">" +
      header(purchase.columns);
  for (const auto& row : purchase.rows) {
    section += "<tr>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      std::string words = escaped(row.cells[i]);
      if (i == 0 && row.is_efficient) words += " (efficient)";
      if (i == 0 && row.is_chosen) words = "<strong>" + words + "</strong>";
      section += cell(purchase.columns[i], words, i == 0 ? "" : " class=\"number\"");
    }
    section += "</tr>";
  }
  return section + "</tbody></table></section>\n";
}

std::string backtest_section(const ForecastResult& result) {
  if (!result.backtest) return {};
  const ForecastBacktest& backtest = *result.backtest;
  std::string section =
      "<section id=\"backtest\"><h2>How the demand would have done in the past</h2>\n" +
      table_of(backtest.lines);
  if (backtest.pit.size() > 1) {
    section +=
        "<figure>" + on_both([&](const Canvas& canvas) { return pit_chart(backtest.pit, canvas); });
    section +=
        "<figcaption>Bars of one height (the dotted line) are right; a hump in the middle: "
        "too wide, high ends: too narrow, a slope: too low or too high.</figcaption></figure>\n";
  }
  return section + "</section>\n";
}

std::string assumption_section(const ForecastResult& result) {
  if (result.assumptions.empty()) return {};
  return "<section id=\"assumptions\"><h2>Assumptions</h2>\n" + table_of(result.assumptions) +
         "</section>\n";
}

}  // namespace vfstock::sim::report
