#include "mockpanel/api/dates.h"

#include <chrono>
#include <cstdio>

#include <fmt/core.h>

namespace vfstock::mockpanel::api {
namespace {

constexpr std::size_t to_seconds = 19;

}  // namespace

std::string with_offset(std::string_view moment) {
  return std::string(moment.substr(0, to_seconds)) + "+00:00";
}

std::string with_fraction(std::string_view moment) {
  return std::string(moment.substr(0, to_seconds)) + ".000000Z";
}

std::string with_blank(std::string_view moment) {
  std::string text(moment.substr(0, to_seconds));
  if (text.size() == to_seconds) text[10] = ' ';
  return text;
}

std::string a_minute_after(std::string_view moment) {
  using namespace std::chrono;
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  const std::string text(moment.substr(0, to_seconds));
  if (std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                  &second) != 6) {
    return with_fraction(moment);
  }
  const sys_seconds later =
      sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
      hours(hour) + minutes(minute + 1) + seconds(second);
  const sys_days date = floor<days>(later);
  const year_month_day ymd(date);
  const hh_mm_ss time(later - date);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000000Z", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace vfstock::mockpanel::api
