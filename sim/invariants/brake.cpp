#include "sim/invariants/brake.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sim/invariants/shop_columns.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::size_t falling_min = 2;
constexpr std::chrono::minutes second_look_after{10};

/// The invariant that a fall is an exception to.
const char* rule_of(const Course& course) {
  const bool sold_no_more = course.expected && course.expected->basis == Basis::nothing_sold;
  return sold_no_more ? "zero-on-missing" : "truth-on-found";
}

bool was_held(const Course& course) {
  return !course.entries.empty() && course.entries.back().outcome == "held";
}

}  // namespace

bool Brake::is_second_look(const RefreshBegins& begins) const {
  return begins.is_sweep() && second_look_releases() &&
         std::any_of(held_.begin(), held_.end(), [&](const auto& entry) {
           return begins.at - entry.second >= second_look_after;
         });
}

bool Brake::second_look_releases() const { return expectations_.brake_release != "forced"; }

// A product that had some stock, and keeps nothing or less than a quarter of it. Any stock counts
// where a record is lost.
bool Brake::is_fall(const Course& course, std::int64_t to) const {
  const std::int64_t from = course.row.qty;
  const std::int64_t counts_from = course.expected->record_gone ? 1 : expectations_.brake_from;
  return from > 0 && from >= counts_from && (to == 0 || to * 4 < from);
}

Brake::Fall Brake::fall(const Refresh& refresh) const {
  Fall fall;
  for (const auto& [id, course] : refresh.courses) {
    if (!is_managed(course.row) || course.row.qty <= 0) continue;
    ++fall.stocked;
    if (!course.in_scope || !course.expected || !course.expected->qty) continue;
    const Expected& expected = *course.expected;
    std::vector<std::int64_t> right = expected.or_else;
    right.push_back(*expected.qty);
    const auto falls = [&](std::int64_t to) { return is_fall(course, to); };
    if (std::any_of(right.begin(), right.end(), falls)) fall.perhaps.insert(id);
    // A row that others changed meanwhile was decided on figures that the course does not show.
    const bool certain = !expected.keep && !course.moved;
    if (certain && std::all_of(right.begin(), right.end(), falls)) fall.surely.insert(id);
  }
  return fall;
}

bool Brake::is_too_much(std::size_t falling, std::size_t stocked) const {
  const std::size_t all = stocked + emptied_.size();
  const std::size_t fallen = falling + emptied_.size();
  const auto share = static_cast<std::size_t>(expectations_.brake_percent);
  return expectations_.brake_percent > 0 && fallen >= falling_min && fallen * 100 > share * all;
}

// Whether the fall of product `id` is withheld, when `falling` products would fall.
bool Brake::withholds(const Refresh& refresh, const Fall& fall, std::size_t falling,
                      std::int64_t id) const {
  if (refresh.forced) return false;
  if (!refresh.is_sweep && !held_.empty()) return true;
  const auto held = held_.find(id);
  const bool confirmed = refresh.is_sweep && second_look_releases() && held != held_.end() &&
                         refresh.began - held->second >= second_look_after;
  return !confirmed && is_too_much(falling, fall.stocked);
}

void Brake::judge(Refresh& refresh, const RefreshEnds& ends, Findings& findings) {
  if (!refresh.shop.reads) return;
  for (const auto& [id, course] : refresh.courses) {
    if (course.row.qty > 0) emptied_.erase(id);
  }
  const Fall falling = fall(refresh);
  std::set<std::int64_t> withheld;
  for (auto& [id, course] : refresh.courses) {
    const std::string product = "product " + std::to_string(id);
    if (was_held(course)) {
      withheld.insert(id);
      course.braked =
          falling.perhaps.contains(id) &&
          (open_.contains(id) || withholds(refresh, falling, falling.perhaps.size(), id));
      if (course.braked) continue;
      findings.violations.push_back({ends.at, rule_of(course), Verdict::violated,
                                     product + ": its fall was withheld although no brake holds"});
    } else if (falling.surely.contains(id) && !course.writes.empty() &&
               is_fall(course, course.writes.back().new_qty) && !open_.contains(id) &&
               withholds(refresh, falling, falling.surely.size(), id)) {
      findings.violations.push_back({ends.at, rule_of(course), Verdict::violated,
                                     product + " was emptied although the brake must hold: " +
                                         std::to_string(falling.surely.size()) + " of " +
                                         std::to_string(falling.stocked) + " would fall at once"});
    }
  }
  hold(refresh, ends.at, withheld);
  remember(refresh, !held_.empty());
}

void Brake::hold(const Refresh& refresh, Time now, const std::set<std::int64_t>& withheld) {
  if (!refresh.is_sweep) {
    if (refresh.forced) {
      for (const auto& [id, course] : refresh.courses) {
        if (course.in_scope) held_.erase(id);
      }
    }
    if (!held_.empty()) return;
    for (const std::int64_t id : withheld) held_.emplace(id, now);
    return;
  }
  std::erase_if(open_, [&](std::int64_t id) { return !withheld.contains(id); });
  const auto known = std::exchange(held_, {});
  for (const std::int64_t id : withheld) {
    const auto before = known.find(id);
    held_.emplace(id, before == known.end() ? now : before->second);
  }
}

void Brake::remember(const Refresh& refresh, bool holds) {
  if (refresh.is_sweep) {
    if (!holds) emptied_.clear();
    return;
  }
  for (const auto& [id, course] : refresh.courses) {
    const bool emptied = course.in_scope && course.expected && !course.writes.empty() &&
                         course.writes.back().new_qty == 0 && is_fall(course, 0);
    if (emptied) emptied_.insert(id);
  }
}

void Brake::restarted(bool state_lost, bool clock_stepped) {
  // What survives is calendar time, and the calendar was set: when the next look is due is open.
  if (clock_stepped) {
    for (const auto& [id, since] : held_) open_.insert(id);
  }
  if (!state_lost) return;
  held_.clear();
  open_.clear();
  emptied_.clear();
}

}  // namespace vfstock::sim::invariants
