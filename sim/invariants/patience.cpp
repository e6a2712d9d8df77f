#include "sim/invariants/patience.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "sim/invariants/answer.h"
#include "sim/invariants/same_name.h"
#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::seconds;

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The position in a list of names, from 1; 0 when it is not there.
template <std::size_t count>
unsigned place_of(std::string_view name, const std::array<std::string_view, count>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<unsigned>(found - names.begin()) + 1;
}

/// "Thu, 01 Jan 2026 01:00:00 GMT"
std::optional<std::chrono::sys_seconds> fixed_date(std::string_view text) {
  constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::string_view shape = "   , 00     0000 00:00:00 GMT";
  if (text.size() != shape.size()) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool is_letter = i < 3 || (i >= 8 && i < 11);
    const bool fits = shape[i] == '0' ? all_digits(text.substr(i, 1)) : text[i] == shape[i];
    if (!fits && !is_letter) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t digits) {
    return static_cast<int>(leading_number(text.substr(at, digits)));
  };
  const std::chrono::year_month_day date{std::chrono::year{number(12, 4)},
                                         std::chrono::month{place_of(text.substr(8, 3), months)},
                                         std::chrono::day{static_cast<unsigned>(number(5, 2))}};
  if (place_of(text.substr(0, 3), days) == 0 || !date.ok()) return std::nullopt;
  if (number(17, 2) > 23 || number(20, 2) > 59 || number(23, 2) > 60) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{number(17, 2)} +
         std::chrono::minutes{number(20, 2)} + seconds{number(23, 2)};
}

Time granted(Time asked) { return std::clamp<Time>(asked, Time{0}, patience_max); }

}  // namespace

std::chrono::sys_time<Time> Calendar::date_at(Time now) const {
  using namespace std::chrono;
  return sys_days{year{2026} / January / 1} + now + offset_;
}

Patience patience_asked(const Exchanged& exchange, const Calendar& calendar) {
  Patience longest;
  for (const auto& [name, value] : exchange.headers) {
    if (!same_name(name, "retry-after")) continue;
    Patience one{Time{0}, patience_max};
    if (all_digits(value)) {
      const std::int64_t asked =
          std::min<std::int64_t>(leading_number(value), patience_max.count());
      one = {seconds{asked}, seconds{asked}};
    } else if (const auto date = fixed_date(value)) {
      const Time left = *date - calendar.date_at(exchange.answered);
      one = {granted(left), granted(std::max(left, Time{0}) + seconds{1})};
    }
    longest.at_least = std::max(longest.at_least, one.at_least);
    longest.at_most = std::max(longest.at_most, one.at_most);
  }
  if (exchange.status != 200 || longest.at_most == Time{0}) return longest;
  // A right answer asks for nothing. What only claims to be one may be a proxy's plea or none.
  return {Time{0}, read_answer(exchange, std::chrono::hours{24 * 365}).says == Says::document
                       ? Time{0}
                       : longest.at_most};
}

}  // namespace vfstock::sim::invariants
