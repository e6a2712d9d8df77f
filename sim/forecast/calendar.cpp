#include "sim/forecast/calendar.h"

#include <array>
#include <chrono>

namespace vfstock::sim::forecast {

std::optional<double> calendar_seconds(std::string_view text) {
  if (text.ends_with('Z')) text.remove_suffix(1);
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() != 10 && text.size() != 16 && text.size() != 19) return std::nullopt;
  std::array<int, 6> parts{};
  std::size_t part = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i] && !(i == 10 && text[i] == ' ')) {
      return std::nullopt;
    }
    if (digit) parts[part] = parts[part] * 10 + (text[i] - '0');
    if (!digit) ++part;
  }
  const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                         std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (!date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return std::nullopt;
  const auto moment = std::chrono::sys_days{date} + std::chrono::hours{parts[3]} +
                      std::chrono::minutes{parts[4]} + std::chrono::seconds{parts[5]};
  return static_cast<double>(moment.time_since_epoch().count());
}

}  // namespace vfstock::sim::forecast
