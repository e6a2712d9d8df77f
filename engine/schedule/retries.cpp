#include "engine/schedule/retries.h"

#include <algorithm>

namespace vfstock::schedule {
namespace {

using std::chrono::seconds;

bool contains(const std::vector<apply::KeptForNow>& kept, catalogue::ProductId product) {
  const auto at = std::lower_bound(kept.begin(), kept.end(), product,
                                   [](const apply::KeptForNow& one, catalogue::ProductId wanted) {
                                     return one.product < wanted;
                                   });
  return at != kept.end() && at->product == product;
}

}  // namespace

// What failed before its try was due waits for that try; what failed in its try waits longer.
Retry Retries::next_try(const std::optional<Retry>& known, Instant now) const {
  if (!known) return {now + first_, first_};
  if (known->due > now) return *known;
  const seconds delay = std::min(2 * known->delay, longest_);
  return {now + delay, delay};
}

// The same where a wait is named, which does not grow.
Retry Retries::next_try(const std::optional<Retry>& known, const plan::Keep& keep, Instant now,
                        Instant probe_from) const {
  if (!keep.again_in) return next_try(known, now);
  const seconds delay = known ? known->delay : first_;
  // All who wait for one probe are tried together, or each would use up the others'.
  if (keep.awaits_probe && probe_from > now) return {probe_from, delay};
  if (known && known->due > now) return *known;
  return {now + std::max(first_, *keep.again_in), delay};
}

void Retries::take(const std::vector<apply::KeptForNow>& kept, const plan::Scope& scope,
                   Instant now, Instant probe_from) {
  if (scope.is_all()) sweep_.reset();
  // What ended well, is gone or is no longer managed needs no further try.
  std::erase_if(products_, [&](const auto& entry) {
    return scope.contains(entry.first) && !contains(kept, entry.first);
  });
  for (const apply::KeptForNow& one : kept) failed(one.product, one.keep, now, probe_from);
}

void Retries::take_failure(const plan::Scope& scope, Instant now) {
  // After a sweep that failed they stay: the next one may fail as well.
  if (const auto* const ids = scope.ids()) {
    for (const catalogue::ProductId product : *ids) products_.erase(product);
  }
  shop_failed(now);
}

void Retries::shop_failed(Instant now) { sweep_ = next_try(sweep_, now); }

void Retries::failed(catalogue::ProductId product, const plan::Keep& keep, Instant now,
                     Instant probe_from) {
  const auto known = products_.find(product);
  products_[product] =
      next_try(known == products_.end() ? std::nullopt : std::optional(known->second), keep, now,
               probe_from);
}

Retry Retries::sane(Retry retry) const {
  return {retry.due, std::clamp(retry.delay, first_, longest_)};
}

std::vector<catalogue::ProductId> Retries::due(Instant now) const {
  std::vector<catalogue::ProductId> due;
  for (const auto& [product, retry] : products_) {
    if (retry.due <= now) due.push_back(product);
  }
  return due;
}

std::optional<Instant> Retries::next() const {
  std::optional<Instant> next;
  if (sweep_) next = sweep_->due;
  for (const auto& [product, retry] : products_) {
    if (!next || retry.due < *next) next = retry.due;
  }
  return next;
}

}  // namespace vfstock::schedule
