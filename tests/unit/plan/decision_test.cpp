// The rules of a decision, one after the other, through a sweep.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::Missing;
using panel::PackageId;

class DecisionRules : public testing::Test {
 protected:
  DecisionRules() {
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(4));
  }
  /// What a sweep makes of product 1: "set 4: capacity" or "keep: no package".
  std::string verdict(const catalogue::Product& row, const Policy& policy = {}) {
    world.shop.put(row);
    const RefreshReport report = world.refresher(policy).sweep(Trigger::cron);
    const Decision& decision = report.entries.at(0).decision;
    text = to_text(decision.why());
    const std::string cause(name(decision.why().cause));
    if (const SetQty* set = decision.if_set()) {
      EXPECT_EQ(world.qty(1), set->set.qty());
      return "set " + std::to_string(set->set.qty()) + ": " + cause;
    }
    EXPECT_EQ(world.qty(1), row.qty);
    return "keep: " + cause;
  }
  void sell_in(std::vector<std::string> groups) {
    std::vector<catalogue::OptionValue> values;
    for (auto& group : groups) values.push_back({"Location|Where", std::move(group)});
    world.shop.set_option_values(pid(1), std::move(values));
  }

  StockWorld world;
  std::string text;
};

TEST_F(DecisionRules, SetTheSumOverTheGroups) {
  world.panel.set(GroupId{2}, group_taking(3));
  sell_in({"2|London", "1"});
  EXPECT_EQ(verdict(product(1, 0)), "set 7: capacity");
  EXPECT_EQ(text, "2 groups take 7 more");
}

TEST_F(DecisionRules, KeepWithoutAPackageAndAskNothing) {
  EXPECT_EQ(verdict(product(1, 9, "")), "keep: no package");
  EXPECT_EQ(verdict(product(1, 9, "0")), "keep: no package");
  EXPECT_EQ(verdict(product(1, 9, "-1")), "keep: no package");
  EXPECT_TRUE(world.panel.asked.empty());
}

TEST_F(DecisionRules, KeepWhenThePackageIsUnavailable) {
  world.panel.set(PackageId{1}, unavailable());
  EXPECT_EQ(verdict(product(1, 9)), "keep: package unavailable");
  EXPECT_EQ(text, "package 1 could not be read: 503 from the panel");
}

TEST_F(DecisionRules, SetZeroWhenThePackageIsGoneOrDisabled) {
  world.panel.set(PackageId{1}, Missing{});
  EXPECT_EQ(verdict(product(1, 9)), "set 0: package missing");
  world.panel.set(PackageId{1}, package_found(1, false));
  EXPECT_EQ(verdict(product(1, 9)), "set 0: package disabled");
}

TEST_F(DecisionRules, LookAtThePackageBeforeTheGroups) {
  world.panel.set(GroupId{1}, unavailable());
  world.panel.set(PackageId{1}, Missing{});
  EXPECT_EQ(verdict(product(1, 9)), "set 0: package missing");
  world.panel.set(PackageId{1}, package_found(1, false));
  EXPECT_EQ(verdict(product(1, 9)), "set 0: package disabled");
  EXPECT_EQ(verdict(product(1, 9, "1", "")), "set 0: package disabled");
  world.panel.set(PackageId{1}, unavailable());
  EXPECT_EQ(verdict(product(1, 9, "1", "")), "keep: package unavailable");
}

TEST_F(DecisionRules, KeepWithoutAGroup) {
  EXPECT_EQ(verdict(product(1, 9, "1", "London")), "keep: no groups");
}

TEST_F(DecisionRules, KeepWhenAnyGroupIsUnavailableWhateverTheOthersSay) {
  world.panel.set(GroupId{2}, unavailable());
  world.panel.set(GroupId{4}, group_unlimited());
  sell_in({"2", "3", "4"});
  EXPECT_EQ(verdict(product(1, 9)), "keep: group unavailable");
  EXPECT_EQ(text, "group 2 could not be read: 503 from the panel");
}

TEST_F(DecisionRules, CountAMissingGroupAsNothing) {
  sell_in({"2", "3"});
  EXPECT_EQ(verdict(product(1, 9)), "set 4: capacity");
  EXPECT_EQ(text, "1 group takes 4 more; 2 groups not on the panel");
}

TEST_F(DecisionRules, SetZeroWhenNoGroupExists) {
  EXPECT_EQ(verdict(product(1, 9, "1", "3")), "set 0: group missing");
  EXPECT_EQ(text, "1 group on the panel: none exists");
}

TEST_F(DecisionRules, KeepWhenNothingLimitsAndThereIsNoCeiling) {
  world.panel.set(GroupId{2}, group_unlimited());
  sell_in({"2"});
  EXPECT_EQ(verdict(product(1, 9)), "keep: unbounded");
}

TEST_F(DecisionRules, SetTheCeilingWhereThereIsOne) {
  Policy policy;
  policy.qty_ceiling = 3;
  EXPECT_EQ(verdict(product(1, 9), policy), "set 3: ceiling");
  EXPECT_EQ(text, "1 group takes 4 more; cut to the ceiling of 3");
  world.panel.set(GroupId{1}, group_unlimited());
  EXPECT_EQ(verdict(product(1, 9), policy), "set 3: ceiling");
  policy.qty_ceiling = 4;
  world.panel.set(GroupId{1}, group_taking(4));
  EXPECT_EQ(verdict(product(1, 9), policy), "set 4: capacity");
}

TEST_F(DecisionRules, NeverSetMoreThanTheColumnHoldsOrLessThanZero) {
  world.panel.set(GroupId{1}, group_taking(std::int64_t{1} << 40));
  EXPECT_EQ(verdict(product(1, 9)), "set 2147483647: capacity");
  Policy policy;
  policy.qty_ceiling = -5;
  EXPECT_EQ(verdict(product(1, 9), policy), "set 0: ceiling");
}

TEST_F(DecisionRules, HoldBackTheBufferOfTheProduct) {
  world.panel.set(GroupId{1}, group_taking(100));
  const auto with_buffer = [&](const char* buffer) {
    catalogue::Product row = product(1, 9);
    row.configoption7 = buffer;
    return verdict(row);
  };
  EXPECT_EQ(with_buffer("7"), "set 93: capacity");
  EXPECT_EQ(with_buffer(" 2.5e1 "), "set 75: capacity");
  EXPECT_EQ(with_buffer("-3"), "set 100: capacity");
  EXPECT_EQ(with_buffer("250"), "set 0: capacity");
  for (const char* text_in_column : {"", " ", "10%", "abc", "0x5"}) {
    EXPECT_EQ(with_buffer(text_in_column), "set 90: capacity") << text_in_column;
  }
}

TEST_F(DecisionRules, ReadTheLocationOptionOfThePolicy) {
  world.shop.set_option_values(pid(1), {{"Location", "1"}, {"Region", "2"}});
  world.panel.set(GroupId{2}, group_taking(3));
  Policy policy;
  policy.location_option = "Region";
  EXPECT_EQ(verdict(product(1, 9, "1", ""), policy), "set 3: capacity");
}

}  // namespace
}  // namespace vfstock::stock
