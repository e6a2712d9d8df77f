#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

std::string seconds_text(std::int64_t milliseconds) {
  std::string text = std::to_string(milliseconds / 1000);
  const std::int64_t rest = milliseconds % 1000;
  if (rest == 0) return text + "s";
  std::string fraction = std::to_string(1000 + rest).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return text + "." + fraction + "s";
}

}  // namespace

std::string clock_text(Time time) {
  constexpr std::int64_t minute = 60'000;
  constexpr std::int64_t hour = 60 * minute;
  if (time.count() < 0) return "-" + clock_text(-time);
  std::string text;
  if (time.count() >= hour) text += std::to_string(time.count() / hour) + "h";
  if (time.count() >= minute) text += std::to_string(time.count() % hour / minute) + "m";
  return text + seconds_text(time.count() % minute);
}

std::string write_text(const Wrote& wrote) {
  return "product " + std::to_string(wrote.product) + ": qty " + std::to_string(wrote.old_qty) +
         " -> " + std::to_string(wrote.new_qty);
}

std::string package_name(std::int64_t id) { return "package " + std::to_string(id); }

std::string group_name(std::int64_t id) { return "group " + std::to_string(id); }

}  // namespace vfstock::sim::invariants
