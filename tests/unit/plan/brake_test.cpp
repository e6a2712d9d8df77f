#include "engine/plan/brake.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/schedule/keeper.h"
#include "sim/shop/failing_catalogue.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::Missing;
using panel::PackageId;
using std::chrono::minutes;
using std::chrono::seconds;

// A shop of products 1..n, each of its own package with room for four.
class BrakeTest : public testing::Test {
 protected:
  void open(std::int64_t products, const Policy& policy = {}) {
    world.panel.set(GroupId{1}, group_taking(4));
    for (std::int64_t id = 1; id <= products; ++id) {
      world.shop.put(product(id, 4, std::to_string(id)));
      world.panel.set(PackageId{id}, package_found(id));
    }
    keeper = std::make_unique<StockKeeper>(
        StockKeeper::Ports{store, world.panel, world.journal, state, billing, world.clock}, policy);
  }
  void gone(std::int64_t first, std::int64_t last) {
    for (std::int64_t id = first; id <= last; ++id) world.panel.set(PackageId{id}, Missing{});
  }
  void back(std::int64_t first, std::int64_t last) {
    for (std::int64_t id = first; id <= last; ++id) {
      world.panel.set(PackageId{id}, package_found(id));
    }
  }
  Summary recalculate(bool release = false) {
    return keeper->recalculate(Scope::all(), release).summary;
  }
  void pass(Milliseconds time) { world.clock.advance(time); }

  StockWorld world;
  static Policy with_brake(std::int64_t percent) {
    Policy policy;
    policy.brake_percent = percent;
    return policy;
  }
  /// Packages are remembered for longer than the brake waits.
  static Policy with_long_memory() {
    Policy policy;
    policy.package_ttl = minutes{30};
    return policy;
  }

  sim::shop::FailingCatalogue store{world.shop};
  sim::shop::MemoryState state;
  NoBilling billing;
  std::unique_ptr<StockKeeper> keeper;
};

TEST_F(BrakeTest, HoldsWhenMoreThanTheShareWouldFallAndLetsTheRestThrough) {
  open(10);
  gone(1, 6);
  world.shop.row(pid(10))->qty = 1;
  EXPECT_EQ(recalculate(), (Summary{.total = 10, .updated = 1, .unchanged = 3, .held = 6}));
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_EQ(world.qty(10), 4);
}

TEST_F(BrakeTest, TheShareItselfIsNotTooMuch) {
  open(10);
  gone(1, 5);
  EXPECT_EQ(recalculate().zeroed, 5);
}

TEST_F(BrakeTest, OneProductAloneMayFall) {
  open(1);
  gone(1, 1);
  EXPECT_EQ(recalculate().zeroed, 1);
}

TEST_F(BrakeTest, TwoOfThreeMayNot) {
  open(3);
  gone(1, 2);
  EXPECT_EQ(recalculate().held, 2);
}

// A shop of products that stand at `qty` each, which a group with room for `places` is to change.
class CapacityBrakeTest : public BrakeTest {
 protected:
  void stand_at(std::int64_t products, std::int64_t qty, std::int64_t places,
                const Policy& policy = {}) {
    open(products, policy);
    for (std::int64_t id = 1; id <= products; ++id) world.shop.row(pid(id))->qty = qty;
    world.panel.set(GroupId{1}, places == 0 ? group_sold_out() : group_taking(places));
  }
};

TEST_F(CapacityBrakeTest, HoldsAFallToNothingWhateverTheCause) {
  stand_at(8, 31, 0);
  EXPECT_EQ(recalculate().held, 8);
  EXPECT_EQ(world.qty(1), 31);
}

TEST_F(CapacityBrakeTest, HoldsAFallToLessThanAQuarter) {
  stand_at(2, 33, 8);
  EXPECT_EQ(recalculate().held, 2);
  stand_at(2, 32, 8);
  EXPECT_EQ(recalculate().updated, 2) << "a quarter itself may be kept";
}

TEST_F(CapacityBrakeTest, LetsProductsSellTheirLastPlaces) {
  stand_at(8, 4, 0);
  EXPECT_EQ(recalculate().zeroed, 8);
  stand_at(8, 5, 0);
  EXPECT_EQ(recalculate().held, 8);
}

TEST_F(CapacityBrakeTest, CountsFromWhereThePolicySays) {
  Policy policy;
  policy.brake_from = 40;
  stand_at(8, 31, 0, policy);
  EXPECT_EQ(recalculate().zeroed, 8);
}

TEST_F(CapacityBrakeTest, CountsAnyStockWhereAGroupIsGone) {
  open(2);
  for (std::int64_t id = 1; id <= 2; ++id) {
    world.shop.put(product(id, 9, std::to_string(id), "1"));
    world.shop.set_option_values(pid(id), {{"Location", "9"}});
    world.shop.row(pid(id))->qty = 4;
  }
  world.panel.set(GroupId{1}, group_sold_out());
  EXPECT_EQ(recalculate().held, 2) << "group 9 does not exist";
}

TEST_F(CapacityBrakeTest, APersonAloneReleasesWherePolicySaysSo) {
  Policy policy;
  policy.brake_release = BrakeRelease::forced;
  stand_at(8, 31, 0, policy);
  (void)recalculate();
  EXPECT_EQ(keeper->next_due(), std::nullopt);
  pass(std::chrono::hours{48});
  EXPECT_EQ(recalculate().held, 8);
  EXPECT_EQ(recalculate(true).zeroed, 8);
}

TEST_F(CapacityBrakeTest, TellsWhatItLetsThrough) {
  const auto released = [&](bool force) {
    return keeper->recalculate(Scope::all(), force).released;
  };
  stand_at(8, 31, 0);
  EXPECT_EQ(released(false), 0) << "it is held";
  pass(minutes{10});
  EXPECT_EQ(released(false), 8);
  EXPECT_EQ(released(false), 0) << "once";
  stand_at(8, 31, 0);
  EXPECT_EQ(released(false), 0);
  EXPECT_EQ(released(true), 8);
  stand_at(8, 31, 0);
  EXPECT_EQ(released(true), 8) << "though it never held them";
  EXPECT_EQ(keeper->recalculate(Scope::of({pid(1)}), true).released, 0) << "nothing falls";
}

TEST_F(CapacityBrakeTest, ACalendarThatJumpsIsNoPassingOfTime) {
  stand_at(8, 31, 0);
  (void)recalculate();
  world.clock.set_wall(world.clock.wall() + std::chrono::years{56});
  pass(seconds{5});
  stand_at(8, 31, 0);
  EXPECT_EQ(recalculate().held, 8);
  pass(minutes{10});
  EXPECT_EQ(recalculate().zeroed, 8);
}

TEST_F(BrakeTest, ProductsWithoutStockDoNotCount) {
  open(12);
  for (std::int64_t id = 7; id <= 12; ++id) world.shop.row(pid(id))->qty = 0;
  gone(1, 4);
  EXPECT_EQ(recalculate().held, 4) << "of the six with stock";
}

TEST_F(BrakeTest, DisabledPackagesAndMissingGroupsCountToo) {
  open(12);
  for (std::int64_t id = 1; id <= 4; ++id) world.panel.set(PackageId{id}, package_found(id, false));
  for (std::int64_t id = 5; id <= 8; ++id) {
    world.shop.put(product(id, 4, std::to_string(id), "9"));
  }
  EXPECT_EQ(recalculate().held, 8);
}

TEST_F(BrakeTest, SellingOutIsNoReasonToBrake) {
  open(12);
  world.panel.set(GroupId{1}, group_sold_out());
  EXPECT_EQ(recalculate().zeroed, 12);
}

TEST_F(BrakeTest, CartViewsDoNotPassIt) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_EQ(world.journal.entries.back().outcome, Outcome::held);
}

TEST_F(BrakeTest, CartViewsAddUpToTheShare) {
  open(10);
  gone(1, 10);
  for (std::int64_t id = 1; id <= 10; ++id) {
    keeper->view_cart(pid(id));
    pass(minutes{1});  // or the next 404 cannot be confirmed
  }
  for (std::int64_t id = 1; id <= 10; ++id) EXPECT_EQ(world.qty(id), id <= 5 ? 0 : 4) << id;
}

TEST_F(BrakeTest, ASecondLookPastTheCacheReleasesIt) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  EXPECT_EQ(keeper->next_due(), world.clock.now() + minutes{10});
  pass(minutes{10});
  keeper->run_due();
  EXPECT_EQ(world.journal.refreshes.back().trigger, Trigger::brake);
  ASSERT_GE(world.panel.asked.size(), 2U);
  EXPECT_EQ(world.panel.asked.end()[-2].packages.size(), 10U) << "nothing comes from the cache";
  EXPECT_EQ(world.qty(1), 0);
  EXPECT_EQ(keeper->next_due(), std::nullopt);
}

TEST_F(BrakeTest, AnEarlierSweepDoesNotReleaseIt) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  pass(minutes{10} - seconds{1});
  EXPECT_EQ(recalculate().held, 6);
}

TEST_F(BrakeTest, ASecondLookThatSaysOtherwiseWritesTheTruth) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  back(2, 6);
  pass(minutes{10});
  keeper->run_due();
  EXPECT_EQ(world.qty(1), 0);
  EXPECT_EQ(world.qty(2), 4);
}

TEST_F(BrakeTest, SomebodyCanReleaseIt) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  EXPECT_EQ(recalculate(true).zeroed, 6);
}

TEST_F(BrakeTest, SurvivesARestart) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  pass(minutes{4});
  open(10);
  gone(1, 6);
  EXPECT_EQ(keeper->next_due(), world.clock.now() + minutes{6});
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.qty(1), 4);
}

TEST_F(BrakeTest, ZeroPercentMeansNoBrake) {
  open(10, with_brake(0));
  gone(1, 10);
  EXPECT_EQ(recalculate().zeroed, 10);
}

TEST_F(BrakeTest, ASecondLookAsksAnewWhateverIsStillRemembered) {
  open(10, with_long_memory());
  for (std::int64_t id = 1; id <= 6; ++id) world.panel.set(PackageId{id}, package_found(id, false));
  (void)recalculate();
  back(1, 6);
  pass(minutes{10});
  keeper->run_due();
  for (std::int64_t id = 1; id <= 6; ++id) EXPECT_EQ(world.qty(id), 4) << id;
}

TEST_F(BrakeTest, ALookThatBeganTooEarlyReleasesNothing) {
  open(10, with_long_memory());
  for (std::int64_t id = 1; id <= 6; ++id) world.panel.set(PackageId{id}, package_found(id, false));
  (void)recalculate();
  back(1, 6);
  pass(minutes{10} - seconds{10});
  world.panel.on_ask = [&] { pass(seconds{20}); };
  EXPECT_EQ(recalculate().held, 6) << "it ended after the ten minutes, on what was remembered";
}

TEST_F(BrakeTest, ASecondLookReleasesOnlyWhatTheFirstSaw) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  pass(minutes{9});
  gone(7, 10);
  pass(minutes{1});
  keeper->run_due();
  EXPECT_EQ(world.qty(1), 0);
  EXPECT_EQ(world.qty(7), 4);
  EXPECT_EQ(keeper->next_due(), world.clock.now() + minutes{10});
}

TEST_F(BrakeTest, AShopThatCannotBeReadAtTheSecondLookIsLookedAtAgainLater) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  store.fail(sim::shop::StoreFault::reads, "down");
  pass(minutes{10});
  keeper->run_due();
  ASSERT_TRUE(keeper->next_due());
  EXPECT_GT(*keeper->next_due(), world.clock.now());
  store.heal();
  pass(minutes{1});
  keeper->run_due();
  EXPECT_EQ(world.qty(1), 0);
}

TEST_F(BrakeTest, ForcingSomeProductsReleasesTheseAlone) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  (void)keeper->recalculate(Scope::of({pid(1)}), true);
  EXPECT_EQ(world.qty(1), 0);
  keeper->view_cart(pid(2));
  EXPECT_EQ(world.qty(2), 4);
}

TEST_F(BrakeTest, WhatWasEmptiedBeforeARestartCountsAfterIt) {
  open(10);
  gone(1, 10);
  for (std::int64_t id = 1; id <= 5; ++id) {
    keeper->view_cart(pid(id));
    pass(minutes{1});
  }
  const auto emptied = world.shop.rows();
  open(10);
  for (const auto& [id, row] : emptied) world.shop.put(row);
  gone(1, 10);
  keeper->view_cart(pid(6));
  EXPECT_EQ(world.qty(5), 0);
  EXPECT_EQ(world.qty(6), 4);
}

TEST_F(BrakeTest, ARestartWithoutABrakeForgetsIt) {
  open(10);
  gone(1, 6);
  (void)recalculate();
  open(10, with_brake(0));
  EXPECT_EQ(keeper->next_due(), std::nullopt);
}

}  // namespace
}  // namespace vfstock::stock
