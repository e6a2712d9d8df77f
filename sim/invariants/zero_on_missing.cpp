// zero-on-missing: a package that is confirmed gone, or disabled, leaves nothing to sell.
#include "sim/invariants/invariant.h"
#include "sim/invariants/settled_qty.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

class ZeroOnMissing final : public Invariant {
 public:
  ZeroOnMissing() : Invariant("zero-on-missing") {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (expected == nullptr || expected->basis != Basis::nothing_sold) return;
    if (expected->takes(wrote.new_qty) || is_a_debt(wrote.new_qty)) return;
    violated(findings, wrote.at, write_text(wrote) + " although " + expected->because);
  }

  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      if (!course.expected) continue;
      if (left_for_want_of_a_probe(course)) {
        violated(findings, ends.at,
                 "product " + std::to_string(id) + ": qty stayed " +
                     std::to_string(course.at_end->qty) + " although " + course.expected->because +
                     ", and nothing hindered one");
      }
      if (course.expected->basis != Basis::nothing_sold) continue;
      if (const auto wrong = left_wrong(course)) violated(findings, ends.at, *wrong);
    }
  }

 private:
  static bool left_for_want_of_a_probe(const Course& course) {
    if (!course.in_scope || !course.expected->unprobed || !course.writes.empty()) return false;
    const bool may_stay = course.moved || course.braked || course.unwritable;
    return !may_stay && course.at_end && course.at_end->qty > 0;
  }
};

}  // namespace

std::unique_ptr<Invariant> zero_on_missing() { return std::make_unique<ZeroOnMissing>(); }

}  // namespace vfstock::sim::invariants
