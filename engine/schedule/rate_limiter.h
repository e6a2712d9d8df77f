// Windows in which a trigger does its work once: the engine's limits, by key.
//
// A window begins when its key is claimed. Keys: "stockrefresh:event", "stockrefresh:cron",
// "stockrefresh:{product}" for cart views, and "stockrefresh:all" for a start that knew nothing of
// what was done before. Pure bookkeeping over moments that are passed in.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/catalogue/product.h"
#include "engine/plan/policy.h"

namespace vfstock::schedule {

/// Whose window it is: the sweeps of a trigger, or the cart views of one product.
class LimitKey {
 public:
  static constexpr LimitKey event() { return LimitKey(Kind::event, {}); }
  static constexpr LimitKey cron() { return LimitKey(Kind::cron, {}); }
  static constexpr LimitKey cart(catalogue::ProductId viewed) {
    return LimitKey(Kind::cart, viewed);
  }

  /// As it is remembered across restarts: "stockrefresh:event", "stockrefresh:cron",
  /// "stockrefresh:{product}".
  std::string text() const;
  /// nullopt: no key has this text.
  static std::optional<LimitKey> parse(std::string_view text);

  friend constexpr auto operator<=>(const LimitKey&, const LimitKey&) = default;

 private:
  enum class Kind { event, cron, cart };
  constexpr LimitKey(Kind kind, catalogue::ProductId viewed) : kind_(kind), viewed_(viewed) {}

  Kind kind_;
  catalogue::ProductId viewed_;
};

constexpr LimitKey event_key = LimitKey::event();
constexpr LimitKey cron_key = LimitKey::cron();
constexpr LimitKey cart_key(catalogue::ProductId product) { return LimitKey::cart(product); }
/// The text that stands for every key.
constexpr std::string_view all_key = "stockrefresh:all";

class RateLimiter {
 public:
  explicit RateLimiter(const plan::Policy& policy) : policy_(policy) {}

  /// True, and the key's window begins, when none is running at `now`.
  bool claim(const LimitKey& key, Instant now);
  /// When the key's newest window ends; in the past when none is running.
  Instant end(const LimitKey& key) const;

  /// Every key's window begins now: nothing is known of what was done before.
  void begin_all(Instant now) { all_began_ = now; }
  /// What running() told; a text that no key has is passed over.
  void restore(std::string_view text, Instant began);
  /// Text of the key -> when its window began, for the windows that still run at `now`.
  std::map<std::string, Instant> running(Instant now) const;

 private:
  /// Of the key's window that began then.
  Instant end(const LimitKey& key, Instant began) const;
  std::chrono::seconds window(const LimitKey& key) const;

  const plan::Policy& policy_;
  std::map<LimitKey, Instant> began_;
  Instant all_began_ = Instant::min() / 2;  // far from any overflow
};

}  // namespace vfstock::schedule
