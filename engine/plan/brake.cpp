#include "engine/plan/brake.h"

#include <algorithm>

namespace vfstock::plan {

using catalogue::ProductId;

std::set<ProductId> Brake::withhold(const Intent& intent, Instant now) {
  released_.clear();
  if (percent_ <= 0) return {};
  // A product that somebody filled again is no longer one that we emptied.
  std::erase_if(emptied_, [&](ProductId id) { return intent.refilled.contains(id); });
  if (!intent.is_sweep) return withhold_of_some(intent, now);
  not_before_.reset();
  const Held known = std::exchange(held_, {});
  const bool is_mass = is_too_much(intent);
  if (!intent.released && !is_mass) return {};
  std::set<ProductId> withheld;
  for (const ProductId id : intent.would_fall) {
    const auto first = known.find(id);
    const Instant since = first == known.end() ? now : first->second;
    const bool seen_twice =
        first != known.end() && second_look_releases_ && intent.began - since >= second_look_after_;
    if (intent.released || seen_twice) {
      if (first != known.end() || is_mass) released_.insert(id);
      continue;
    }
    held_.emplace(id, since);
    withheld.insert(id);
  }
  return withheld;
}

std::set<ProductId> Brake::withhold_of_some(const Intent& intent, Instant now) {
  if (intent.released) {
    const bool is_mass = is_too_much(intent);
    for (const ProductId id : intent.would_fall) {
      if (held_.erase(id) > 0 || is_mass) released_.insert(id);
    }
    return {};
  }
  if (held_.empty()) {
    if (!is_too_much(intent)) return {};
    for (const ProductId id : intent.would_fall) held_.emplace(id, now);
  }
  return intent.would_fall;
}

bool Brake::is_too_much(const Intent& intent) const {
  const std::size_t stocked = intent.stocked + emptied_.size();
  const std::size_t falling = intent.would_fall.size() + emptied_.size();
  return falling >= 2 && falling * 100 > static_cast<std::size_t>(percent_) * stocked;
}

void Brake::take(const std::vector<ProductId>& emptied, bool is_sweep) {
  if (is_sweep) {
    // While the brake holds, what was emptied before stays part of the share.
    if (held_.empty()) emptied_.clear();
    return;
  }
  emptied_.insert(emptied.begin(), emptied.end());
}

void Brake::missed(Instant now) {
  if (!held_.empty()) not_before_ = now + look_again_after;
}

std::optional<Instant> Brake::next_look() const {
  if (!second_look_releases_) return std::nullopt;
  std::optional<Instant> first;
  for (const auto& [id, since] : held_) {
    const Instant look = since + second_look_after_;
    if (!first || look < *first) first = look;
  }
  return first && not_before_ ? std::max(*first, *not_before_) : first;
}

bool Brake::is_second_look(Instant now) const {
  return second_look_releases_ && std::any_of(held_.begin(), held_.end(), [&](const auto& entry) {
           return now - entry.second >= second_look_after_;
         });
}

void Brake::restore(Held held, std::set<ProductId> emptied) {
  if (percent_ <= 0) return;
  held_ = std::move(held);
  emptied_ = std::move(emptied);
}

}  // namespace vfstock::plan
