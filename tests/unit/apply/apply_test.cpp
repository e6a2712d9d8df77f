// A plan on its way to the shop. What becomes of rows that move is in
// tests/unit/schedule/refresher_test.cpp, through whole refreshes.
#include "engine/apply/apply.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/apply/read_shop.h"
#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/plan/make_plan.h"
#include "sim/shop/failing_catalogue.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::PackageId;
using sim::shop::FailingCatalogue;
using sim::shop::StoreFault;

/// Three products with room for four each, planned and not yet written.
class ApplyTest : public testing::Test {
 protected:
  ApplyTest() {
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(4));
    for (std::int64_t id = 1; id <= 3; ++id) world.shop.put(product(id, 10 * id));
    SurroundingsReader reader(world.shop);
    for (catalogue::Product& row : world.shop.managed_products()) {
      shop.products.push_back({std::move(row), std::nullopt, std::nullopt, 0});
      read_surroundings(reader, shop.products.back());
    }
    answers = world.panel.ask(questions_of(shop, Scope::all(), policy), Milliseconds{1});
    results = panel::LookupResults(answers);
    plan = make_plan(shop, results, policy, Brake(), {});
  }
  Applied carry_out(bool plans_again = true) {
    return vfstock::apply::apply(plan, {shop, results, policy}, {store, world.journal, world.clock},
                                 {Trigger::recalculate, true, plans_again});
  }
  std::string why(std::size_t at) { return to_text(world.journal.entries.at(at).decision.why()); }

  StockWorld world;
  FailingCatalogue store{world.shop};
  Policy policy;
  Shop shop;
  panel::Answers answers;
  panel::LookupResults results;
  Plan plan;
};

TEST_F(ApplyTest, WritesWhatThePlanSetsAndNothingElse) {
  world.shop.row(pid(2))->qty = 4;
  plan.products[1].row.qty = 4;
  plan.products[2].decision = Keep{{Cause::unbounded, "no ceiling"}};
  const Applied applied = carry_out();
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_EQ(world.qty(2), 4);
  EXPECT_EQ(world.qty(3), 30);
  EXPECT_EQ(applied.report.summary,
            (Summary{.total = 3, .updated = 1, .zeroed = 0, .unchanged = 1, .skipped = 1}));
  EXPECT_TRUE(applied.kept_for_now.empty());
}

TEST_F(ApplyTest, BeginsNoWriteWhenItsTimeIsOver) {
  struct Slow final : catalogue::ForwardingCatalogue {
    Slow(catalogue::Catalogue& inner, panel::FakeClock& ticking)
        : ForwardingCatalogue(inner), clock(ticking) {}
    catalogue::Written write(catalogue::ProductId id, const catalogue::Set& set,
                             std::int64_t seen) override {
      clock.advance(Milliseconds{600});
      return inner().write(id, set, seen);
    }
    panel::FakeClock& clock;
  } slow(world.shop, world.clock);
  const Applied applied = vfstock::apply::apply(
      plan, {shop, results, policy}, {slow, world.journal, world.clock},
      {Trigger::recalculate, true, true, world.clock.now() + Milliseconds{1000}});
  EXPECT_EQ(applied.report.summary.updated, 2);
  EXPECT_EQ(world.qty(3), 30);
  EXPECT_EQ(name(world.journal.entries.at(2).decision.why().cause), "store failed");
  EXPECT_NE(why(2).find("time of the sweep is over"), std::string::npos) << why(2);
}

TEST_F(ApplyTest, WithholdsWhatTheBrakeWithholds) {
  plan.products[0].withheld = true;
  EXPECT_EQ(carry_out().report.summary.held, 1);
  EXPECT_EQ(world.qty(1), 10);
}

TEST_F(ApplyTest, PlansARowThatMovedAnew) {
  world.shop.row(pid(1))->configoption7 = "50";
  world.shop.row(pid(1))->qty = 9;
  const Applied applied = carry_out();
  EXPECT_EQ(world.qty(1), 2);
  EXPECT_EQ(applied.report.entries.at(0).old_qty, 9);
  EXPECT_EQ(applied.report.summary.updated, 3);
}

TEST_F(ApplyTest, LeavesARowThatMovedAloneWhereThePlanIsToBeCarriedOutAsItIs) {
  world.shop.row(pid(1))->qty = 9;
  const Applied applied = carry_out(false);
  EXPECT_EQ(world.qty(1), 9);
  EXPECT_EQ(why(0), "the row moved since the plan was made");
  EXPECT_EQ(applied.report.summary.updated, 2) << "the others are written";
  ASSERT_EQ(applied.kept_for_now.size(), 1U);
  EXPECT_EQ(applied.kept_for_now[0].product, pid(1));
}

TEST_F(ApplyTest, ReadsTheRowWhereTheReplyToAWriteWasLost) {
  store.fail(StoreFault::writes_done, "connection lost");
  EXPECT_EQ(carry_out().report.summary.updated, 3);
  EXPECT_EQ(why(0), "1 group takes 4 more");
}

TEST_F(ApplyTest, KeepsARowOfWhichNobodyKnowsWhetherItWasWritten) {
  store.fail(StoreFault::reads_and_writes, "connection lost");
  const Applied applied = carry_out();
  EXPECT_EQ(applied.report.summary.skipped, 3);
  EXPECT_EQ(why(0), "the shop's store failed while the qty was written: connection lost");
  EXPECT_EQ(applied.kept_for_now.size(), 3U);
}

TEST_F(ApplyTest, AsksTheBrakeOnceForTheWholePlan) {
  world.panel.set(PackageId{1}, package_found(1, false));
  answers = world.panel.ask(questions_of(shop, Scope::all(), policy), Milliseconds{1});
  results = panel::LookupResults(answers);
  plan.products[0].withheld = true;  // when it was to become something else
  plan.products[0].row.qty = plan.products[1].row.qty = 1;
  const Applied applied = carry_out();
  EXPECT_EQ(world.qty(1), 10) << "the row moved, and is to be 0 now";
  EXPECT_EQ(applied.report.summary.held, 1);
  EXPECT_EQ(world.qty(2), 0);
  EXPECT_EQ(applied.emptied, std::vector{pid(2)});
}

}  // namespace
}  // namespace vfstock::stock
