// truth-on-found: what the panel answered is what the shop shows, by the checker's own count; and a
// rule that says "keep" is kept.
#include "sim/invariants/invariant.h"
#include "sim/invariants/settled_qty.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

class TruthOnFound final : public Invariant {
 public:
  TruthOnFound() : Invariant("truth-on-found") {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (expected == nullptr) return;
    if (expected->basis == Basis::rule) {
      violated(findings, wrote.at,
               write_text(wrote) + " instead of keeping it: " + expected->because);
    }
    const bool wrong = !expected->takes(wrote.new_qty) && !is_a_debt(wrote.new_qty);
    if (expected->basis == Basis::count && wrong) {
      violated(findings, wrote.at,
               write_text(wrote) + " instead of " + std::to_string(*expected->qty) + ": " +
                   expected->because);
    }
  }

  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      if (!course.in_scope || !course.expected) continue;
      if (course.expected->basis == Basis::count) {
        if (const auto wrong = left_wrong(course)) violated(findings, ends.at, *wrong);
      }
      if (refresh.shop.reads && neglected(course)) {
        violated(findings, ends.at,
                 "product " + std::to_string(id) +
                     ": kept although nothing hindered: " + course.expected->because);
      }
    }
  }

 private:
  /// Kept for want of a lookup that could have been made. A Set without a write is another matter.
  static bool neglected(const Course& course) {
    const bool was_set = !course.entries.empty() && course.entries.front().is_set;
    return course.expected->neglected && course.writes.empty() && !was_set;
  }
};

}  // namespace

std::unique_ptr<Invariant> truth_on_found() { return std::make_unique<TruthOnFound>(); }

}  // namespace vfstock::sim::invariants
