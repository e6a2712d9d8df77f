#include "engine/panel/whole_number.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace vfstock::panel {
namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// Far beyond any exponent that still gives a whole number within bounds, far below overflow.
constexpr std::int64_t exponent_bound = 1'000'000'000;

// The digits before and after the point, seen as one run.
struct Digits {
  std::string_view before, after;
  std::size_t size() const noexcept { return before.size() + after.size(); }
  int at(std::size_t i) const noexcept {
    return (i < before.size() ? before[i] : after[i - before.size()]) - '0';
  }
};

std::int64_t exponent_of(std::string_view text) noexcept {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const bool negative = !text.empty() && text.front() == '-';
  std::int64_t exponent = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (read.ec == std::errc::result_out_of_range) return negative ? -exponent_bound : exponent_bound;
  return std::clamp(exponent, -exponent_bound, exponent_bound);
}

// digits x 10^exponent, if that is whole and within bounds.
std::optional<std::int64_t> scaled(const Digits& digits, std::int64_t exponent) noexcept {
  std::size_t first = 0;
  std::size_t end = digits.size();
  while (first < end && digits.at(first) == 0) ++first;
  while (end > first && digits.at(end - 1) == 0) --end;
  if (first == end) return 0;
  exponent += static_cast<std::int64_t>(digits.size() - end);
  if (exponent < 0) return std::nullopt;
  constexpr std::int64_t digits_max = std::numeric_limits<std::int64_t>::digits10 - 1;
  if (static_cast<std::int64_t>(end - first) + exponent > digits_max) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = first; i < end; ++i) value = value * 10 + digits.at(i);
  for (std::int64_t i = 0; i < exponent; ++i) value *= 10;
  if (value > whole_number_max) return std::nullopt;
  return value;
}

std::optional<std::int64_t> with_sign(bool negative, std::optional<std::int64_t> magnitude) {
  if (negative && magnitude) return -*magnitude;
  return magnitude;
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view text) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = mantissa.find('.');
  Digits digits{mantissa.substr(0, point), {}};
  if (point != std::string_view::npos) digits.after = mantissa.substr(point + 1);
  std::int64_t exponent = e == std::string_view::npos ? 0 : exponent_of(text.substr(e + 1));
  exponent -= static_cast<std::int64_t>(digits.after.size());
  return with_sign(negative, scaled(digits, exponent));
}

bool has_short_exponent(std::string_view text) noexcept {
  const std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return true;
  const std::string_view exponent = text.substr(mark + 1);
  return exponent.size() - (exponent.starts_with('-') || exponent.starts_with('+') ? 1 : 0) <=
         exponent_digits_max;
}

std::optional<std::int64_t> digit_string(std::string_view text) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  return with_sign(negative, scaled(Digits{text, {}}, 0));
}

}  // namespace vfstock::panel
