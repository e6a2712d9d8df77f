#include "engine/stock/limits.h"

#include <algorithm>

#include <fmt/format.h>

namespace vfstock::stock {

std::string cart_key(catalogue::ProductId product) {
  return fmt::format("stockrefresh:{}", product.value);
}

bool Limits::claim(std::string_view key, panel::Instant now) {
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

panel::Instant Limits::end(std::string_view key) const {
  const auto known = began_.find(key);
  return end(key, known == began_.end() ? all_began_ : known->second);
}

panel::Instant Limits::end(std::string_view key, panel::Instant began) const {
  return std::max(began, all_began_) + window(key);
}

void Limits::restore(const std::string& key, panel::Instant began) {
  if (key == all_key) {
    all_began_ = began;
  } else {
    began_[key] = began;
  }
}

std::map<std::string, panel::Instant> Limits::running(panel::Instant now) const {
  std::map<std::string, panel::Instant> running;
  for (const auto& [key, began] : began_) {
    if (now < end(key, began)) running.emplace(key, began);
  }
  const auto longest = std::max({policy_.event_window, policy_.cron_window, policy_.cart_window});
  if (now < all_began_ + longest) running.emplace(all_key, all_began_);
  return running;
}

std::chrono::seconds Limits::window(std::string_view key) const {
  if (key == event_key) return policy_.event_window;
  if (key == cron_key) return policy_.cron_window;
  return policy_.cart_window;
}

}  // namespace vfstock::stock
