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
      if (!course.expected || course.expected->basis != Basis::nothing_sold) continue;
      if (const auto wrong = left_wrong(course)) violated(findings, ends.at, *wrong);
    }
  }
};

}  // namespace

std::unique_ptr<Invariant> zero_on_missing() { return std::make_unique<ZeroOnMissing>(); }

}  // namespace vfstock::sim::invariants
