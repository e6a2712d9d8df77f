#include "sim/forecast/plan_calendar.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace vfstock::sim::forecast {
namespace {

using namespace std::chrono;

/// Digits where `pattern` has 0, otherwise the same characters.
bool looks_like(const std::string& text, const std::string& pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !is_digit : text[i] != pattern[i]) return false;
  }
  return true;
}

int number(const std::string& text, std::size_t from, std::size_t length) {
  return std::atoi(text.substr(from, length).c_str());
}

}  // namespace

std::optional<Moment> calendar_moment(const std::string& given) {
  std::string text = given;
  if (!text.empty() && text.back() == 'Z') text.pop_back();
  if (looks_like(text, "0000-00-00")) text += "T00:00:00";
  if (looks_like(text, "0000-00-00T00:00")) text += ":00";
  if (!looks_like(text, "0000-00-00T00:00:00")) return std::nullopt;
  const year_month_day date{year{number(text, 0, 4)},
                            month{static_cast<unsigned>(number(text, 5, 2))},
                            day{static_cast<unsigned>(number(text, 8, 2))}};
  const int hour = number(text, 11, 2), minute = number(text, 14, 2), second = number(text, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return sys_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

std::string calendar_text(Moment moment) {
  const auto midnight = floor<days>(moment);
  const year_month_day date{midnight};
  const std::string day =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (moment == midnight) return day;
  const hh_mm_ss time{moment - midnight};
  return fmt::format("{}T{:02}:{:02}:{:02}", day, time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::optional<Moment> moment_named_in(const std::string& description) {
  const std::string before = "until ";
  const std::size_t length = std::string("2026-02-12T00:00:00Z").size();
  for (std::size_t at = description.find(before); at != std::string::npos;
       at = description.find(before, at + 1)) {
    const auto moment = calendar_moment(description.substr(at + before.size(), length));
    if (moment) return moment;
  }
  return std::nullopt;
}

void align_hours(std::vector<double>& hours_of, Moment profile_begins, Moment plan_begins) {
  if (hours_of.empty()) return;
  const auto period = static_cast<std::int64_t>(hours_of.size());
  const double apart = static_cast<double>((plan_begins - profile_begins).count()) / 3600;
  const double whole = std::floor(apart), part = apart - whole;
  const auto old = [&](std::int64_t hour) {
    const std::int64_t at = ((hour + static_cast<std::int64_t>(whole)) % period + period) % period;
    return hours_of[static_cast<std::size_t>(at)];
  };
  std::vector<double> aligned;
  for (std::int64_t hour = 0; hour < period; ++hour) {
    aligned.push_back((1 - part) * old(hour) + part * old(hour + 1));
  }
  hours_of = std::move(aligned);
}

}  // namespace vfstock::sim::forecast
