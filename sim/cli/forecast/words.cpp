#include "sim/cli/forecast/words.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace vfstock::sim::cli {

using forecast::Estimate;

namespace {

/// Digits after the point, so that what is not nothing does not read as nothing.
int digits_for(double amount, int least) {
  constexpr int digits_max = 6;
  int digits = least;
  double smallest = std::pow(10, -least) / 2;
  while (amount > 0 && amount < smallest && digits < digits_max) {
    ++digits;
    smallest /= 10;
  }
  return digits;
}

std::string number(double amount) {
  return fmt::format("{:.{}f}", amount, digits_for(std::abs(amount), 1));
}

bool is_nothing(const Estimate& less) { return less.value == 0 && less.low == 0 && less.high == 0; }

}  // namespace

std::string percent(double share) {
  const double points = 100 * share;
  const double to_edge = std::min(points, 100 - points);
  return fmt::format("{:.{}f} %", points, digits_for(to_edge, 1));
}

std::string percent_range(const Estimate& share) {
  return fmt::format("{} ({} to {})", percent(share.value), percent(share.low),
                     percent(share.high));
}

std::string count_range(const Estimate& count) {
  if (count.value == 0) {
    if (std::isinf(count.high)) return "none in the only run";
    return fmt::format("none in any run (at most {} per run)", number(count.high));
  }
  if (std::isinf(count.high)) return number(count.value) + " in the only run";
  return fmt::format("{} ({} to {})", number(count.value), number(count.low), number(count.high));
}

std::string difference(const Estimate& less, double scale, const char* unit) {
  if (is_nothing(less)) return "the same in every run";
  const int digits = digits_for(std::max(std::abs(less.value), less.high - less.value) * scale, 2);
  return fmt::format("{:+.{}f}{} ± {:.{}f}", scale * less.value, digits, unit,
                     scale * (less.high - less.value), digits);
}

std::string day(double days, const Begins& begins) {
  if (std::isinf(days)) return "after the horizon";
  const std::string plain = days == 0 ? "today" : fmt::format("day {:.1f}", days);
  if (!begins) return plain;
  const auto moment =
      *begins + std::chrono::seconds{static_cast<std::int64_t>(std::floor(days * 86'400))};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  return fmt::format("{} ({})", plain, forecast::calendar_text(midnight));
}

std::string day_range(const Estimate& days, const Begins& begins) {
  if (std::isinf(days.value) && std::isinf(days.low)) return "after the horizon";
  if (days.high == 0) return day(0, begins);
  const std::string low = std::isinf(days.low) ? "" : fmt::format("{:.1f}", days.low);
  if (std::isinf(days.value)) {
    return fmt::format("after the horizon (day {} at the earliest)", low);
  }
  const std::string high =
      std::isinf(days.high) ? "after the horizon" : fmt::format("{:.1f}", days.high);
  return fmt::format("{} ({} to {})", day(days.value, begins), low, high);
}

std::string money(double amount, const std::string& currency) {
  return fmt::format("{:.2f}{}{}", amount, currency.empty() ? "" : " ", currency);
}

std::string verdict(const Estimate& less, Sense sense) {
  if (is_nothing(less)) return "no difference";
  if (less.low <= 0 && less.high >= 0) return "not clear";
  const bool is_more = less.value > 0;
  return is_more == (sense == Sense::more_is_better) ? "better" : "worse";
}

}  // namespace vfstock::sim::cli
