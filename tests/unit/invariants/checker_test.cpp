// The checker as a whole.
#include <algorithm>

#include <gtest/gtest.h>

#include "sim/invariants/story.h"
#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Checker, NamesItsInvariantsInTheOrderOfTheDocumentation) {
  EXPECT_THAT(
      Checker::invariants(),
      ElementsAre("keep-on-unavailable", "zero-on-missing", "truth-on-found", "provisionable",
                  "fresh", "only-managed", "never-negative", "never-partial", "journal", "budget",
                  "limits", "accept-once", "converges", "bounded"));
}

TEST(Checker, IsSilentAboutARightSweepOfManyProducts) {
  Row one = usual_row();
  one.id = 1;
  Row two = usual_row();
  two.id = 2;
  two.configoption2 = "8";
  Row foreign = usual_row();
  foreign.servertype = "";
  TraceWriter trace;
  trace.begins({one, two, foreign}).package().silent("/packages/8");
  trace.group(1, page_json({hypervisor_json(1, 4)})).sets(4, 1).keeps(2).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Checker, JudgesTheRefreshesOneByOne) {
  Expectations without_retries;
  without_retries.retry_unavailable = false;
  TraceWriter trace(without_retries);
  trace.begins().package().group(1, page_json({hypervisor_json(1, 4)})).sets(4).ends();
  trace.begins(trace.rows(), 3).package().silent(TraceWriter::group_target(1)).keeps().ends();
  trace.begins(trace.rows()).package().group(1, page_json({hypervisor_json(1, 2)})).sets(1).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"));
}

TEST(Checker, JudgesADecisionByWhatWasKnownWhenItWasTold) {
  Row late = usual_row();
  late.id = 4;
  TraceWriter trace;
  trace.begins({usual_row(), late}).package().group(1, page_json({hypervisor_json(1, 5)})).sets(5);
  trace.hook("AfterModuleCreate");
  trace.group(1, page_json({hypervisor_json(1, 2)})).sets(2, 4).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Checker, FollowsItsStateWhenMoved) {
  Checker first{Expectations{}};
  Checker second = std::move(first);
  second.feed(Wrote{.at = Time{5}, .product = 1, .old_qty = 0, .new_qty = -1});
  EXPECT_EQ(std::ranges::count(second.violations(), "never-negative", &Violation::invariant), 1);
  EXPECT_EQ(second.violations().front().at, Time{5});
}

TEST(Verdict, HasANameForPeople) {
  EXPECT_EQ(name(Verdict::holds), "holds");
  EXPECT_EQ(name(Verdict::violated), "violated");
  EXPECT_EQ(name(Verdict::unknown), "unknown");
}

TEST(ClockText, IsShortAndExact) {
  EXPECT_EQ(clock_text(Time{0}), "0s");
  EXPECT_EQ(clock_text(Time{299'900}), "4m59.9s");
  EXPECT_EQ(clock_text(Time{300'000}), "5m0s");
  EXPECT_EQ(clock_text(Time{7'200'005}), "2h0m0.005s");
  EXPECT_EQ(clock_text(Time{-1500}), "-1.5s");
}

}  // namespace
}  // namespace vfstock::sim::invariants
