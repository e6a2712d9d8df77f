// keep-on-unavailable: a product whose decision needed a lookup that failed is not written.
#include "sim/invariants/invariant.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

class KeepOnUnavailable final : public Invariant {
 public:
  KeepOnUnavailable() : Invariant("keep-on-unavailable") {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (expected == nullptr || expected->basis != Basis::unavailable) return;
    violated(findings, wrote.at, write_text(wrote) + " although " + expected->because);
  }
};

}  // namespace

std::unique_ptr<Invariant> keep_on_unavailable() { return std::make_unique<KeepOnUnavailable>(); }

}  // namespace vfstock::sim::invariants
