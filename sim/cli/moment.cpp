#include "sim/cli/moment.h"

#include <fmt/format.h>

namespace vfstock::sim::cli {

namespace {

/// The digits at `from`; nullopt when they are not all there.
std::optional<int> digits(const std::string& text, std::size_t from, std::size_t count) {
  if (from + count > text.size()) return std::nullopt;
  int number = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

/// Every letter of `shape` that is no digit must stand in `text` too.
bool has_shape(const std::string& text, std::string_view shape) {
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (shape[i] != '0' && shape[i] != text[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<WallTime> moment_from(const std::string& written) {
  using namespace std::chrono;
  std::string text = written;
  if (text.ends_with('Z')) text.pop_back();
  const bool date_only = has_shape(text, "0000-00-00");
  const bool minutes_only = has_shape(text, "0000-00-00T00:00");
  if (!date_only && !minutes_only && !has_shape(text, "0000-00-00T00:00:00")) return std::nullopt;
  const auto y = digits(text, 0, 4), mo = digits(text, 5, 2), d = digits(text, 8, 2);
  if (!y || !mo || !d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  if (date_only) return sys_days{date};
  const auto h = digits(text, 11, 2), mi = digits(text, 14, 2);
  const auto s = minutes_only ? std::optional(0) : digits(text, 17, 2);
  if (!h || !mi || !s || *h > 23 || *mi > 59 || *s > 59) return std::nullopt;
  return sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s};
}

std::string moment_text(WallTime time) {
  using namespace std::chrono;
  const auto day_start = floor<days>(time);
  const year_month_day date{day_start};
  const hh_mm_ss clock{floor<seconds>(time - day_start)};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{date.year()},
                     unsigned{date.month()}, unsigned{date.day()}, clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace vfstock::sim::cli
