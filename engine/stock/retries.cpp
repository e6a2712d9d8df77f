#include "engine/stock/retries.h"

#include <algorithm>

namespace vfstock::stock {
namespace {

using std::chrono::seconds;

// What failed before its try was due waits for that try; what failed in its try waits longer.
Retry next_try(const std::optional<Retry>& known, std::optional<seconds> again_in,
               panel::Instant now) {
  if (known && known->due > now) return *known;
  seconds delay = Retries::first_delay;
  if (again_in) {
    delay = known ? known->delay : delay;
    return {now + std::max(Retries::first_delay, *again_in), delay};
  }
  if (known) delay = std::min(2 * known->delay, Retries::longest_delay);
  return {now + delay, delay};
}

}  // namespace

void Retries::take(const RefreshReport& report, const std::vector<catalogue::ProductId>& only,
                   panel::Instant now) {
  if (report.store_failure) {
    if (only.empty()) sweep_ = next_try(sweep_, std::nullopt, now);
    for (const catalogue::ProductId product : only) failed(product, std::nullopt, now);
    return;
  }
  if (only.empty()) sweep_.reset();
  // A product that is gone or no longer managed needs no further try.
  std::erase_if(products_, [&](const auto& entry) {
    const bool asked =
        only.empty() || std::find(only.begin(), only.end(), entry.first) != only.end();
    return asked && !report.qty.contains(entry.first);
  });
  for (const JournalEntry& entry : report.entries) {
    const Keep* const keep = entry.decision.if_keep();
    if (keep != nullptr && is_transient(keep->why.cause)) {
      failed(entry.product, keep->again_in, now);
    } else {
      products_.erase(entry.product);
    }
  }
}

void Retries::failed(catalogue::ProductId product, std::optional<seconds> again_in,
                     panel::Instant now) {
  const auto known = products_.find(product);
  products_[product] = next_try(
      known == products_.end() ? std::nullopt : std::optional(known->second), again_in, now);
}

std::vector<catalogue::ProductId> Retries::due(panel::Instant now) const {
  std::vector<catalogue::ProductId> due;
  for (const auto& [product, retry] : products_) {
    if (retry.due <= now) due.push_back(product);
  }
  return due;
}

std::optional<panel::Instant> Retries::next() const {
  std::optional<panel::Instant> next;
  if (sweep_) next = sweep_->due;
  for (const auto& [product, retry] : products_) {
    if (!next || retry.due < *next) next = retry.due;
  }
  return next;
}

}  // namespace vfstock::stock
