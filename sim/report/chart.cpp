#include "sim/report/chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {
namespace {

/// One quantile of the fan over the days, from today's stock on.
Points quantile_line(const Fan& fan, std::span<const double> days, double now,
                     std::size_t quantile) {
  Points points{{0, now}};
  for (std::size_t s = 0; s < std::min(fan.size(), days.size()); ++s) {
    points.emplace_back(days[s], fan[s][quantile]);
  }
  return points;
}

/// There along one line and back along the other.
std::string between(const char* kind, const Frame& frame, const Points& low, Points high) {
  std::string places;
  const auto add = [&](const auto& point) {
    places += fmt::format("{:.1f},{:.1f} ", frame.x(point.first), frame.y(point.second));
  };
  std::reverse(high.begin(), high.end());
  for (const auto& point : low) add(point);
  for (const auto& point : high) add(point);
  return fmt::format("<polygon class=\"{}\" points=\"{}\"/>", kind, places);
}

Marks marks_of(const ForecastProduct& product) {
  constexpr std::array names{"P10", "P50", "P90"};
  Marks marks;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double day = product.sold_out_days[i].value;
    if (std::isfinite(day)) marks.emplace_back(day, names[i]);
  }
  return marks;
}

double highest(const ForecastProduct& product) {
  double most = std::max(1.0, product.stock_now);
  for (const auto& quantiles : product.fan) most = std::max(most, quantiles.back());
  for (std::size_t w = 0; w < std::min(product.what_ifs.size(), overlays_max); ++w) {
    for (const auto& quantiles : product.what_ifs[w].fan) most = std::max(most, quantiles[2]);
  }
  return rounded_up(most);
}

std::string overlays(const ForecastProduct& product, const Frame& frame) {
  std::string lines;
  std::vector<std::pair<double, std::string>> ends;
  for (std::size_t w = 0; w < std::min(product.what_ifs.size(), overlays_max); ++w) {
    const ProductWhatIf& one = product.what_ifs[w];
    if (one.fan.empty()) continue;
    lines += polyline(fmt::format("line-{} overlay-{}", w, w), frame,
                      quantile_line(one.fan, one.days, product.stock_now, 2));
    ends.emplace_back(one.fan.back()[2], fmt::format("{}", w + 1));
  }
  return lines + end_names(frame, std::move(ends));
}

Points curve_of(const std::vector<double>& shares, std::span<const double> days, double at_first) {
  Points points{{0, at_first}};
  for (std::size_t s = 0; s < std::min(shares.size(), days.size()); ++s) {
    points.emplace_back(days[s], shares[s]);
  }
  return points;
}

/// Numbers beside the points of a scatter; points that all but coincide share one label.
std::string point_numbers(const Frame& frame, const std::vector<TradeOff>& points) {
  constexpr double too_close = 14;
  struct Label {
    double x = 0, y = 0;
    std::string words;
    int count = 0;
  };
  std::vector<Label> labels;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = frame.x(points[i].lost), y = frame.y(points[i].oversold);
    const auto near = std::find_if(labels.begin(), labels.end(), [&](const Label& label) {
      return std::abs(label.x - x) < too_close && std::abs(label.y - y) < too_close;
    });
    if (near == labels.end()) {
      labels.push_back({x, y, std::to_string(i + 1), 1});
    } else if (++near->count <= 4) {
      near->words += near->count == 4 ? " …" : ", " + std::to_string(i + 1);
    }
  }
  std::string numbers;
  for (const Label& label : labels) {
    const bool is_right = label.x > frame.left + 0.7 * frame.width;
    numbers +=
        text(label.x + (is_right ? -9 : 9), label.y - 6, is_right ? "end" : "start", label.words);
  }
  return numbers;
}

std::string circle(const char* kind, double x, double y, double radius) {
  return fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>", kind, x, y,
                     radius);
}

}  // namespace

std::string fan_and_exceedance(const ForecastProduct& product, const Days& days,
                               const Canvas& canvas) {
  const Marks marks = marks_of(product);
  const double top = 24 + mark_room(marks);
  const Frame upper = frame_on(canvas, top, 180, days.horizon, highest(product));
  const Frame lower = frame_on(canvas, upper.bottom() + 42, 90, days.horizon, 1);
  std::string content = y_axis(upper, "", "", 1);
  content += text(2, 12, "start", "VPSes that could still be sold");
  const auto quantile = [&](std::size_t q) {
    return quantile_line(product.fan, days.samples, product.stock_now, q);
  };
  content += between("wide", upper, quantile(0), quantile(4));
  content += between("narrow", upper, quantile(1), quantile(3));
  content += polyline("median", upper, quantile(2));
  content += overlays(product, upper);
  content += line("axis", upper.left, upper.bottom(), upper.right(), upper.bottom());
  content += y_axis(lower, "runs that have sold out", " %", 100);
  content += polyline("curve", lower,
                      curve_of(product.sold_out_by, days.samples, product.stock_now == 0 ? 1 : 0));
  content += date_axis(lower, days.begins, canvas.ticks_max);
  content += mark_lines(upper, marks);
  for (const auto& [moment, name] : marks) {  // the gap between the two holds the lower one's name
    content += line("mark", lower.x(moment), lower.top, lower.x(moment), lower.bottom());
  }
  return drawing(canvas.width, lower.bottom() + 26,
                 product.name + ": stock over time, and how many runs have sold out", content);
}

std::string utilisation_chart(const ForecastLocation& location, const Days& days,
                              const Canvas& canvas) {
  const Frame frame = frame_on(canvas, 28, 130, days.horizon, 1);
  std::string content = y_axis(frame, "allocated, mean of the runs", " %", 100);
  std::vector<std::pair<double, std::string>> ends;
  for (std::size_t i = 0; i < location.series.size(); ++i) {
    const auto& series = location.series[i];
    content += polyline(fmt::format("line-{}", i), frame,
                        curve_of(series.shares, days.samples, series.now));
    ends.emplace_back(series.shares.empty() ? series.now : series.shares.back(),
                      series.dimension.substr(0, 4));
  }
  content += end_names(frame, std::move(ends));
  content += date_axis(frame, days.begins, canvas.ticks_max);
  return drawing(canvas.width, frame.bottom() + 26, location.name + ": how full it is", content);
}

std::string purchase_curve(const ForecastPurchase& purchase, const Canvas& canvas) {
  double cost = 1;
  for (const auto& row : purchase.rows) cost = std::max(cost, row.cost);
  const Frame frame = frame_on(canvas, 28, 170, rounded_up(cost), 1);
  std::string content = y_axis(frame, purchase.share_name, " %", 100);
  content += number_axis(frame, purchase.cost_name, canvas.ticks_max);
  Points efficient;
  for (const auto& row : purchase.rows) {
    if (row.is_efficient) efficient.emplace_back(row.cost, row.share);
  }
  content += polyline("curve", frame, efficient);
  for (const auto& row : purchase.rows) {
    const double x = frame.x(row.cost), y = frame.y(row.share);
    content += circle(row.is_efficient ? "point" : "hollow", x, y, 4);
    if (row.is_chosen) content += circle("chosen", x, y, 9);
  }
  return drawing(canvas.width, frame.bottom() + 42, purchase.name + ": what is served, by cost",
                 content);
}

std::string trade_off_chart(const std::vector<TradeOff>& points, const Canvas& canvas) {
  double lost = 0, oversold = 0;
  for (const TradeOff& point : points) {
    lost = std::max(lost, point.lost);
    oversold = std::max(oversold, point.oversold);
  }
  const Frame frame = frame_on(canvas, 28, 180, rounded_up(lost > 0 ? lost : 1),
                               rounded_up(oversold > 0 ? oversold : 1));
  std::string content = y_axis(frame, "VPSes oversold per run", "", 1);
  content += number_axis(frame, "VPSes lost per run", canvas.ticks_max);
  std::vector<TradeOff> efficient;
  for (const TradeOff& point : points) {
    if (point.is_efficient) efficient.push_back(point);
  }
  std::sort(efficient.begin(), efficient.end(),
            [](const auto& one, const auto& other) { return one.lost < other.lost; });
  Points frontier;
  for (const TradeOff& point : efficient) frontier.emplace_back(point.lost, point.oversold);
  if (frontier.size() > 1) content += polyline("curve", frame, frontier);
  for (const TradeOff& point : points) {
    content += circle(point.is_efficient ? "point" : "hollow", frame.x(point.lost),
                      frame.y(point.oversold), 5);
  }
  content += point_numbers(frame, points);
  return drawing(canvas.width, frame.bottom() + 42, "Lost sales against oversold VPSes", content);
}

std::string pit_chart(const std::vector<double>& shares, const Canvas& canvas) {
  const double even = 1 / static_cast<double>(shares.size());
  double most = 2 * even;
  for (const double share : shares) most = std::max(most, share);
  const Frame frame = frame_on(canvas, 28, 110, 1, rounded_up(most));
  std::string content = y_axis(frame, "share of the past's periods", " %", 100);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double from = static_cast<double>(i) * even;
    content += fmt::format(
        "<rect class=\"bar\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>",
        frame.x(from) + 1, frame.y(shares[i]), frame.width * even - 2,
        frame.bottom() - frame.y(shares[i]));
  }
  content += line("mark", frame.left, frame.y(even), frame.right(), frame.y(even));
  content += number_axis(frame, "where the observed count fell in its forecast", 5, " %", 100);
  return drawing(canvas.width, frame.bottom() + 42,
                 "Probability integral transform of the backtest: flat is right", content);
}

std::string share_bands(const std::vector<std::pair<std::string, double>>& shares,
                        const std::string& label, const Canvas& canvas) {
  constexpr double height = 24, letter = 6.5;
  const double width = canvas.width - 20;
  std::string content;
  double at = 10;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double length = width * shares[i].second;
    if (length <= 0) continue;
    content +=
        fmt::format("<rect class=\"band-{}\" x=\"{:.1f}\" y=\"4\" width=\"{:.1f}\" height=\"{}\"/>",
                    i, at, length, height);
    const std::string name = fmt::format("{} {:.0f} %", shares[i].first, 100 * shares[i].second);
    if (length > letter * static_cast<double>(name.size())) {
      content += text(at + 2, height + 18, "start", name);
    }
    at += length;
  }
  return drawing(canvas.width, 48, label, content);
}

std::string interval(const Ranged& figure, double reach, const std::string& label) {
  constexpr double centre = 120, half = 112;
  const auto x = [&](double value) {
    return centre + half * std::clamp(value / std::max(reach, 1e-12), -1.0, 1.0);
  };
  std::string content = line("axis", centre - half, 12, centre + half, 12);
  content += line("zero", centre, 3, centre, 21);
  content += line("interval", x(figure.low), 12, x(figure.high), 12);
  content += circle("point", x(figure.value), 12, 4);
  return drawing(240, 24, label, content);
}

}  // namespace vfstock::sim::report
