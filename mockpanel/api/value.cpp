#include "mockpanel/api/value.h"

#include <charconv>
#include <cmath>

namespace vfstock::mockpanel::api {
namespace {

/// Up to here every integer is a double of its own.
constexpr double exact_max = 9007199254740992.0;

bool is_canonical(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  return digits.size() == 1 || digits.front() != '0';
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks(" \t\n\r\v\0", 6);
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<std::int64_t> integer(std::string_view text) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (!is_canonical(text.substr(negative || text.starts_with('+') ? 1 : 0))) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> integer_from(const Json& value) {
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return std::nullopt;
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) return integer(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? std::optional<std::int64_t>(1) : std::nullopt;
  if (!value.is_number_float()) return std::nullopt;
  const auto number = value.get<double>();
  if (std::trunc(number) != number || std::abs(number) > exact_max) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<bool> boolean_from(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == 1 || value == "1") return true;
  if (value == 0 || value == "0") return false;
  return std::nullopt;
}

std::optional<double> number_from(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const std::string_view text = trimmed(value.get_ref<const std::string&>());
  double number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

}  // namespace vfstock::mockpanel::api
