// only-managed and never-negative: which rows may change, how, and to what.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Row unmanaged(std::int64_t id) {
  Row row = usual_row();
  row.id = id;
  row.stockcontrol = 0;
  return row;
}

/// A right refresh of product 3 beside product 9, which is not managed.
TraceWriter right_refresh() {
  TraceWriter trace;
  trace.begins({usual_row(), unmanaged(9)}).package();
  trace.group(1, page_json({hypervisor_json(1, 4)})).sets(4);
  return trace;
}

TEST(OnlyManaged, HoldsWhenOnlyTheQtyOfAManagedRowChanges) {
  EXPECT_THAT(right_refresh().ends().findings(), IsEmpty());
}

TEST(OnlyManaged, IsViolatedByAWriteToAProductWithoutStockControl) {
  TraceWriter trace = right_refresh();
  trace.writes(4, 9).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("only-managed", "journal"));
  EXPECT_EQ(trace.checker().violations().front().detail,
            "product 9: qty 5 -> 4 although the row is not managed");
}

TEST(OnlyManaged, IsViolatedByAWriteToAProductOfAnotherModule) {
  Row other = usual_row();
  other.servertype = "cpanel";
  TraceWriter trace;
  trace.begins({other}).package().group(1, page_json({hypervisor_json(1, 4)})).writes(3).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("only-managed", "journal"));
}

TEST(OnlyManaged, IsViolatedByAWriteToNoRow) {
  EXPECT_THAT(right_refresh().writes(4, 77).ends().findings(), Contains("only-managed"));
}

TEST(OnlyManaged, IsViolatedByAChangeThatNobodyReported) {
  TraceWriter trace = right_refresh();
  trace.row(9).qty = 0;
  EXPECT_EQ(trace.ends().story(), "product 9: the refresh changed qty 5 -> 0");
}

TEST(OnlyManaged, IsViolatedByAChangeOfAnyOtherColumn) {
  const auto change = [](auto edit) {
    TraceWriter trace = right_refresh();
    edit(trace.row(3));
    return trace.ends().findings();
  };
  const auto caught = ElementsAre("only-managed");
  EXPECT_THAT(change([](Row& row) { row.name += "!"; }), caught);
  EXPECT_THAT(change([](Row& row) { row.servertype = ""; }), caught);
  EXPECT_THAT(change([](Row& row) { row.stockcontrol = 0; }), caught);
  EXPECT_THAT(change([](Row& row) { row.servergroup = 1; }), caught);
  EXPECT_THAT(change([](Row& row) { row.configoption1 = "2"; }), caught);
  EXPECT_THAT(change([](Row& row) { row.configoption2 = "8"; }), caught);
  EXPECT_THAT(change([](Row& row) { row.configoption3 = "2"; }), caught);
  EXPECT_THAT(change([](Row& row) { row.configoption7 = "1"; }), caught);
  EXPECT_THAT(change([](Row& row) { row.options = {{"Location", "2"}}; }), caught);
}

TEST(OnlyManaged, IsViolatedByRowsThatComeAndGo) {
  TraceWriter gone = right_refresh();
  gone.rows().pop_back();
  EXPECT_THAT(gone.ends().findings(), ElementsAre("only-managed"));
  TraceWriter come = right_refresh();
  come.rows().push_back(unmanaged(10));
  EXPECT_THAT(come.ends().findings(), ElementsAre("only-managed"));
}

TEST(OnlyManaged, LeavesTheShopToChangeItself) {
  TraceWriter trace = right_refresh();
  trace.shop_changes(9, [](Row& row) { row.qty = 1; }).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(NeverNegative, HoldsFromZeroToTheColumnsLimit) {
  EXPECT_THAT(refresh_of(page_json({})).sets(0).ends().findings(), IsEmpty());
  Expectations with_ceiling;
  with_ceiling.qty_ceiling = 2147483647;
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 0)}), with_ceiling)
                  .sets(2147483647)
                  .ends()
                  .findings(),
              IsEmpty());
}

TEST(NeverNegative, IsViolatedByADebt) {
  EXPECT_THAT(refresh_of(page_json({})).sets(-1).ends().findings(), ElementsAre("never-negative"));
}

TEST(NeverNegative, IsViolatedByADebtThatADecisionLeaves) {
  Row row = usual_row();
  row.qty = -1;
  TraceWriter trace;
  trace.begins({row}).package().group(1, page_json({}));
  EXPECT_THAT(trace.journals("unchanged", -1, -1).ends().findings(), ElementsAre("never-negative"));
}

TEST(NeverNegative, LeavesADebtThatNobodyDecidedOnToTheTruth) {
  Row row = usual_row();
  row.qty = -1;
  TraceWriter trace;
  trace.begins({row}).package().group(1, page_json({}));
  EXPECT_THAT(trace.journals("kept", -1, -1).ends().findings(), ElementsAre("truth-on-found"));
}

TEST(NeverNegative, IsViolatedByMoreThanTheColumnHolds) {
  EXPECT_THAT(refresh_of(page_json({})).sets(2147483648).ends().findings(),
              ElementsAre("truth-on-found", "never-negative"));
}

TEST(NeverNegative, IsViolatedInAnUnmanagedRowToo) {
  TraceWriter trace = right_refresh();
  EXPECT_THAT(trace.writes(-4, 9).ends().findings(), Contains("never-negative"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
