#include "sim/report/chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {
namespace {

/// A rectangle of the drawing and the values that it shows.
struct Frame {
  double left = 0, top = 0, width = 0, height = 0;  // of the drawing
  double x_max = 1, y_max = 1;                      // from 0

  double x(double value) const { return left + width * std::clamp(value / x_max, 0.0, 1.0); }
  double y(double value) const { return top + height * (1 - std::clamp(value / y_max, 0.0, 1.0)); }
};

/// 1, 2 or 5 times a power of ten, so that about five of them reach `most`.
double tick_of(double most) {
  const double rough = std::max(most, 1e-9) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= rough) return step * power;
  }
  return 10 * power;
}

double rounded_up(double most) {
  const double tick = tick_of(most);
  return std::max(tick, std::ceil(most / tick - 1e-9) * tick);
}

std::string number(double value) { return fmt::format("{:g}", std::round(value * 1e6) / 1e6); }

std::string line(const char* kind, double x1, double y1, double x2, double y2) {
  return fmt::format("<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>",
                     kind, x1, y1, x2, y2);
}

std::string text(double x, double y, const char* anchor, const std::string& words) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", x, y, anchor,
                     escaped(words));
}

std::string drawing(double width, double height, const std::string& label,
                    const std::string& content) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><title>{}</title>{}</svg>\n",
      width, height, escaped(label), escaped(label), content);
}

std::string y_axis(const Frame& frame, const std::string& name, const char* unit, double scale) {
  std::string axis;
  const double tick = tick_of(frame.y_max);
  for (int n = 0; n * tick <= frame.y_max * 1.0001; ++n) {
    const double value = n * tick;
    const double y = frame.y(value);
    axis += line("grid", frame.left, y, frame.left + frame.width, y);
    axis += text(frame.left - 6, y + 4, "end", number(value * scale) + unit);
  }
  return axis + text(frame.left, frame.top - 8, "start", name);
}

std::string x_axis(const Frame& frame, const std::string& name) {
  std::string axis = line("axis", frame.left, frame.y(0), frame.left + frame.width, frame.y(0));
  const double tick = tick_of(frame.x_max);
  for (int n = 0; n * tick <= frame.x_max * 1.0001; ++n) {
    const double value = n * tick;
    axis += line("axis", frame.x(value), frame.y(0), frame.x(value), frame.y(0) + 4);
    axis += text(frame.x(value), frame.y(0) + 18, "middle", number(value));
  }
  return axis + text(frame.left + frame.width, frame.y(0) + 34, "end", name);
}

using Fan = std::vector<std::array<double, 5>>;

/// There along one quantile and back along the other.
std::string between(const char* kind, const Frame& frame, std::span<const double> days,
                    const Fan& fan, std::size_t low, std::size_t high) {
  std::string points;
  const auto add = [&](std::size_t s, std::size_t q) {
    points += fmt::format("{:.1f},{:.1f} ", frame.x(days[s]), frame.y(fan[s][q]));
  };
  for (std::size_t s = 0; s < fan.size(); ++s) add(s, high);
  for (std::size_t s = fan.size(); s-- > 0;) add(s, low);
  return fmt::format("<polygon class=\"{}\" points=\"{}\"/>", kind, points);
}

template <class Value>
std::string polyline(const char* kind, const Frame& frame, std::span<const double> days,
                     Value value) {
  std::string points;
  for (std::size_t s = 0; s < days.size(); ++s) {
    points += fmt::format("{:.1f},{:.1f} ", frame.x(days[s]), frame.y(value(s)));
  }
  return fmt::format("<polyline class=\"{}\" points=\"{}\"/>", kind, points);
}

/// Each name on a line of its own: moments may stand close together.
std::string mark_lines(const Frame& upper, const Frame& lower, const Marks& marks) {
  std::string lines;
  double y = upper.top + 12;
  for (const auto& [moment, name] : marks) {
    const double x = lower.x(moment);
    lines += line("mark", x, upper.top, x, lower.y(0));
    const bool is_right = x > upper.left + 0.8 * upper.width;
    lines += text(x + (is_right ? -5 : 5), y, is_right ? "end" : "start", name);
    y += 16;
  }
  return lines;
}

/// Numbers beside the points of a scatter; points that all but coincide share one label.
std::string point_numbers(const Frame& frame, const std::vector<TradeOff>& points) {
  constexpr double too_close = 14;
  struct Label {
    double x = 0, y = 0;
    std::string words;
  };
  std::vector<Label> labels;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = frame.x(points[i].lost), y = frame.y(points[i].oversold);
    const auto near = std::find_if(labels.begin(), labels.end(), [&](const Label& label) {
      return std::abs(label.x - x) < too_close && std::abs(label.y - y) < too_close;
    });
    if (near == labels.end()) {
      labels.push_back({x, y, std::to_string(i + 1)});
    } else {
      near->words += ", " + std::to_string(i + 1);
    }
  }
  std::string numbers;
  for (const Label& label : labels) {
    const bool is_right = label.x > frame.left + 0.9 * frame.width;
    numbers +=
        text(label.x + (is_right ? -10 : 10), label.y - 6, is_right ? "end" : "start", label.words);
  }
  return numbers;
}

}  // namespace

std::string fan_and_exceedance(const ForecastProduct& product, std::span<const double> days,
                               double horizon, const Marks& marks) {
  double most = 1;
  for (const auto& quantiles : product.fan) most = std::max(most, quantiles.back());
  const Frame upper{60, 24, 680, 200, horizon, rounded_up(most)};
  const Frame lower{60, 268, 680, 110, horizon, 1};
  std::string content = y_axis(upper, "VPSes that could still be sold", "", 1);
  content += between("wide", upper, days, product.fan, 0, 4);
  content += between("narrow", upper, days, product.fan, 1, 3);
  content += polyline("median", upper, days, [&](std::size_t s) { return product.fan[s][2]; });
  content += line("axis", upper.left, upper.y(0), upper.left + upper.width, upper.y(0));
  content += y_axis(lower, "runs that have sold out", " %", 100);
  content += polyline("curve", lower, days, [&](std::size_t s) { return product.sold_out_by[s]; });
  content += x_axis(lower, "days from now");
  content += mark_lines(upper, lower, marks);
  return drawing(760, 420, product.name + ": stock over time, and how many runs have sold out",
                 content);
}

std::string share_bands(const std::vector<std::pair<std::string, double>>& shares,
                        const std::string& label) {
  constexpr double width = 740, height = 30;
  std::string content, names;
  double at = 10;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double length = width * shares[i].second;
    if (length <= 0) continue;
    content +=
        fmt::format("<rect class=\"band-{}\" x=\"{:.1f}\" y=\"4\" width=\"{:.1f}\" height=\"{}\"/>",
                    i, at, length, height);
    const std::string name = fmt::format("{} {:.0f} %", shares[i].first, 100 * shares[i].second);
    if (length > 60) content += text(at + 2, height + 20, "start", name);
    at += length;
  }
  return drawing(760, 56, label, content);
}

std::string interval(const Ranged& figure, double reach, const std::string& label) {
  constexpr double centre = 120, half = 112;
  const auto x = [&](double value) {
    return centre + half * std::clamp(value / std::max(reach, 1e-12), -1.0, 1.0);
  };
  std::string content = line("axis", centre - half, 12, centre + half, 12);
  content += line("zero", centre, 3, centre, 21);
  content += line("interval", x(figure.low), 12, x(figure.high), 12);
  content +=
      fmt::format("<circle class=\"point\" cx=\"{:.1f}\" cy=\"12\" r=\"4\"/>", x(figure.value));
  return drawing(240, 24, label, content);
}

std::string trade_off_chart(const std::vector<TradeOff>& points) {
  double lost = 1, oversold = 1;
  for (const TradeOff& point : points) {
    lost = std::max(lost, point.lost);
    oversold = std::max(oversold, point.oversold);
  }
  const Frame frame{60, 24, 680, 180, rounded_up(lost), rounded_up(oversold)};
  std::string content = y_axis(frame, "VPSes oversold per run", "", 1);
  content += x_axis(frame, "VPSes lost per run");
  for (const TradeOff& point : points) {
    content += fmt::format("<circle class=\"point\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>",
                           frame.x(point.lost), frame.y(point.oversold));
  }
  content += point_numbers(frame, points);
  return drawing(760, 250, "Lost sales against oversold VPSes", content);
}

}  // namespace vfstock::sim::report
