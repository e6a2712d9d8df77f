#include "sim/report/chart_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {
namespace {

constexpr double mark_row = 14;
constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string number(double value) { return fmt::format("{:g}", std::round(value * 1e6) / 1e6); }

using Ticks = std::vector<std::pair<double, std::string>>;  // day, label

std::chrono::year_month_day date_of(std::chrono::sys_seconds moment) {
  return {std::chrono::floor<std::chrono::days>(moment)};
}

Ticks day_ticks(std::chrono::sys_seconds begins, double days, int step) {
  Ticks ticks;
  for (int day = 0; day <= days + 1e-9; day += step) {
    ticks.emplace_back(day, short_date(begins + std::chrono::days{day}));
  }
  return ticks;
}

/// The first of every so-many-th month; January and the first name their year.
Ticks month_ticks(std::chrono::sys_seconds begins, double days, int step) {
  using namespace std::chrono;
  Ticks ticks;
  const year_month_day first = date_of(begins);
  for (year_month month = first.year() / first.month();; month += months{1}) {
    const sys_seconds moment = sys_days{month / std::chrono::day{1}};
    const double at = static_cast<double>((moment - begins).count()) / 86'400;
    if (at > days) return ticks;
    const auto number = static_cast<unsigned>(month.month());
    if (at < 0 || (number - 1) % static_cast<unsigned>(step) != 0) continue;
    std::string label = month_names[number - 1];
    if (number == 1 || ticks.empty()) label += fmt::format(" {}", static_cast<int>(month.year()));
    ticks.emplace_back(at, std::move(label));
  }
}

/// The finest division of at most so many ticks.
Ticks date_ticks(std::chrono::sys_seconds begins, double days, std::size_t ticks_max) {
  for (const int step : {1, 2, 7, 14}) {
    if (days / step > static_cast<double>(ticks_max)) continue;
    return day_ticks(begins, days, step);
  }
  Ticks ticks;
  for (const int step : {1, 2, 3, 6, 12}) {
    ticks = month_ticks(begins, days, step);
    if (ticks.size() <= ticks_max) return ticks;
  }
  return ticks;
}

}  // namespace

std::string on_both(const std::function<std::string(const Canvas&)>& draw) {
  return "<div class=\"roomy\">" + draw(roomy_canvas) + "</div><div class=\"tight\">" +
         draw(tight_canvas) + "</div>\n";
}

double Frame::x(double value) const { return left + width * std::clamp(value / x_max, 0.0, 1.0); }
double Frame::y(double value) const {
  return top + height * (1 - std::clamp(value / y_max, 0.0, 1.0));
}

Frame frame_on(const Canvas& canvas, double top, double height, double x_max, double y_max) {
  constexpr double labels = 46, names = 30;
  return {labels, top, canvas.width - labels - names, height, x_max, y_max};
}

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
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\"><title>{}</title>{}</svg>", width,
      height, escaped(label), escaped(label), content);
}

std::string polyline(const std::string& kind, const Frame& frame, const Points& points) {
  std::string places;
  for (const auto& [x, y] : points) places += fmt::format("{:.1f},{:.1f} ", frame.x(x), frame.y(y));
  return fmt::format("<polyline class=\"{}\" points=\"{}\"/>", kind, places);
}

std::string y_axis(const Frame& frame, const std::string& name, const char* unit, double scale) {
  std::string axis;
  const double tick = tick_of(frame.y_max);
  for (int n = 0; n * tick <= frame.y_max * 1.0001; ++n) {
    const double value = n * tick;
    const double y = frame.y(value);
    axis += line("grid", frame.left, y, frame.right(), y);
    axis += text(frame.left - 5, y + 4, "end", number(value * scale) + unit);
  }
  return axis + text(2, frame.top - 9, "start", name);
}

std::string number_axis(const Frame& frame, const std::string& name, std::size_t ticks_max,
                        const char* unit, double scale) {
  std::string axis = line("axis", frame.left, frame.bottom(), frame.right(), frame.bottom());
  double tick = tick_of(frame.x_max);
  while (frame.x_max / tick > static_cast<double>(ticks_max)) tick *= 2;
  for (int n = 0; n * tick <= frame.x_max * 1.0001; ++n) {
    const double value = n * tick;
    axis += line("axis", frame.x(value), frame.bottom(), frame.x(value), frame.bottom() + 4);
    axis += text(frame.x(value), frame.bottom() + 17, "middle", number(value * scale) + unit);
  }
  return axis + text(frame.right(), frame.bottom() + 34, "end", name);
}

std::string date_axis(const Frame& frame, std::chrono::sys_seconds begins, std::size_t ticks_max) {
  std::string axis = line("axis", frame.left, frame.bottom(), frame.right(), frame.bottom());
  for (const auto& [day, label] : date_ticks(begins, frame.x_max, ticks_max)) {
    axis += line("axis", frame.x(day), frame.bottom(), frame.x(day), frame.bottom() + 4);
    axis += text(frame.x(day), frame.bottom() + 17, "middle", label);
  }
  return axis;
}

std::string short_date(std::chrono::sys_seconds moment) {
  const auto date = date_of(moment);
  return fmt::format("{} {}", static_cast<unsigned>(date.day()),
                     month_names[static_cast<unsigned>(date.month()) - 1]);
}

double mark_room(const Marks& marks) { return mark_row * static_cast<double>(marks.size()); }

std::string mark_lines(const Frame& frame, const Marks& marks) {
  std::string lines;
  double y = frame.top - mark_room(marks);
  for (const auto& [moment, name] : marks) {
    const double x = frame.x(moment);
    lines += line("mark", x, y, x, frame.bottom());
    lines += text(x + 4, y + 10, "start", name);
    y += mark_row;
  }
  return lines;
}

std::string end_names(const Frame& frame, std::vector<std::pair<double, std::string>> ends) {
  constexpr double apart = 12;
  std::sort(ends.begin(), ends.end(),
            [](const auto& one, const auto& other) { return one.first > other.first; });
  std::vector<double> places;
  for (const auto& [value, name] : ends) {
    const double wanted = frame.y(value) + 4;
    places.push_back(places.empty() ? wanted : std::max(wanted, places.back() + apart));
  }
  // What was pushed below the frame moves up again, together with what it touches.
  double lowest = frame.bottom() + 4;
  for (std::size_t i = places.size(); i-- > 0;) {
    places[i] = std::min(places[i], lowest);
    lowest = places[i] - apart;
  }
  std::string names;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    names += text(frame.right() + 4, places[i], "start", ends[i].second);
  }
  return names;
}

}  // namespace vfstock::sim::report
