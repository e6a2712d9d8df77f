// only-managed: nothing but the qty of a managed row ever changes, and no row comes or goes.
#include "sim/invariants/invariant.h"
#include "sim/invariants/shop_columns.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

std::string product_text(std::int64_t id) { return "product " + std::to_string(id); }

class OnlyManaged final : public Invariant {
 public:
  OnlyManaged() : Invariant("only-managed") {}

  void wrote(const Wrote& wrote, const Course* course, const Expected*,
             Findings& findings) const override {
    if (course == nullptr || course->deleted) {
      violated(findings, wrote.at, write_text(wrote) + " where the shop has no such row");
    } else if (!is_managed(course->now)) {
      violated(findings, wrote.at, write_text(wrote) + " although the row is not managed");
    }
  }

  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      if (!course.at_end) {
        if (course.deleted) continue;
        violated(findings, ends.at, product_text(id) + ": the row is gone after the refresh");
        continue;
      }
      // The qty of a managed row is the journal's matter.
      Row before = course.now;
      if (is_managed(before)) before.qty = course.at_end->qty;
      const std::string changed = difference(before, *course.at_end);
      if (changed.empty()) continue;
      violated(findings, ends.at, product_text(id) + ": the refresh changed " + changed);
    }
    for (const Row& row : ends.rows) {
      if (refresh.courses.contains(row.id)) continue;
      violated(findings, ends.at, product_text(row.id) + ": the row appeared during the refresh");
    }
  }
};

}  // namespace

std::unique_ptr<Invariant> only_managed() { return std::make_unique<OnlyManaged>(); }

}  // namespace vfstock::sim::invariants
