// The reserve against schoolbook arithmetic on decimal digits, which knows no word size.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/capacity/arbitrary.h"

namespace vfstock::capacity {
namespace {

/// Decimal digits, the lowest first.
using Digits = std::vector<int>;

Digits digits_of(std::string text) {
  Digits digits;
  std::reverse(text.begin(), text.end());
  for (const char c : text) digits.push_back(c - '0');
  return digits;
}

Digits product(const Digits& a, const Digits& b) {
  Digits result(a.size() + b.size() + 1, 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      int carried = a[i] * b[j];
      for (std::size_t place = i + j; carried > 0; ++place) {
        carried += result[place];
        result[place] = carried % 10;
        carried /= 10;
      }
    }
  }
  return result;
}

/// ceil(digits / 10^places)
std::int64_t shifted_up(const Digits& digits, std::size_t places) {
  std::int64_t value = 0;
  for (std::size_t i = digits.size(); i > places; --i) value = value * 10 + digits[i - 1];
  const auto end = digits.begin() + static_cast<std::ptrdiff_t>(std::min(places, digits.size()));
  const bool rest = std::any_of(digits.begin(), end, [](int digit) { return digit != 0; });
  return value + (rest ? 1 : 0);
}

RC_GTEST_PROP(PercentProperty, ReserveIsTheExactShareRoundedUp, ()) {
  const std::string text = test::any_percent_text();
  const std::int64_t max = *test::magnitude();
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string fraction = point < text.size() ? text.substr(point + 1) : "";
  const Digits exact =
      product(digits_of(text.substr(0, point) + fraction), digits_of(std::to_string(max)));
  RC_LOG() << text << " % of " << max;
  RC_ASSERT(Percent::parse(text).value().reserve(max) == shifted_up(exact, fraction.size() + 2));
}

RC_GTEST_PROP(PercentProperty, AnExponentOnlyMovesThePoint, ()) {
  const std::string whole = std::to_string(*test::between(0, 99));
  const std::string fraction = test::any_digits(12);
  const std::string moved =
      "0." + std::string(18, '0') + (whole.size() < 2 ? "0" : "") + whole + fraction + "e" + "20";
  RC_ASSERT(Percent::parse(moved) == Percent::parse(whole + "." + fraction));
}

RC_GTEST_PROP(PercentProperty, ItsTextReadsBackAsItself, ()) {
  const Percent percent = Percent::parse(test::any_percent_text()).value();
  RC_ASSERT(Percent::parse(percent.text()) == percent);
}

RC_GTEST_PROP(PercentProperty, AnyTextIsReadOrRefusedWithinTheRange, (const std::string& text)) {
  const auto percent = Percent::parse(text);
  RC_ASSERT(!percent || (*percent >= Percent{0} && *percent <= Percent{100}));
}

RC_GTEST_PROP(PercentProperty, AHigherPercentageNeverReservesLess, ()) {
  const Percent a = Percent::parse(test::any_percent_text()).value();
  const Percent b = Percent::parse(test::any_percent_text()).value();
  const std::int64_t max = *test::magnitude();
  RC_ASSERT(std::min(a, b).reserve(max) <= std::max(a, b).reserve(max));
}

}  // namespace
}  // namespace vfstock::capacity
