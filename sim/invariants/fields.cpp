#include "sim/invariants/fields.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace vfstock::sim::invariants {
namespace {

constexpr std::int64_t magnitude_max = std::int64_t{1} << 53;

std::string place_of(const std::string& where, const char* key) { return where + "/" + key; }

[[noreturn]] void refuse(const std::string& place, const char* complaint) {
  throw Malformed(place + " " + complaint);
}

std::int64_t within_bounds(std::int64_t value, const std::string& place) {
  if (value < -magnitude_max || value > magnitude_max) refuse(place, "is beyond 2^53");
  return value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

const Fields::Json& Fields::member(const Json& object, const char* key, const std::string& where) {
  if (!object.is_object()) throw Malformed(where + " is not an object");
  const auto at = object.find(key);
  if (at == object.end()) refuse(place_of(where, key), "is missing");
  return *at;
}

const Fields::Json* Fields::find(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

std::int64_t Fields::whole_of_text(const std::string& text, const std::string& place) {
  std::string_view digits = text;
  const bool minus = digits.starts_with('-');
  // The rules say "digit strings": whether a sign is still one is left open.
  if (minus || digits.starts_with('+')) {
    mark_doubtful();
    digits.remove_prefix(1);
  }
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) {
    refuse(place, "is no whole number");
  }
  std::int64_t value = 0;
  for (const char digit : digits) value = within_bounds(value * 10 + (digit - '0'), place);
  return minus ? -value : value;
}

std::int64_t Fields::whole(const Json& object, const char* key, const std::string& where) {
  const Json& value = member(object, key, where);
  const std::string place = place_of(where, key);
  if (value.is_string()) return whole_of_text(value.get_ref<const std::string&>(), place);
  if (value.is_number_unsigned()) {
    if (value.get<std::uint64_t>() > static_cast<std::uint64_t>(magnitude_max)) {
      refuse(place, "is beyond 2^53");
    }
    return value.get<std::int64_t>();
  }
  if (value.is_number_integer()) return within_bounds(value.get<std::int64_t>(), place);
  if (!value.is_number_float()) refuse(place, "is no whole number");
  const double number = value.get<double>();
  if (!(std::fabs(number) <= static_cast<double>(magnitude_max))) refuse(place, "is beyond 2^53");
  if (std::trunc(number) != number) refuse(place, "is no whole number");
  return static_cast<std::int64_t>(number);
}

std::int64_t Fields::not_negative(const Json& object, const char* key, const std::string& where) {
  const std::int64_t value = whole(object, key, where);
  if (value < 0) refuse(place_of(where, key), "is negative");
  return value;
}

bool Fields::flag(const Json& object, const char* key, const std::string& where) {
  const Json& value = member(object, key, where);
  if (value.is_boolean()) return value.get<bool>();
  // 0.0 and "1" are numbers that the panel writes elsewhere; as flags nobody has seen them.
  if (!value.is_number_integer()) mark_doubtful();
  const std::int64_t number = whole(object, key, where);
  if (number != 0 && number != 1) refuse(place_of(where, key), "is no flag");
  return number == 1;
}

}  // namespace vfstock::sim::invariants
