#include "engine/base/duration.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace vfstock {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

/// From the longest to the shortest, the order in which duration_text tries them.
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

}  // namespace

std::optional<std::chrono::milliseconds> duration_from(std::string_view text) {
  // from_chars would take a minus sign.
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t amount = 0;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, amount);
  if (number.ec != std::errc{}) return std::nullopt;
  const std::string_view name(number.ptr, static_cast<std::size_t>(end - number.ptr));
  for (const Unit& unit : units) {
    if (name != unit.name) continue;
    if (amount > duration_max.count() / unit.milliseconds) return std::nullopt;
    return std::chrono::milliseconds{amount * unit.milliseconds};
  }
  return std::nullopt;
}

std::string duration_text(std::chrono::milliseconds duration) {
  if (duration.count() == 0) return "0s";
  for (const Unit& unit : units) {
    if (duration.count() % unit.milliseconds != 0) continue;
    return std::to_string(duration.count() / unit.milliseconds).append(unit.name);
  }
  return std::to_string(duration.count()).append("ms");  // unreachable: 1 divides everything
}

}  // namespace vfstock
