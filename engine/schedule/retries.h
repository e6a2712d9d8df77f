// Another try for what was kept for a transient reason: after policy.retry_first, then twice as
// long each time, up to policy.retry_longest. A panel that says itself when to come back is not
// asked sooner, and that wait does not grow. Who only waits for a probe is tried as soon as one is
// allowed. Pure bookkeeping over moments that are passed in.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "engine/apply/apply.h"
#include "engine/base/clock.h"
#include "engine/catalogue/product.h"
#include "engine/plan/decision.h"
#include "engine/plan/policy.h"
#include "engine/plan/scope.h"

namespace vfstock::schedule {

struct Retry {
  Instant due{};
  std::chrono::seconds delay{0};  // the wait that leads to `due`
};

class Retries {
 public:
  explicit Retries(const plan::Policy& policy)
      : first_(policy.retry_first), longest_(policy.retry_longest) {}

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

  std::chrono::seconds first_delay() const noexcept { return first_; }
  std::chrono::seconds longest_delay() const noexcept { return longest_; }

 private:
  Retry sane(Retry retry) const;
  Retry next_try(const std::optional<Retry>& known, Instant now) const;
  Retry next_try(const std::optional<Retry>& known, const plan::Keep& keep, Instant now,
                 Instant probe_from) const;
  void failed(catalogue::ProductId product, const plan::Keep& keep, Instant now,
              Instant probe_from);

  std::chrono::seconds first_, longest_;
  std::map<catalogue::ProductId, Retry> products_;
  std::optional<Retry> sweep_;
};

}  // namespace vfstock::schedule
