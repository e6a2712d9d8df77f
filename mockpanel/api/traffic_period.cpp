#include "mockpanel/api/traffic_period.h"

#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/core.h>

namespace vfstock::mockpanel::api {
namespace {

using std::chrono::year_month_day;

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

year_month_day day_of(std::string_view created) {
  const year_month_day fallback{std::chrono::year(2024), std::chrono::month(1),
                                std::chrono::day(1)};
  if (created.size() < 10) return fallback;
  const auto year = number(created.substr(0, 4));
  const auto month = number(created.substr(5, 2));
  const auto day = number(created.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *day < 1) return fallback;
  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? date : fallback;
}

std::string text(year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// The 31st is followed by the last day of a shorter month.
year_month_day month_later(year_month_day date) {
  const year_month_day later = date + std::chrono::months(1);
  return later.ok() ? later : year_month_day(later.year() / later.month() / std::chrono::last);
}

}  // namespace

TrafficPeriod traffic_period(std::string_view created) {
  const year_month_day first = day_of(created);
  const year_month_day last{std::chrono::sys_days(month_later(first)) - std::chrono::days(1)};
  return {text(first) + "T00:00:00.000000Z", text(last) + "T23:59:59.999999Z"};
}

}  // namespace vfstock::mockpanel::api
