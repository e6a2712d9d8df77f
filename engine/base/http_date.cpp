#include "engine/base/http_date.h"

#include <algorithm>
#include <array>

namespace vfstock {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// The shape of a date: 0 stands for a digit, a for a letter, the rest for itself.
constexpr std::string_view shape = "aaa, 00 aaa 0000 00:00:00 GMT";

bool has_shape(std::string_view text) noexcept {
  const auto fits = [](char c, char wanted) {
    if (wanted == '0') return c >= '0' && c <= '9';
    if (wanted == 'a') return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c == wanted;
  };
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), fits);
}

int number(std::string_view digits) noexcept {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

std::optional<WallTime> http_date(std::string_view text) noexcept {
  if (!has_shape(text)) return std::nullopt;
  const auto weekday = std::find(weekdays.begin(), weekdays.end(), text.substr(0, 3));
  const auto month = std::find(months.begin(), months.end(), text.substr(8, 3));
  if (weekday == weekdays.end() || month == months.end()) return std::nullopt;
  const std::chrono::year_month_day day{
      std::chrono::year{number(text.substr(12, 4))},
      std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
      std::chrono::day{static_cast<unsigned>(number(text.substr(5, 2)))}};
  const std::chrono::hours hour{number(text.substr(17, 2))};
  const std::chrono::minutes minute{number(text.substr(20, 2))};
  const std::chrono::seconds second{number(text.substr(23, 2))};
  constexpr std::chrono::seconds leap_second{60};
  if (!day.ok() || hour.count() > 23 || minute.count() > 59 || second > leap_second) {
    return std::nullopt;
  }
  return std::chrono::sys_days{day} + hour + minute + second;
}

}  // namespace vfstock
