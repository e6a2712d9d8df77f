// What the charts of a page are put together from: frames, axes, lines, text. Inline SVG without
// script; text in it is escaped.
//
// Every chart is drawn twice, for a roomy and for a tight canvas, and the page's style shows the
// one that fits: scaled-down text would be unreadable on a phone.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace vfstock::sim::report {

/// What a chart is drawn on. Units are those of a screen.
struct Canvas {
  double width = 720;
  std::size_t ticks_max = 9;  // of an axis of dates
};
inline constexpr Canvas roomy_canvas{720, 9}, tight_canvas{336, 4};

/// The chart on both canvases.
std::string on_both(const std::function<std::string(const Canvas&)>& draw);

/// A rectangle of the drawing and the values that it shows, both axes from 0.
struct Frame {
  double left = 0, top = 0, width = 0, height = 0;
  double x_max = 1, y_max = 1;

  double x(double value) const;
  double y(double value) const;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

/// The frame's place on a canvas: so much room for the y labels, and to the right for the names of
/// lines.
Frame frame_on(const Canvas& canvas, double top, double height, double x_max, double y_max);

/// 1, 2 or 5 times a power of ten, so that about five of them reach `most`.
double tick_of(double most);
/// The next tick.
double rounded_up(double most);

std::string line(const char* kind, double x1, double y1, double x2, double y2);
std::string text(double x, double y, const char* anchor, const std::string& words);
std::string drawing(double width, double height, const std::string& label,
                    const std::string& content);
using Points = std::vector<std::pair<double, double>>;  // values
std::string polyline(const std::string& kind, const Frame& frame, const Points& points);

std::string y_axis(const Frame& frame, const std::string& name, const char* unit, double scale);
std::string number_axis(const Frame& frame, const std::string& name, std::size_t ticks_max,
                        const char* unit = "", double scale = 1);
/// Days since `begins` as dates: days, weeks or months, as many as there is room for.
std::string date_axis(const Frame& frame, std::chrono::sys_seconds begins, std::size_t ticks_max);

/// "1 Dec"
std::string short_date(std::chrono::sys_seconds moment);

/// Moments to draw a line at, ascending, with short names.
using Marks = std::vector<std::pair<double, std::string>>;
/// Names in rows of their own above the frame, each at its line's right and below those of earlier
/// moments, so that no line crosses a name. They take mark_room(marks) above the frame.
std::string mark_lines(const Frame& frame, const Marks& marks);
double mark_room(const Marks& marks);

/// Names at the right end of lines, moved apart where the lines end close together.
std::string end_names(const Frame& frame, std::vector<std::pair<double, std::string>> ends);

}  // namespace vfstock::sim::report
