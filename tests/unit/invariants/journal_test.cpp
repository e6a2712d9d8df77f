// journal: each decision told once, each write explained, each claimed write made.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The panel's answers ask for qty 4; the shop shows 5.
TraceWriter to_four() { return refresh_of(page_json({hypervisor_json(1, 4)})); }

Journalled entry(const std::string& outcome, bool is_set, std::int64_t old_qty,
                 std::int64_t new_qty) {
  Journalled told;
  told.product = 3;
  told.is_set = is_set;
  told.cause = "capacity";
  told.text = "text";
  told.outcome = outcome;
  told.old_qty = old_qty;
  told.new_qty = new_qty;
  return told;
}

TEST(Journal, HoldsWhenAWriteIsFollowedByItsEntry) {
  EXPECT_THAT(to_four().sets(4).ends().findings(), IsEmpty());
}

TEST(Journal, IsViolatedByAWriteWithoutAnEntry) {
  EXPECT_EQ(to_four().writes(4).ends().story(), "product 3: 0 journal entries for one decision");
}

TEST(Journal, IsViolatedByAnEntryBeforeItsWrite) {
  TraceWriter trace = to_four();
  trace.journals("wrote", 5, 4).writes(4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("journal", "journal"));
}

TEST(Journal, IsViolatedByAnEntryWithoutItsWrite) {
  TraceWriter trace = to_four();
  trace.journals("wrote", 5, 4);
  EXPECT_EQ(trace.story(), "product 3: the journal's \"wrote\" (capacity) stands for 0 writes");
}

TEST(Journal, IsViolatedByOtherFiguresThanTheWrites) {
  EXPECT_THAT(to_four().writes(4).journals("wrote", 5, 3).ends().findings(),
              ElementsAre("journal"));
  EXPECT_THAT(to_four().writes(4).journals("wrote", 6, 4).ends().findings(),
              ElementsAre("journal"));
}

TEST(Journal, IsViolatedByAWriteThatItCallsAKeep) {
  EXPECT_THAT(to_four().writes(4).journals("kept", 4, 4).ends().story(),
              HasSubstr("hides that product 3: qty 5 -> 4"));
  EXPECT_THAT(to_four().writes(4).journals(entry("wrote", false, 5, 4)).ends().findings(),
              ElementsAre("journal"));
}

TEST(Journal, IsViolatedByAWriteThatItCallsUnchanged) {
  EXPECT_THAT(to_four().writes(4).journals("unchanged", 4, 4).ends().findings(),
              ElementsAre("journal"));
}

TEST(Journal, IsViolatedByTwoEntriesForOneDecision) {
  EXPECT_THAT(to_four().sets(4).journals("unchanged", 4, 4).ends().findings(), Contains("journal"));
}

TEST(Journal, IsViolatedByTwoWritesForOneDecision) {
  EXPECT_THAT(to_four().writes(3).writes(4).journals("wrote", 3, 4).ends().findings(),
              ElementsAre("truth-on-found", "journal"));
}

TEST(Journal, IsViolatedByADecisionThatIsNotTold) {
  TraceWriter trace;
  trace.begins().package().silent(TraceWriter::group_target(1)).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("journal"));
}

TEST(Journal, IsViolatedByAnEntryAboutAProductOutsideTheRefresh) {
  Row other = usual_row();
  other.id = 4;
  TraceWriter trace;
  trace.begins({usual_row(), other}, 3).package().group(1, page_json({hypervisor_json(1, 4)}));
  trace.sets(4, 3).keeps(4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("journal"));
}

TEST(Journal, IsViolatedByAWriteOutsideTheRefreshOfOneProduct) {
  Row other = usual_row();
  other.id = 4;
  TraceWriter trace;
  trace.begins({usual_row(), other}, 3).package().group(1, page_json({hypervisor_json(1, 4)}));
  trace.sets(4, 3).writes(4, 4).ends();
  EXPECT_THAT(trace.story(), HasSubstr("in a refresh that is not about it"));
}

TEST(Journal, IsViolatedByAWriteBetweenRefreshes) {
  TraceWriter trace = to_four();
  trace.sets(4).ends().writes(5);
  EXPECT_THAT(trace.findings(), Contains("journal"));
}

TEST(Journal, IsViolatedByAQtyThatChangedWithoutAWrite) {
  TraceWriter trace = to_four();
  trace.sets(4).row(3).qty = 2;
  EXPECT_EQ(trace.ends().story(), "product 3: the row ends with qty 2 where the writes say 4");
}

TEST(Journal, IsViolatedByAWriteOfWhatIsThere) {
  TraceWriter trace = refresh_of(page_json({hypervisor_json(1, 5)}));
  trace.writes(5).journals("wrote", 5, 5).ends();
  EXPECT_THAT(trace.story(), HasSubstr("writes what the row already holds"));
}

TEST(Journal, IsViolatedByOutcomesThatDoNotGoWithTheDecision) {
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 5)}))
                  .journals(entry("unchanged", false, 5, 5))
                  .ends()
                  .findings(),
              ElementsAre("journal"));
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 5)}))
                  .journals(entry("kept", true, 5, 5))
                  .ends()
                  .findings(),
              ElementsAre("journal"));
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 5)}))
                  .journals(entry("perhaps", true, 5, 5))
                  .ends()
                  .findings(),
              ElementsAre("journal"));
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 5)}))
                  .journals(entry("unchanged", true, 5, 4))
                  .ends()
                  .findings(),
              ElementsAre("journal"));
}

std::vector<std::string> told(TraceWriter trace, const Journalled& entry) {
  return trace.journals(entry).ends().findings();
}

TEST(Journal, IsViolatedByFiguresThatTheRowDoesNotHold) {
  const auto left_at = [](std::int64_t qty) {
    return told(refresh_of(page_json({hypervisor_json(1, 5)})), entry("unchanged", true, qty, qty));
  };
  EXPECT_THAT(left_at(5), IsEmpty());
  EXPECT_THAT(left_at(0), ElementsAre("journal"));
}

TEST(Journal, LeavesOpenWhichQtyOfAMovedRowWasSeen) {
  TraceWriter trace = refresh_of(page_json({hypervisor_json(1, 5)}));
  trace.shop_changes(3, [](Row& row) { row.qty = 4; }).journals(entry("unchanged", true, 5, 5));
  EXPECT_THAT(trace.ends().findings(), IsEmpty());
}

TEST(Journal, IsViolatedByARuleThatHidesAFailure) {
  const auto kept_for = [](const std::string& cause) {
    TraceWriter trace;
    trace.begins().package().silent(TraceWriter::group_target(1)).keeps(3, cause).ends();
    return trace.findings();
  };
  EXPECT_THAT(kept_for("group unavailable"), IsEmpty());
  EXPECT_THAT(kept_for("unbounded"), ElementsAre("journal"));
  EXPECT_THAT(kept_for("no groups"), ElementsAre("journal"));
  TraceWriter unbounded = refresh_of(page_json({hypervisor_json(1, 0)}));
  EXPECT_THAT(unbounded.keeps(3, "unbounded").ends().findings(), IsEmpty());
}

TEST(Journal, IsViolatedByAnEntryThatExplainsNothing) {
  Journalled wordless = entry("unchanged", true, 5, 5);
  wordless.text = "";
  Journalled misfit = entry("unchanged", true, 5, 5);
  misfit.cause = "group unavailable";
  Journalled unheard_of = entry("kept", false, 5, 5);
  unheard_of.cause = "the weather";
  for (const Journalled& each : {wordless, misfit, unheard_of}) {
    EXPECT_THAT(told(refresh_of(page_json({hypervisor_json(1, 5)})), each), ElementsAre("journal"));
  }
}

TEST(Trace, ThatMakesNoSenseIsNeverGreen) {
  TraceWriter overlapping;
  overlapping.begins().begins();
  EXPECT_THAT(overlapping.findings(), ElementsAre("journal?"));
  TraceWriter unopened;
  unopened.ends();
  EXPECT_THAT(unopened.findings(), ElementsAre("journal?"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
