// never-partial, and its counterpart: keeping because nobody asked.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Json first_of_two_pages() { return page_json({hypervisor_json(1, 4)}, 1, 1, 2); }

Row row_in_two_groups() {
  Row row = usual_row();
  row.options = {{"Location", "2"}};
  return row;
}

TEST(NeverPartial, HoldsWhenEveryPageOfEveryGroupWasRead) {
  TraceWriter trace;
  trace.begins({row_in_two_groups()}).package();
  trace.group(1, first_of_two_pages()).group(1, page_json({hypervisor_json(2, 5)}, 2, 1, 2), 2);
  trace.group(2, page_json({hypervisor_json(3, 6)})).sets(15).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(NeverPartial, IsViolatedByTheFirstPageTakenForTheGroup) {
  EXPECT_EQ(refresh_of(first_of_two_pages()).sets(4).ends().story(),
            "product 3: qty 5 -> 4 although group 1 has 2 pages and only 1 were read");
}

TEST(NeverPartial, IsViolatedByAPartThatConfirmsTheRow) {
  EXPECT_EQ(refresh_of(first_of_two_pages()).journals("unchanged", 5, 5).ends().story(),
            "product 3: its qty was confirmed although group 1 has 2 pages and only 1 were read");
}

TEST(NeverPartial, IsViolatedByAClientThatDoesNotPage) {
  TraceWriter trace;
  trace.begins().package();
  trace.answers("/compute/hypervisors/groups/1/resources", 200, first_of_two_pages().dump());
  EXPECT_THAT(trace.sets(4).ends().findings(), ElementsAre("never-partial"));
}

TEST(NeverPartial, IsViolatedByAWriteBeforeAllGroupsAreIn) {
  TraceWriter trace;
  trace.begins({row_in_two_groups()}).package().group(1, page_json({hypervisor_json(1, 4)}));
  trace.writes(4).group(2, page_json({hypervisor_json(3, 0)})).journals("wrote", 5, 4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("never-partial"));
}

TEST(NeverPartial, LeavesAWriteAfterAFailedLookupToKeepOnUnavailable) {
  TraceWriter trace;
  trace.begins({row_in_two_groups()}).package().silent(TraceWriter::group_target(1));
  EXPECT_THAT(trace.sets(0).ends().findings(), ElementsAre("keep-on-unavailable"));
}

TEST(NeverPartial, IsViolatedByAWriteThatRestsOnNothing) {
  TraceWriter trace;
  trace.begins().sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("never-partial"));
}

TEST(NeverPartial, LetsAnswersOfAnEarlierRefreshVouchForNothing) {
  TraceWriter trace = refresh_of(page_json({hypervisor_json(1, 4)}));
  trace.sets(4).ends();
  trace.begins().sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
}

TEST(NeverPartial, IsViolatedByWhatAnEarlierRefreshReadInPart) {
  TraceWriter trace = refresh_of(page_json({hypervisor_json(1, 4)}));
  trace.sets(4).ends();
  trace.begins().package().group(1, first_of_two_pages()).ends();
  trace.refreshes("stockRecalculate").sets(6).ends();
  EXPECT_THAT(trace.findings(), Contains("never-partial"));
  EXPECT_THAT(trace.findings(), Not(Contains("fresh")));
}

TEST(Neglect, IsAKeepForWantOfALookupThatNothingHindered) {
  TraceWriter trace;
  trace.begins().package().keeps().ends();
  EXPECT_EQ(trace.story(), "product 3: kept although nothing hindered: group 1 was not asked for");
  EXPECT_THAT(refresh_of(first_of_two_pages()).keeps().ends().findings(),
              ElementsAre("truth-on-found"));
}

TEST(Neglect, IsForgivenWhenTheRefreshRanOutOfTime) {
  TraceWriter trace;
  trace.begins().package().at(minutes{7}).keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Neglect, IsForgivenWhileThePanelWantsToBeLeftAlone) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 429;
  throttled.whole = true;
  throttled.headers = {{"retry-AFTER", "90"}};
  TraceWriter trace;
  trace.begins().exchanged(throttled).keeps().ends();
  trace.at(minutes{6}).refreshes("stockRecalculate").keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  trace.at(minutes{7}).refreshes("stockRecalculate").keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"));
}

TEST(Neglect, IsForgivenAfterAWebPageWithStatus200ThatAsksForPatience) {
  const auto trace = [] {
    Exchanged page = TraceWriter::nothing_from("/packages/7");
    page.status = 200;
    page.whole = true;
    page.headers = {{"Content-Type", "text/html"}, {"Retry-After", "60"}};
    page.body = "<p>Later</p>";
    TraceWriter writer;
    writer.begins().exchanged(page).keeps().ends();
    writer.at(minutes{5} + seconds{10}).refreshes("stockRecalculate");
    return writer;
  };
  EXPECT_THAT(trace().keeps().ends().findings(), IsEmpty());
  EXPECT_THAT(trace().package().group(1, page_json({hypervisor_json(1, 5)})).findings(), IsEmpty())
      << "and so is a client that asks";
}

TEST(Neglect, IsForgivenForAtMostAQuarterOfAnHour) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 503;
  throttled.whole = true;
  throttled.headers = {{"Retry-After", "Fri, 31 Dec 2999 23:59:59 GMT"}};
  TraceWriter trace;
  trace.begins().exchanged(throttled).keeps().ends();
  trace.at(minutes{19}).refreshes("stockRecalculate").keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  trace.at(minutes{21}).refreshes("stockRecalculate").keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"));
}

TEST(Neglect, OfOneProductIsNotExcusedByTheFailureOfAnother) {
  Row other = usual_row();
  other.id = 4;
  other.configoption2 = "8";
  TraceWriter trace;
  trace.begins({usual_row(), other}).silent("/packages/8").keeps(3).keeps(4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
