#include "mockpanel/faults/rule_place.h"

#include <fmt/format.h>

#include "mockpanel/faults/rule_json.h"
#include "mockpanel/model/duration.h"

namespace vfstock::mockpanel::faults {
namespace {

std::string below(const std::string& pointer, std::string_view key) {
  std::string path = pointer + "/";
  for (const char c : key) {
    if (c == '~') {
      path += "~0";
    } else if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
  return path;
}

}  // namespace

void Place::refuse(const std::string& expected) const {
  throw RuleError(fmt::format("{}: expected {}", pointer.empty() ? "the rule" : pointer, expected));
}

std::int64_t Place::whole_number(std::int64_t least, std::int64_t most) const {
  const auto wanted = [&] { return fmt::format("a whole number from {} to {}", least, most); };
  if (!value.is_number_integer()) refuse(wanted());
  // An unsigned value beyond the signed range would turn negative.
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(most))
    refuse(wanted());
  const auto number = value.get<std::int64_t>();
  if (number < least || number > most) refuse(wanted());
  return number;
}

std::string Place::text(std::size_t bytes_max) const {
  if (value.is_string()) {
    const auto& content = value.get_ref<const std::string&>();
    if (!content.empty() && content.size() <= bytes_max) return content;
  }
  refuse(fmt::format("a text of 1 to {} bytes", bytes_max));
}

std::chrono::milliseconds Place::duration() const {
  const auto read =
      value.is_string() ? model::duration_from(value.get_ref<const std::string&>()) : std::nullopt;
  if (!read) refuse(R"(a duration such as "500ms", "90s", "5m", "2h" or "3d")");
  return *read;
}

Place Place::member(std::string_view key) const {
  return {value.at(std::string(key)), below(pointer, key)};
}

}  // namespace vfstock::mockpanel::faults
