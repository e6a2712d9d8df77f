#include "sim/invariants/brake.h"

#include "sim/invariants/shop_columns.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::size_t products_min = 10;
constexpr std::chrono::minutes second_look_after{10};

bool was_held(const Course& course) {
  return !course.entries.empty() && course.entries.back().outcome == "held";
}

}  // namespace

bool Brake::is_second_look(const RefreshBegins& begins) const {
  return begins.is_sweep() && held_since_ && begins.at - *held_since_ >= second_look_after;
}

Brake::Fall Brake::fall(const Refresh& refresh) const {
  Fall fall;
  for (const auto& [id, course] : refresh.courses) {
    if (!is_managed(course.row) || course.row.qty <= 0) continue;
    ++fall.stocked;
    if (!course.in_scope || !course.expected) continue;
    const Expected& expected = *course.expected;
    if (expected.qty != 0 || !expected.record_gone) continue;
    fall.perhaps.insert(id);
    if (!expected.keep) fall.surely.insert(id);
  }
  return fall;
}

bool Brake::is_too_much(std::size_t falling, std::size_t stocked) const {
  const std::size_t all = stocked + emptied_.size();
  const auto share = static_cast<std::size_t>(expectations_.brake_percent);
  return expectations_.brake_percent > 0 && all >= products_min &&
         (falling + emptied_.size()) * 100 > share * all;
}

void Brake::judge(Refresh& refresh, const RefreshEnds& ends, Findings& findings) {
  for (const auto& [id, course] : refresh.courses) {
    if (course.row.qty > 0) emptied_.erase(id);
  }
  const Fall falling = fall(refresh);
  const bool released = refresh.forced || (refresh.is_sweep && held_since_ &&
                                           refresh.began - *held_since_ >= second_look_after);
  const bool goes_on = held_since_ && !refresh.is_sweep;
  const bool must = goes_on || (!released && is_too_much(falling.surely.size(), falling.stocked));
  const bool may = goes_on || (!released && is_too_much(falling.perhaps.size(), falling.stocked));
  bool holds = false;
  for (auto& [id, course] : refresh.courses) {
    const std::string product = "product " + std::to_string(id);
    if (was_held(course)) {
      holds = true;
      course.braked = may && falling.perhaps.contains(id);
      if (course.braked) continue;
      findings.violations.push_back({ends.at, "zero-on-missing", Verdict::violated,
                                     product + ": its 0 was withheld although no brake holds"});
    } else if (must && falling.surely.contains(id) && !course.writes.empty() &&
               course.writes.back().new_qty == 0) {
      findings.violations.push_back({ends.at, "zero-on-missing", Verdict::violated,
                                     product + " was emptied although the brake must hold: " +
                                         std::to_string(falling.surely.size()) + " of " +
                                         std::to_string(falling.stocked) + " would fall at once"});
    }
  }
  if (holds && !held_since_) held_since_ = ends.at;
  if (!holds && refresh.is_sweep) held_since_.reset();
  remember(refresh, holds);
}

void Brake::remember(const Refresh& refresh, bool holds) {
  if (refresh.is_sweep) {
    if (!holds) emptied_.clear();
    return;
  }
  for (const auto& [id, course] : refresh.courses) {
    const bool emptied = course.in_scope && course.expected && course.expected->record_gone &&
                         !course.writes.empty() && course.writes.back().new_qty == 0;
    if (emptied) emptied_.insert(id);
  }
}

void Brake::restarted(bool state_lost) {
  if (!state_lost) return;
  held_since_.reset();
  emptied_.clear();
}

}  // namespace vfstock::sim::invariants
