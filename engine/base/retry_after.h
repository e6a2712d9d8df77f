// The Retry-After header (RFC 9110, section 10.2.3), read in this one place: a number of seconds or
// a date. Pure functions.
//
//   if (const auto asked = RetryAfter::parse(header)) wait = asked->wait(clock.wall(), longest);
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "engine/base/clock.h"

namespace vfstock {

class RetryAfter {
 public:
  /// nullopt for what is neither digits nor a date in HTTP's preferred form, white space around it
  /// aside. Seconds beyond the range of the type saturate.
  static std::optional<RetryAfter> parse(std::string_view header) noexcept;

  /// How long to wait from `now` on, from 0 to `longest`, rounded up to whole seconds.
  std::chrono::seconds wait(WallTime now, std::chrono::seconds longest) const noexcept;

  /// False for 0 seconds alone: without a calendar, every date is taken to lie in the future.
  bool asks_to_wait() const noexcept;

 private:
  explicit RetryAfter(std::variant<std::chrono::seconds, WallTime> until) : until_(until) {}

  std::variant<std::chrono::seconds, WallTime> until_;
};

}  // namespace vfstock
