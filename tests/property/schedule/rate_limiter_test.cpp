// Windows against a plain model, through any sequence of claims, pauses and restarts.
#include "engine/schedule/rate_limiter.h"

#include <map>
#include <optional>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vfstock::schedule {
namespace {

using plan::Policy;

std::chrono::seconds window_of(const LimitKey& key, const Policy& policy) {
  if (key == event_key) return policy.event_window;
  return key == cron_key ? policy.cron_window : policy.cart_window;
}

TEST(LimitKey, IsReadFromItsOwnTextAndNoOther) {
  for (const LimitKey& key :
       {event_key, cron_key, cart_key(catalogue::ProductId{0}), cart_key(catalogue::ProductId{7}),
        cart_key(catalogue::ProductId{INT64_MAX})}) {
    EXPECT_EQ(LimitKey::parse(key.text()), key) << key.text();
  }
  for (const char* const text :
       {"", "event", "stockrefresh:", "stockrefresh:all", "stockrefresh:x", "stockrefresh:1x",
        "stockrefresh:007", "stockrefresh:+7", "stockrefresh: 7",
        "stockrefresh:9223372036854775808", "Stockrefresh:7", "other:7"}) {
    EXPECT_EQ(LimitKey::parse(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(RateLimiter, GrantOneClaimForEachWindowAcrossRestarts, ()) {
  const Policy policy;
  const std::vector<LimitKey> keys{event_key, cron_key, cart_key(catalogue::ProductId{1}),
                                   cart_key(catalogue::ProductId{2})};
  std::optional<RateLimiter> limits(std::in_place, policy);
  std::map<LimitKey, Instant> granted;  // the model: when each key was last granted
  Instant now{0};
  std::optional<Instant> began_bare;
  const auto steps = *rc::gen::inRange(1, 60);
  for (int n = 0; n < steps; ++n) {
    now += *rc::gen::element(Instant{0}, Instant{1}, Instant{29'999}, Instant{30'000},
                             Instant{60'000}, Instant{7'200'000});
    const int what = *rc::gen::inRange(0, 10);
    if (what == 0) {  // a restart that keeps what ran
      const auto running = limits->running(now);
      limits.emplace(policy);
      for (const auto& [key, began] : running) limits->restore(key, began);
    } else if (what == 1) {  // a start that knows nothing
      limits.emplace(policy);
      limits->begin_all(now);
      granted.clear();
      began_bare = now;
    } else {
      const LimitKey key = *rc::gen::elementOf(keys);
      const auto window = window_of(key, policy);
      const bool free = (!granted.contains(key) || now - granted.at(key) >= window) &&
                        (!began_bare || now - *began_bare >= window);
      RC_ASSERT(limits->claim(key, now) == free);
      if (free) granted.insert_or_assign(key, now);
    }
  }
}

}  // namespace
}  // namespace vfstock::schedule
