#include "sim/document/number.h"

#include <cmath>

namespace vfstock::sim::document {
namespace {

constexpr double int64_end = 9223372036854775808.0;  // 2^63, the first double beyond int64

}  // namespace

bool is_whole(const Json& value) {
  if (!value.is_number_float()) return value.is_number();
  const auto number = value.get<double>();
  return std::trunc(number) == number;
}

std::optional<std::int64_t> whole_number(const Json& value) {
  if (!is_whole(value)) return std::nullopt;
  if (!value.is_number_float()) return value.get<std::int64_t>();
  const auto number = value.get<double>();
  if (number < -int64_end || number >= int64_end) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::partial_ordering compare_numbers(const Json& left, const Json& right) {
  const auto left_whole = whole_number(left);
  const auto right_whole = whole_number(right);
  if (left_whole && right_whole) return *left_whole <=> *right_whole;
  // One of them is a fraction below 2^53 or a double beyond 64 bits. Rounding the other to a double
  // cannot carry it across either.
  return left.get<double>() <=> right.get<double>();
}

}  // namespace vfstock::sim::document
