// Another try for what was kept for a transient reason: after 60 s, then twice as long each time,
// up to 15 min. A panel that says itself when to come back is not asked sooner, and that wait does
// not grow. Who only waits for a probe is tried as soon as one is allowed. Pure bookkeeping over
// moments that are passed in.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "engine/apply/apply.h"
#include "engine/base/clock.h"
#include "engine/catalogue/product.h"
#include "engine/plan/decision.h"
#include "engine/plan/scope.h"

namespace vfstock::schedule {

struct Retry {
  Instant due{};
  std::chrono::seconds delay{0};  // the wait that leads to `due`
};

class Retries {
 public:
  static constexpr std::chrono::seconds first_delay{60};
  static constexpr std::chrono::seconds longest_delay{15 * 60};

  /// Takes in which products of its scope a refresh kept for a reason that passes, by ascending
  /// product; no other of them is tried again. `probe_from`: when the next 404 can be confirmed.
  void take(const std::vector<apply::KeptForNow>& kept, const plan::Scope& scope, Instant now,
            Instant probe_from);
  /// The same of a refresh that could not even read the shop.
  void take_failure(const plan::Scope& scope, Instant now);

  /// The products whose next try is due.
  std::vector<catalogue::ProductId> due(Instant now) const;
  bool sweep_is_due(Instant now) const { return sweep_ && sweep_->due <= now; }
  std::optional<Instant> next() const;
  const std::map<catalogue::ProductId, Retry>& products() const noexcept { return products_; }
  const std::optional<Retry>& sweep() const noexcept { return sweep_; }
  void restore(catalogue::ProductId product, Retry retry) { products_[product] = sane(retry); }
  void restore_sweep(Retry retry) { sweep_ = sane(retry); }
  /// The shop could not be read: everything is tried again in one sweep.
  void shop_failed(Instant now);

 private:
  static Retry sane(Retry retry);
  void failed(catalogue::ProductId product, const plan::Keep& keep, Instant now,
              Instant probe_from);

  std::map<catalogue::ProductId, Retry> products_;
  std::optional<Retry> sweep_;
};

}  // namespace vfstock::schedule
