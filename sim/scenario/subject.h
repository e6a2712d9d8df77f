// Whoever keeps the shop's stock while a timeline plays: the production engine, or somebody else's
// client that is being judged. The player tells it of the shop's hooks and lets its schedule run.
#pragma once

#include <optional>

#include "engine/base/clock.h"
#include "engine/schedule/keeper.h"

namespace vfstock::sim::scenario {

class Subject {
 public:
  Subject() = default;
  virtual ~Subject() = default;
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  /// When it next wants to run by itself, if ever.
  virtual std::optional<Instant> next_due() const = 0;
  virtual void run_due() = 0;

  virtual void cron() = 0;
  /// `force` releases the brake.
  virtual void recalculate(bool force) = 0;
  virtual void view_cart(catalogue::ProductId product) = 0;
  virtual void module_event(const schedule::ModuleEvent& event) = 0;
};

}  // namespace vfstock::sim::scenario
