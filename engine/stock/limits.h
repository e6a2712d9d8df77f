// Windows in which a trigger does its work once: the engine's limits, by key.
//
// A window begins when its key is claimed. Keys: "stockrefresh:event", "stockrefresh:cron",
// "stockrefresh:{product}" for cart views, and "stockrefresh:all" for a start that knew nothing of
// what was done before. Pure bookkeeping over moments that are passed in.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "engine/catalogue/product.h"
#include "engine/panel/clock.h"
#include "engine/stock/policy.h"

namespace vfstock::stock {

constexpr std::string_view event_key = "stockrefresh:event";
constexpr std::string_view cron_key = "stockrefresh:cron";
constexpr std::string_view all_key = "stockrefresh:all";
std::string cart_key(catalogue::ProductId product);

class Limits {
 public:
  explicit Limits(const Policy& policy) : policy_(policy) {}

  /// True, and the key's window begins, when none is running at `now`.
  bool claim(std::string_view key, panel::Instant now);
  /// When the key's newest window ends; in the past when none is running.
  panel::Instant end(std::string_view key) const;

  /// Every key's window begins now: nothing is known of what was done before.
  void begin_all(panel::Instant now) { all_began_ = now; }
  void restore(const std::string& key, panel::Instant began);
  /// Key -> when its window began, for the windows that still run at `now`.
  std::map<std::string, panel::Instant> running(panel::Instant now) const;

 private:
  /// Of the key's window that began then.
  panel::Instant end(std::string_view key, panel::Instant began) const;
  std::chrono::seconds window(std::string_view key) const;

  const Policy& policy_;
  std::map<std::string, panel::Instant, std::less<>> began_;
  panel::Instant all_began_ = panel::Instant::min() / 2;  // far from any overflow
};

}  // namespace vfstock::stock
