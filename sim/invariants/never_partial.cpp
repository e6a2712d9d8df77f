// never-partial: no qty comes from part of a group, from part of the groups or from no answer at
// all.
#include "sim/invariants/invariant.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

class NeverPartial final : public Invariant {
 public:
  NeverPartial() : Invariant("never-partial") {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (expected == nullptr || expected->basis != Basis::partial) return;
    violated(findings, wrote.at, write_text(wrote) + " although " + expected->because);
  }

  // A Set that equals the row writes nothing, and rests on its answers all the same.
  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      if (!course.expected || course.expected->basis != Basis::partial) continue;
      if (!course.writes.empty() || course.entries.empty()) continue;
      if (!course.in_scope || !course.entries.front().is_set) continue;
      violated(findings, ends.at,
               "product " + std::to_string(id) + ": its qty was confirmed although " +
                   course.expected->because);
    }
  }
};

}  // namespace

std::unique_ptr<Invariant> never_partial() { return std::make_unique<NeverPartial>(); }

}  // namespace vfstock::sim::invariants
