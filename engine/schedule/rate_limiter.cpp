#include "engine/schedule/rate_limiter.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace vfstock::schedule {

namespace {

constexpr std::string_view prefix = "stockrefresh:";
constexpr std::string_view event_name = "event";
constexpr std::string_view cron_name = "cron";

}  // namespace

std::string LimitKey::text() const {
  switch (kind_) {
    case Kind::event:
      return fmt::format("{}{}", prefix, event_name);
    case Kind::cron:
      return fmt::format("{}{}", prefix, cron_name);
    case Kind::cart:
      break;
  }
  return fmt::format("{}{}", prefix, viewed_.value);
}

std::optional<LimitKey> LimitKey::parse(std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = text.substr(prefix.size());
  if (rest == event_name) return event_key;
  if (rest == cron_name) return cron_key;
  catalogue::ProductId product;
  std::from_chars(rest.data(), rest.data() + rest.size(), product.value);
  const LimitKey key = cart_key(product);
  return key.text() == text ? std::optional(key) : std::nullopt;
}

bool RateLimiter::claim(const LimitKey& key, Instant now) {
  if (const auto known = began_.find(key); known != began_.end()) {
    if (now < end(key, known->second)) return false;
    known->second = now;
  } else {
    if (now < end(key, all_began_)) return false;
    began_.emplace(key, now);
  }
  // Anybody can view carts, so keys whose windows are over must not pile up.
  std::erase_if(began_, [&](const auto& entry) {
    return entry.second != now && end(entry.first, entry.second) <= now;
  });
  return true;
}

Instant RateLimiter::end(const LimitKey& key) const {
  const auto known = began_.find(key);
  return end(key, known == began_.end() ? all_began_ : known->second);
}

Instant RateLimiter::end(const LimitKey& key, Instant began) const {
  return std::max(began, all_began_) + window(key);
}

void RateLimiter::restore(std::string_view text, Instant began) {
  if (text == all_key) {
    all_began_ = began;
  } else if (const auto key = LimitKey::parse(text)) {
    began_.insert_or_assign(*key, began);
  }
}

std::map<std::string, Instant> RateLimiter::running(Instant now) const {
  std::map<std::string, Instant> running;
  for (const auto& [key, began] : began_) {
    if (now < end(key, began)) running.emplace(key.text(), began);
  }
  const auto longest = std::max({policy_.event_window, policy_.cron_window, policy_.cart_window});
  if (now < all_began_ + longest) running.emplace(all_key, all_began_);
  return running;
}

std::chrono::seconds RateLimiter::window(const LimitKey& key) const {
  if (key == event_key) return policy_.event_window;
  if (key == cron_key) return policy_.cron_window;
  return policy_.cart_window;
}

}  // namespace vfstock::schedule
