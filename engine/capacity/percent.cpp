#include "engine/capacity/percent.h"

#include <algorithm>

#include "engine/base/text.h"

namespace vfstock::capacity {
namespace {

// Every percentage above zero reserves at least one unit, and the smallest quota that could tell
// two tiny percentages apart lies far beyond 2^53. So a tinier value may stand as 10^-30, and no
// exponent makes a long string.
constexpr std::int64_t fraction_digits_of_tiniest = 30;
constexpr std::int64_t exponent_max = 1'000'000'000'000;  // where longer exponents saturate
constexpr std::int64_t exact_double_max = std::int64_t{1} << 53;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

/// Whether a sign was there and said minus.
bool take_minus(std::string_view& text) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return false;
  const bool minus = text.front() == '-';
  text.remove_prefix(1);
  return minus;
}

/// The exponent after an "e", saturated; nullopt when no digit follows.
std::optional<std::int64_t> take_exponent(std::string_view& text) {
  const bool minus = take_minus(text);
  const std::string_view digits = take_digits(text);
  if (digits.empty()) return std::nullopt;
  std::int64_t exponent = 0;
  for (const char digit : digits) {
    exponent = std::min(exponent * 10 + (digit - '0'), exponent_max);
  }
  return minus ? -exponent : exponent;
}

/// 0.DIGITS × 10^point, the digits without zeros at either end; no digits mean zero.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;
};

Decimal decimal(bool negative, std::string_view whole, std::string_view fraction,
                std::int64_t exponent) {
  Decimal result{negative, std::string(whole), 0};
  result.digits += fraction;
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  const std::size_t zeros = std::min(result.digits.find_first_not_of('0'), result.digits.size());
  result.digits.erase(0, zeros);
  result.point =
      static_cast<std::int64_t>(whole.size()) - static_cast<std::int64_t>(zeros) + exponent;
  return result;
}

std::optional<Decimal> read_decimal(std::string_view text) {
  text = trimmed(text);
  const bool negative = take_minus(text);
  const std::string_view whole = take_digits(text);
  std::string_view fraction;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    fraction = take_digits(text);
  }
  if (whole.empty() && fraction.empty()) return std::nullopt;
  std::int64_t exponent = 0;
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    const auto written = take_exponent(text);
    if (!written) return std::nullopt;
    exponent = *written;
  }
  if (!text.empty()) return std::nullopt;
  return decimal(negative, whole, fraction, exponent);
}

}  // namespace

Percent::Percent(std::int64_t whole) noexcept
    : whole_(std::clamp(whole, std::int64_t{0}, whole_max)) {}

std::optional<Percent> Percent::parse(std::string_view text) {
  const auto read = read_decimal(text);
  if (!read) return std::nullopt;
  Percent percent;
  if (read->negative || read->digits.empty()) return percent;
  constexpr std::int64_t digits_below_100 = 2;
  if (read->point > digits_below_100) return Percent{whole_max};
  if (read->point <= -fraction_digits_of_tiniest) {
    percent.fraction_digits_.assign(fraction_digits_of_tiniest - 1, '0').push_back('1');
    return percent;
  }
  const auto digits_before_point = static_cast<std::size_t>(std::max<std::int64_t>(read->point, 0));
  for (std::size_t i = 0; i < digits_before_point; ++i) {
    percent.whole_ = percent.whole_ * 10 + (i < read->digits.size() ? read->digits[i] - '0' : 0);
  }
  percent.fraction_digits_.assign(static_cast<std::size_t>(std::max<std::int64_t>(-read->point, 0)),
                                  '0');
  if (digits_before_point < read->digits.size()) {
    percent.fraction_digits_ += read->digits.substr(digits_before_point);
  }
  return percent;
}

std::int64_t Percent::reserve(std::int64_t max) const noexcept {
  if (max <= 0) return 0;
  // Horner from the last digit. What a division drops can only matter to the final rounding up, so
  // one bit remembers that anything was dropped.
  std::int64_t carried = 0;
  bool dropped = false;
  for (std::size_t place = fraction_digits_.size(); place-- > 0;) {
    const std::int64_t tenfold = (fraction_digits_[place] - '0') * max + carried;
    carried = tenfold / 10;
    dropped = dropped || tenfold % 10 != 0;
  }
  const std::int64_t hundredfold = whole_ * max + carried;
  return hundredfold / 100 + (dropped || hundredfold % 100 != 0 ? 1 : 0);
}

std::optional<Percent::Ratio> Percent::ratio() const noexcept {
  Ratio ratio{whole_, 1};
  for (const char digit : fraction_digits_) {
    ratio.numerator = ratio.numerator * 10 + (digit - '0');
    ratio.denominator *= 10;
    if (ratio.numerator > exact_double_max || ratio.denominator > exact_double_max) {
      return std::nullopt;
    }
  }
  return ratio;
}

std::string Percent::text() const {
  std::string text = std::to_string(whole_);
  if (!fraction_digits_.empty()) text += '.' + fraction_digits_;
  return text;
}

}  // namespace vfstock::capacity
