// provisionable: as many servers as a written qty promises can be placed in the panel's true state
// at the moment of the newest answer that the qty rests on. The excess is reported as oversell. It
// is a violation where the policy promises never to sell what cannot be placed, or counts exactly
// and the panel told all that it takes, unless the panel lied.
#include "sim/invariants/invariant.h"
#include "sim/invariants/story.h"
#include "sim/invariants/true_room.h"

namespace vfstock::sim::invariants {
namespace {

namespace model = mockpanel::model;

class Provisionable final : public Invariant {
 public:
  explicit Provisionable(const Expectations& expectations)
      : Invariant("provisionable"),
        always_(expectations.oversell_violates),
        where_told_(expectations.oversell_violates_where_told) {}

  void wrote(const Wrote& wrote, const Course*, const Expected* expected,
             Findings& findings) const override {
    if (wrote.new_qty <= 0 || expected == nullptr) return;
    if (!expected->truth) {
      unknown(findings, wrote.at,
              write_text(wrote) + " rests on no answer whose true state is known");
      return;
    }
    const model::Placeable room = true_room(*expected);
    if (room.at_most && wrote.new_qty > *room.at_most) {
      report_oversell(wrote, *expected, *room.at_most, findings);
    } else if (always_ && !expected->lied_to && room.at_least && wrote.new_qty > *room.at_least) {
      unknown(findings, wrote.at,
              write_text(wrote) + " can be placed up to " + std::to_string(*room.at_least) +
                  " times for certain; more may or may not fit");
    }
  }

 private:
  bool violates(const Expected& expected) const {
    return !expected.lied_to && (always_ || (where_told_ && expected.told_all));
  }

  void report_oversell(const Wrote& wrote, const Expected& expected, std::int64_t at_most,
                       Findings& findings) const {
    findings.oversells.push_back({wrote.at, wrote.product, wrote.new_qty, at_most});
    if (!violates(expected)) return;
    violated(findings, wrote.at,
             write_text(wrote) + " although the panel's true state at " +
                 clock_text(expected.truth_at) + " takes at most " + std::to_string(at_most));
  }

  bool always_, where_told_;
};

}  // namespace

std::unique_ptr<Invariant> provisionable(const Expectations& expectations) {
  return std::make_unique<Provisionable>(expectations);
}

}  // namespace vfstock::sim::invariants
