#include "engine/stock/brake.h"

#include <utility>

namespace vfstock::stock {

bool Brake::withholds(const Intent& intent, panel::Instant now) {
  if (percent_ <= 0) return false;
  // A shelf that somebody filled again is no longer one that we emptied.
  std::erase_if(emptied_, [&](catalogue::ProductId id) { return intent.with_stock.contains(id); });
  if (intent.released) {
    held_since_.reset();
    return false;
  }
  if (!intent.is_sweep) {
    if (!held_since_ && is_too_much(intent)) held_since_ = now;
    return held_since_.has_value();
  }
  const bool confirmed = held_since_ && now >= *second_look();
  if (confirmed || !is_too_much(intent)) {
    held_since_.reset();
    return false;
  }
  if (!held_since_) held_since_ = now;
  return true;
}

bool Brake::is_too_much(const Intent& intent) const {
  const std::size_t stocked = intent.with_stock.size() + emptied_.size();
  const std::size_t falling = intent.would_empty.size() + emptied_.size();
  return stocked >= products_min && falling * 100 > static_cast<std::size_t>(percent_) * stocked;
}

void Brake::take(const RefreshReport& report, bool is_sweep) {
  if (is_sweep) {
    // While the brake holds, what was emptied before stays part of the share.
    if (!held_since_) emptied_.clear();
    return;
  }
  for (const JournalEntry& entry : report.entries) {
    const bool emptied = entry.outcome == Outcome::wrote && entry.new_qty == 0 &&
                         entry.old_qty > 0 && is_brakeable(entry.decision.why().cause);
    if (emptied) emptied_.insert(entry.product);
  }
}

std::optional<panel::Instant> Brake::second_look() const {
  if (!held_since_) return std::nullopt;
  return *held_since_ + second_look_after;
}

void Brake::restore(std::optional<panel::Instant> held_since,
                    std::set<catalogue::ProductId> emptied) {
  held_since_ = held_since;
  emptied_ = std::move(emptied);
}

}  // namespace vfstock::stock
