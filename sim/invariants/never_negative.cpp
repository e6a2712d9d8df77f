// never-negative: every qty written fits the column and is no debt.
#include "sim/invariants/invariant.h"
#include "sim/invariants/shop_columns.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

class NeverNegative final : public Invariant {
 public:
  NeverNegative() : Invariant("never-negative") {}

  void wrote(const Wrote& wrote, const Course*, const Expected*,
             Findings& findings) const override {
    if (wrote.new_qty < 0) violated(findings, wrote.at, write_text(wrote) + " is negative");
    if (wrote.new_qty > column_max) {
      violated(findings, wrote.at, write_text(wrote) + " is more than the column holds");
    }
  }

  void journalled(const Journalled& entry, const Course*, Findings& findings) const override {
    if (!entry.is_set || entry.new_qty >= 0 || entry.outcome != "unchanged") return;
    violated(findings, entry.at,
             "product " + std::to_string(entry.product) + " was decided to stay at qty " +
                 std::to_string(entry.new_qty));
  }
};

}  // namespace

std::unique_ptr<Invariant> never_negative() { return std::make_unique<NeverNegative>(); }

}  // namespace vfstock::sim::invariants
