#include "sim/invariants/buffer.h"

#include <algorithm>
#include <optional>

namespace vfstock::sim::invariants {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";
constexpr std::string_view decimal_digits = "0123456789";
/// A share below 10^-40 of at most 2^53 is a sliver whatever its digits.
constexpr std::int64_t leading_zeros_max = 40;
constexpr std::int64_t exponent_max = 1'000'000'000;

/// Cuts `text` into sign, digits, fraction and exponent from front to back.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool take(std::string_view any_of) {
    if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_sign() {
    const bool minus = rest_.starts_with('-');
    take("+-");
    return minus;
  }
  std::string_view take_digits() {
    const std::size_t length = std::min(rest_.find_first_not_of(decimal_digits), rest_.size());
    const std::string_view digits = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return digits;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::string_view without_margins(std::string_view text) {
  const std::size_t first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::int64_t bounded_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char digit : digits) value = std::min(exponent_max, value * 10 + (digit - '0'));
  return value;
}

/// A share of one: DIGITS × 10^(point - digits), point counted from the front of DIGITS.
struct Share {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;
};

std::optional<Share> share_of_percentage(std::string_view text) {
  Scanner scanner(without_margins(text));
  Share share;
  share.negative = scanner.take_sign();
  share.digits = scanner.take_digits();
  constexpr std::int64_t percent = 2;  // two places: a hundredth
  share.point = static_cast<std::int64_t>(share.digits.size()) - percent;
  if (scanner.take(".")) share.digits += scanner.take_digits();
  if (share.digits.empty()) return std::nullopt;
  if (scanner.take("eE")) {
    const bool minus = scanner.take_sign();
    const std::string_view exponent = scanner.take_digits();
    if (exponent.empty()) return std::nullopt;
    share.point += minus ? -bounded_number(exponent) : bounded_number(exponent);
  }
  if (!scanner.at_end()) return std::nullopt;
  return share;
}

}  // namespace

Buffer Buffer::of_column(std::string_view text) {
  Share share = share_of_percentage(text).value_or(Share{false, "10", 0});
  const std::size_t zeros = share.digits.find_first_not_of('0');
  Buffer buffer;
  if (share.negative || zeros == std::string::npos) return buffer;
  share.digits.erase(0, zeros);
  share.point -= static_cast<std::int64_t>(zeros);
  if (share.point > 0) {
    buffer.whole_ = true;
    return buffer;
  }
  const std::int64_t leading_zeros = std::min(-share.point, leading_zeros_max);
  buffer.digits_ = std::string(static_cast<std::size_t>(leading_zeros), '0') + share.digits;
  return buffer;
}

std::int64_t Buffer::reserve(std::int64_t max) const {
  if (whole_) return max;
  // Multiplication on paper, from the last digit to the point: what is carried over the point is
  // the whole part, and any digit left behind it rounds up.
  std::int64_t carried = 0;
  bool left_behind = false;
  for (std::size_t i = digits_.size(); i-- > 0;) {
    const std::int64_t product = max * (digits_[i] - '0') + carried;
    left_behind = left_behind || product % 10 != 0;
    carried = product / 10;
  }
  return carried + (left_behind ? 1 : 0);
}

}  // namespace vfstock::sim::invariants
