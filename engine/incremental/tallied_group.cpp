#include "engine/incremental/tallied_group.h"

#include <iterator>
#include <utility>

namespace vfstock::incremental {

using capacity::Count;
using capacity::exact_sum_below;
using capacity::Footprint;
using capacity::HypervisorColumns;
using capacity::PreparedGroup;

void TalliedGroup::show(const HypervisorColumns& columns, std::uint64_t version) {
  if (version == version_) return;
  const auto changes = group_.prepare(columns, version_);
  follows_ = changes.has_value();
  if (changes) {
    follow(*changes);
  } else {
    tallies_.clear();
    newest_ = nullptr;
  }
  version_ = version;
}

void TalliedGroup::follow(std::span<const PreparedGroup::Change> changes) noexcept {
  const std::size_t before = tallies_.size();
  for (auto entry = tallies_.begin(); entry != tallies_.end();) {
    auto& [footprint, tally] = *entry;
    const bool stays = std::exchange(tally.asked, false) && tally.follow(footprint, changes);
    entry = stays ? std::next(entry) : tallies_.erase(entry);
  }
  if (tallies_.size() == before) return;
  // Somebody's follower may be gone.
  for (auto& [footprint, tally] : tallies_) tally.follower = nullptr;
  newest_ = nullptr;
}

Count TalliedGroup::fits(const Footprint& footprint) {
  if (!follows_) return group_.fits(footprint);
  Tallied* known = find(footprint);
  if (known == nullptr) {
    const Count count = group_.fits(footprint);
    const auto sum = static_cast<double>(count.places());
    if (count.is_unlimited() || sum >= exact_sum_below) return count;
    known = &*tallies_.emplace(footprint, Tally{sum}).first;
  }
  if (newest_ != nullptr) newest_->second.follower = known;
  newest_ = known;
  known->second.asked = true;
  return Count::of(static_cast<std::int64_t>(known->second.sum));
}

TalliedGroup::Tallied* TalliedGroup::find(const Footprint& footprint) noexcept {
  Tallied* const expected = newest_ == nullptr ? nullptr : newest_->second.follower;
  if (expected != nullptr && expected->first == footprint) return expected;
  const auto known = tallies_.find(footprint);
  return known == tallies_.end() ? nullptr : &*known;
}

bool TalliedGroup::Tally::follow(const Footprint& footprint,
                                 std::span<const PreparedGroup::Change> changes) noexcept {
  for (const PreparedGroup::Change& change : changes) {
    // What was there is part of an exact sum, so this rounds only where it leaves the exact ones.
    sum += fit(change.now, footprint) - fit(change.before, footprint);
    if (sum >= exact_sum_below) return false;
  }
  return true;
}

}  // namespace vfstock::incremental
