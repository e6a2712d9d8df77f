// The shop's columns, read for themselves and as the rules about them.
#include <gtest/gtest.h>

#include "sim/invariants/shop_columns.h"
#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LeadingNumber, IsWhatPeopleMeanByIt) {
  EXPECT_EQ(leading_number("3|London"), 3);
  EXPECT_EQ(leading_number(" \t7"), 7);
  EXPECT_EQ(leading_number("+8 cores"), 8);
  EXPECT_EQ(leading_number("-2"), -2);
  EXPECT_EQ(leading_number("- 2"), 0);
  EXPECT_EQ(leading_number("--2"), 0);
  EXPECT_EQ(leading_number("London"), 0);
  EXPECT_EQ(leading_number("0x10"), 0);
  EXPECT_EQ(leading_number(""), 0);
}

TEST(LeadingNumber, Saturates) {
  EXPECT_EQ(leading_number("99999999999999999999"), 9223372036854775807);
  EXPECT_EQ(leading_number("9223372036854775807"), 9223372036854775807);
  EXPECT_EQ(leading_number("-99999999999999999999"), -9223372036854775807);
}

TEST(Groups, AreTheDefaultAndEveryLocationOnce) {
  Row row = usual_row();
  row.configoption1 = "4|Paris";
  row.options = {{"Location", "2|Berlin"}, {"Location|Where", " 3"}, {"location", "8"},
                 {"Location", "4"},        {"Location", "none"},     {"Colour|Location", "9"}};
  EXPECT_THAT(read_columns(row, {}).groups, ElementsAre(4, 2, 3));
}

TEST(Groups, FollowTheConfiguredOptionName) {
  Row row = usual_row();
  row.configoption1 = "";
  row.options = {{"Location", "2"}, {"Standort|Site", "3"}};
  Expectations german;
  german.location_option = "Standort";
  EXPECT_THAT(read_columns(row, german).groups, ElementsAre(3));
}

TEST(Managed, IsOurModuleWithStockControl) {
  Row row = usual_row();
  EXPECT_TRUE(is_managed(row));
  row.stockcontrol = 0;
  EXPECT_FALSE(is_managed(row));
  row = usual_row();
  row.servertype = "virtfusiondirect";
  EXPECT_FALSE(is_managed(row));
}

std::int64_t reserve(const std::string& percentage, std::int64_t max) {
  return Buffer::of_column(percentage).reserve(max);
}

TEST(BufferColumn, IsExactWhereBinaryFractionsAreNot) {
  EXPECT_EQ(reserve("7", 100), 7);
  EXPECT_EQ(reserve("0.07", 10'000), 7);
  EXPECT_EQ(reserve("14.000", 50), 7);
  EXPECT_EQ(reserve("7.00000000000000000000000000001", 100), 8);
  EXPECT_EQ(reserve("33.3", 1000), 333);
  EXPECT_EQ(reserve("33.3", 1001), 334);
}

TEST(BufferColumn, TakesEveryFormOfANumber) {
  EXPECT_EQ(reserve(" 5 ", 100), 5);
  EXPECT_EQ(reserve("+5.", 100), 5);
  EXPECT_EQ(reserve(".5e1", 100), 5);
  EXPECT_EQ(reserve("500E-2", 100), 5);
  EXPECT_EQ(reserve("0005", 100), 5);
  EXPECT_EQ(reserve("5e00", 100), 5);
}

TEST(BufferColumn, CountsAnythingElseAsTen) {
  for (const char* const text :
       {"", " ", "10%", "abc", "5,5", "5 5", "0x5", "1e", "e1", ".", "-", "1.2.3", "NaN", "inf"}) {
    EXPECT_EQ(reserve(text, 100), 10) << text;
  }
}

TEST(BufferColumn, IsClamped) {
  EXPECT_EQ(reserve("-3", 100), 0);
  EXPECT_EQ(reserve("0", 100), 0);
  EXPECT_EQ(reserve("0e99", 100), 0);
  EXPECT_EQ(reserve("250", 100), 100);
  EXPECT_EQ(reserve("100", 100), 100);
  EXPECT_EQ(reserve("1e99999999999999999999", 100), 100);
}

TEST(BufferColumn, ReservesOneForTheSmallestShare) {
  EXPECT_EQ(reserve("1e-99999999999999999999", 100), 1);
  EXPECT_EQ(reserve("1e-300", std::int64_t{1} << 53), 1);
  EXPECT_EQ(reserve("1e-300", 0), 0);
}

TEST(BufferColumn, HoldsUpToTheLargestQuota) {
  constexpr std::int64_t most = std::int64_t{1} << 53;
  EXPECT_EQ(reserve("50", most), most / 2);
  EXPECT_EQ(reserve("99.99999999999999999999", most), most);
}

TEST(RulesThatKeep, HoldForAProductWithoutAPackage) {
  Row row = usual_row();
  row.configoption2 = "none";
  EXPECT_THAT([&] { return refresh_of(page_json({hypervisor_json(1, 4)}), {}, row); },
              AsksToKeep());
}

TEST(RulesThatKeep, HoldForAProductWithoutGroups) {
  Row row = usual_row();
  row.configoption1 = "0";
  EXPECT_THAT([&] { return refresh_of(page_json({hypervisor_json(1, 4)}), {}, row); },
              AsksToKeep());
}

TEST(RulesThatKeep, LeaveADisabledPackageWithoutGroupsAtZero) {
  Row row = usual_row();
  row.configoption1 = "";
  Json package = package_json();
  package["data"]["enabled"] = false;
  TraceWriter trace;
  trace.begins({row}).package(package).sets(0).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(RulesThatKeep, HoldForAProductOfAnotherPanel) {
  Row row = usual_row();
  row.servergroup = 6;
  Expectations elsewhere;
  elsewhere.panel_host = "panel.example";
  const auto trace = [&] { return refresh_of(page_json({hypervisor_json(1, 4)}), elsewhere, row); };
  elsewhere.server_groups = {{6, {"other.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
  elsewhere.server_groups = {{6, {"panel.example", "second.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
  elsewhere.server_groups = {{6, {"panel.example", "panel.example"}}};
  EXPECT_THAT(trace, AsksFor(4));
  elsewhere.server_groups = {{6, {}}};
  EXPECT_THAT(trace, AsksFor(4));
}

TEST(RulesThatKeep, HoldWhereAProductWithoutAServerGroupMayBeOnSeveralPanels) {
  Row row = usual_row();
  row.servergroup = 0;
  Expectations shop;
  shop.panel_host = "panel.example";
  const auto trace = [&] { return refresh_of(page_json({hypervisor_json(1, 4)}), shop, row); };
  shop.server_groups = {{6, {"panel.example"}}, {7, {"https://PANEL.example:8443/"}}};
  EXPECT_THAT(trace, AsksFor(4));
  shop.server_groups = {{6, {"panel.example"}}, {7, {"second.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
  shop.server_groups = {{0, {"panel.example"}}, {7, {"second.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
  row.servergroup = 9;  // of a group that names none
  EXPECT_THAT(trace, AsksToKeep());
}

TEST(RulesThatKeep, TellHostsOfPanelsApartInAnyCase) {
  Row row = usual_row();
  row.servergroup = 6;
  Expectations shouted;
  shouted.panel_host = "Panel.example";
  const auto trace = [&] { return refresh_of(page_json({hypervisor_json(1, 4)}), shouted, row); };
  shouted.server_groups = {{6, {"panel.EXAMPLE", "PANEL.example"}}};
  EXPECT_THAT(trace, AsksFor(4));
  shouted.server_groups = {{6, {"Other.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
}

TEST(RulesThatKeep, TakeTheOnlyPanelThatIsNamedForOneThatIsNotKnown) {
  Row row = usual_row();
  row.servergroup = 6;
  Expectations unknown;
  const auto trace = [&] { return refresh_of(page_json({hypervisor_json(1, 4)}), unknown, row); };
  unknown.server_groups = {{6, {"panel.example"}}};
  EXPECT_THAT(trace, AsksFor(4));
  unknown.server_groups = {{6, {"panel.example", "second.example"}}};
  EXPECT_THAT(trace, AsksToKeep());
}

TEST(Columns, WithNamesAfterThePipeAreCountedLikeBareNumbers) {
  Row row = usual_row();
  row.configoption1 = "1|Frankfurt";
  row.configoption2 = "7|S";
  row.configoption3 = "2|two";
  const Json page = page_json({with_ipv4(hypervisor_json(1, 40), 9)});
  EXPECT_THAT([&] { return refresh_of(page, {}, row); }, AsksFor(4));
}

}  // namespace
}  // namespace vfstock::sim::invariants
