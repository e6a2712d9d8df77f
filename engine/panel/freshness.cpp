#include "engine/panel/freshness.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "engine/base/text.h"

namespace vfstock::panel {
namespace {

std::optional<std::int64_t> whole_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return seconds;
}

// "110 proxy \"Response is stale\", 199 - \"...\"": the codes lead the items of a list.
bool warns_of_staleness(std::string_view list) {
  while (!list.empty()) {
    const std::string_view item = trimmed(list.substr(0, list.find(',')));
    const std::string_view code = item.substr(0, item.find_first_of(" \t"));
    if (code == "110" || code == "111" || code == "112" || code == "113") return true;
    const std::size_t comma = list.find(',');
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return false;
}

}  // namespace

std::optional<std::string> too_old(const Answer& answer, std::chrono::seconds longest) {
  for (const Header& header : answer.headers) {
    const std::string name = lower(header.name);
    if (name == "warning" && warns_of_staleness(header.value)) {
      return "a cache on the way warns that it is stale";
    }
    if (name != "age") continue;
    const auto age = whole_seconds(trimmed(header.value));
    if (!age) return "its Age cannot be read";
    if (*age > longest.count()) {
      return fmt::format("it is {} s old, more than {} s", *age, longest.count());
    }
  }
  return std::nullopt;
}

}  // namespace vfstock::panel
