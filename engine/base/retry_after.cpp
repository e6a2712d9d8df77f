#include "engine/base/retry_after.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

#include "engine/base/http_date.h"
#include "engine/base/text.h"

namespace vfstock {

std::optional<RetryAfter> RetryAfter::parse(std::string_view header) noexcept {
  const std::string_view text = trimmed(header);
  if (text.empty()) return std::nullopt;
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t seconds = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec != std::errc()) seconds = std::numeric_limits<std::int64_t>::max();
    return RetryAfter(std::chrono::seconds{seconds});
  }
  const auto date = http_date(text);
  if (!date) return std::nullopt;
  return RetryAfter(*date);
}

std::chrono::seconds RetryAfter::wait(WallTime now, std::chrono::seconds longest) const noexcept {
  if (const auto* const seconds = std::get_if<std::chrono::seconds>(&until_)) {
    return std::min(*seconds, longest);
  }
  const auto left = std::chrono::ceil<std::chrono::seconds>(*std::get_if<WallTime>(&until_) - now);
  return std::clamp(left, std::chrono::seconds{0}, longest);
}

bool RetryAfter::asks_to_wait() const noexcept {
  const auto* const seconds = std::get_if<std::chrono::seconds>(&until_);
  return seconds == nullptr || *seconds > std::chrono::seconds{0};
}

}  // namespace vfstock
