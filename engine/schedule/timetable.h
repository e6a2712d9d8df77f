// What a keeper knows of time: which windows run, what is to be tried again and when, which zeros
// the brake withholds, and what is due later. It survives a restart as Remembered.
#pragma once

#include <optional>
#include <vector>

#include "engine/plan/brake.h"
#include "engine/plan/policy.h"
#include "engine/schedule/now.h"
#include "engine/schedule/rate_limiter.h"
#include "engine/schedule/retries.h"
#include "engine/schedule/state.h"

namespace vfstock::schedule {

/// Capacity that comes back when a deletion's grace has passed.
struct Deletion {
  Instant due{};
  std::optional<std::vector<panel::GroupId>> groups;  // nullopt: not known which, so all
  friend bool operator==(const Deletion&, const Deletion&) = default;
};

struct Timetable {
  explicit Timetable(const plan::Policy& policy) : limits(policy), retries(policy), brake(policy) {}

  /// Of an engine that knows nothing of what was done before.
  void begin(Instant now, const plan::Policy& policy);
  void take_up(const Remembered& known, const Now& now, const plan::Policy& policy);
  /// Adds what is known here to what the next keeper must know.
  void add_to(Remembered& memory, const Now& now) const;
  /// When something is due; nullopt: nothing is.
  std::optional<Instant> next_due() const;

  RateLimiter limits;
  Retries retries;
  plan::Brake brake;
  bool event_waits = false;
  bool sweeping = false;  // what dies in it must be made up for
  std::vector<Deletion> deletions;
  std::optional<Instant> first_sweep;
};

}  // namespace vfstock::schedule
