#include "sim/report/forecast_page.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/chart.h"
#include "sim/report/markup.h"

namespace vfstock::sim::report {

namespace {

constexpr std::string_view page_style = R"(
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #d0d7de; --soft: #57606a;
  --wide: #b6d4f2; --narrow: #6ea8dc; --line: #0b3d91; --mark: #b35900; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --faint: #30363d;
  --soft: #9da7b1; --wide: #16385c; --narrow: #2a639b; --line: #cfe6ff; --mark: #ffb366; } }
@media print { :root { color-scheme: light; --ink: #000; --paper: #fff; --faint: #bbb; --soft: #333;
  --wide: #ddd; --narrow: #aaa; --line: #000; --mark: #000; }
  details:not([open]), nav { display: none; } h2 { break-after: avoid; }
  figure, table { break-inside: avoid; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; }
h2 { font-size: 1.2rem; margin-top: 2.2rem; border-top: 1px solid var(--faint); padding-top: 1rem; }
.sentence { font-size: 1.1rem; }
.soft, figcaption { color: var(--soft); font-size: .9rem; }
figure { margin: 1rem 0; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
td svg { width: 15rem; }
.grid { stroke: var(--faint); stroke-width: 1; }
.axis { stroke: var(--soft); stroke-width: 1; }
.wide { fill: var(--wide); stroke: var(--line); stroke-width: 1; stroke-dasharray: 2 3; }
.narrow { fill: var(--narrow); stroke: var(--line); stroke-width: 1; stroke-dasharray: 6 3; }
.median { fill: none; stroke: var(--line); stroke-width: 2.5; }
.curve { fill: none; stroke: var(--line); stroke-width: 2.5; }
.mark { stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 1 3; }
.zero { stroke: var(--soft); stroke-width: 1; }
.interval { stroke: var(--line); stroke-width: 3; }
.point { fill: var(--line); }
.band-0, .band-1, .band-2, .band-3, .band-4, .band-5 { stroke: var(--line); stroke-width: 1.5; }
.band-0 { fill: var(--wide); }
.band-1 { fill: var(--narrow); stroke-dasharray: 6 3; }
.band-2 { fill: var(--paper); }
.band-3 { fill: var(--faint); stroke-dasharray: 2 3; }
.band-4 { fill: var(--soft); }
.band-5 { fill: none; stroke-dasharray: 1 4; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: middle; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; color: var(--soft); }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
)";

Marks marks_of(const ForecastProduct& product) {
  constexpr std::array names{"1 in 10 by", "half by", "9 in 10 by"};
  Marks marks;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double day = product.sold_out_days[i].value;
    if (std::isfinite(day)) marks.emplace_back(day, fmt::format("{} day {:.1f}", names[i], day));
  }
  return marks;
}

std::string table_of(const std::vector<Line>& lines) {
  std::string table = "<table>";
  for (const auto& [name, figure] : lines) {
    table += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escaped(name),
                         escaped(figure));
  }
  return table + "</table>\n";
}

std::string sold_out_lines(const ForecastResult& result, const ForecastProduct& product) {
  constexpr std::array names{"One run in ten sells out by", "Half of the runs by",
                             "Nine in ten by"};
  std::vector<Line> lines;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Ranged& day = product.sold_out_days[i];
    const auto bound = [](double value) {
      return std::isinf(value) ? std::string("?") : fmt::format("{:.1f}", std::max(0.0, value));
    };
    lines.emplace_back(
        names[i], fmt::format("{}, 95 % interval {} to {}", day_words(day.value, result.first_day),
                              bound(day.low), bound(day.high)));
  }
  return table_of(lines);
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

std::string product_section(const ForecastResult& result, const ForecastProduct& product,
                            std::size_t number) {
  std::string section =
      fmt::format("<section id=\"product-{}\"><h2>{}</h2>\n<p class=\"sentence\">{}</p>\n", number,
                  escaped(product.name), escaped(product.sentence));
  section +=
      "<figure>" +
      fan_and_exceedance(product, result.sample_days, result.horizon_days, marks_of(product)) +
      "<figcaption>Above, the stock: the line is the median, half of the runs lie in the "
      "inner band (long dashes), eight in ten in the outer one (dots). Below, how many runs "
      "have sold out for the first time.</figcaption></figure>\n";
  section += sold_out_lines(result, product);
  double bound = 0;
  for (const auto& [dimension, share] : product.binding) bound += share;
  if (bound > 0) {
    section += "<figure>" +
               share_bands(product.binding, product.name + ": what binds its hypervisors") +
               "<figcaption>What binds the hypervisors when it sells out.</figcaption></figure>\n";
  }
  section += table_of(product.figures);
  return section + samples_table(result, product) + "</section>\n";
}

std::string what_if_section(const ForecastWhatIf& what_if, std::size_t number) {
  std::string section = fmt::format(
      "<section id=\"what-if-{}\"><h2>What if: {}</h2>\n<table><tr><th>less the plan"
      "</th><th></th><th>95 % interval</th></tr>",
      number, escaped(what_if.name));
  for (const auto& [name, figure] : what_if.differences) {
    const double reach = std::max({std::abs(figure.low), std::abs(figure.high), 1e-12});
    const std::string words =
        fmt::format("{:+.2f} ({:+.2f} to {:+.2f})", figure.value, figure.low, figure.high);
    section += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"number\">{}</td>"
        "</tr>",
        escaped(name), interval(figure, reach, fmt::format("{}: {}", name, words)), words);
  }
  return section +
         "</table><p class=\"soft\">Plan and what-if have the same customers, run by run. The "
         "upright "
         "line is no difference; every row has its own scale.</p></section>\n";
}

std::string trade_off_section(const ForecastResult& result) {
  std::string section =
      "<section id=\"trade-off\"><h2>Lost against oversold</h2><figure>" +
      trade_off_chart(result.trade_offs) +
      "<figcaption>Down and to the left is better; what has nothing on that side of it is the "
      "frontier.</figcaption></figure>\n<table><tr><th>no.</th><th></th><th>lost</th>"
      "<th>oversold</th></tr>";
  for (std::size_t i = 0; i < result.trade_offs.size(); ++i) {
    const TradeOff& point = result.trade_offs[i];
    section += fmt::format(
        "<tr><td class=\"number\">{}</td><td>{}</td><td class=\"number\">{:.2f}</td>"
        "<td class=\"number\">{:.2f}</td></tr>",
        i + 1, escaped(point.name), point.lost, point.oversold);
  }
  return section + "</table></section>\n";
}

std::string navigation(const ForecastResult& result) {
  std::string links = "<nav aria-label=\"On this page\"><ul>";
  const auto link = [&](const std::string& to, const std::string& words) {
    links += fmt::format("<li><a href=\"#{}\">{}</a></li>", to, escaped(words));
  };
  for (std::size_t i = 0; i < result.products.size(); ++i) {
    link(fmt::format("product-{}", i + 1),
         result.products[i].name + ": " + result.products[i].sentence);
  }
  for (std::size_t i = 0; i < result.what_ifs.size(); ++i) {
    link(fmt::format("what-if-{}", i + 1), "What if: " + result.what_ifs[i].name);
  }
  if (result.trade_offs.size() > 1) link("trade-off", "Lost against oversold");
  return links + "</ul></nav>\n";
}

}  // namespace

std::string day_words(double day, const std::optional<std::string>& first_day) {
  if (std::isinf(day)) return "beyond the horizon";
  std::string plain = fmt::format("day {:.1f}", day);
  if (!first_day) return plain;
  using namespace std::chrono;
  const std::string& from = *first_day;
  const year_month_day first{year{std::stoi(from.substr(0, 4))},
                             month{static_cast<unsigned>(std::stoi(from.substr(5, 2)))},
                             std::chrono::day{static_cast<unsigned>(std::stoi(from.substr(8, 2)))}};
  const year_month_day date{sys_days{first} + days{static_cast<int>(std::floor(day))}};
  return fmt::format("{} ({:04}-{:02}-{:02})", plain, static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string forecast_page(const ForecastResult& result) {
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style></head>\n<body>"
      "<h1>{}</h1>\n<p class=\"soft\">{}</p>\n<p class=\"soft\">{} runs of {:g} days.</p>\n",
      escaped(result.name), page_style, escaped(result.name), escaped(result.description),
      result.runs, result.horizon_days);
  page += navigation(result) + "<main>\n";
  for (std::size_t i = 0; i < result.products.size(); ++i) {
    page += product_section(result, result.products[i], i + 1);
  }
  for (std::size_t i = 0; i < result.what_ifs.size(); ++i) {
    page += what_if_section(result.what_ifs[i], i + 1);
  }
  if (result.trade_offs.size() > 1) page += trade_off_section(result);
  return page + "</main></body></html>\n";
}

}  // namespace vfstock::sim::report
