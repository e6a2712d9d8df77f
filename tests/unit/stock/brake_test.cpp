#include "engine/stock/brake.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "engine/stock/keeper.h"
#include "tests/unit/stock/stock_world.h"

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
  void open(std::int64_t products, std::int64_t percent = 50) {
    world.panel.set(GroupId{1}, group_taking(4));
    for (std::int64_t id = 1; id <= products; ++id) {
      world.shop.put(product(id, 4, std::to_string(id)));
      world.panel.set(PackageId{id}, package_found(id));
    }
    Policy policy;
    policy.brake_percent = percent;
    keeper = std::make_unique<StockKeeper>(
        StockKeeper::Ports{world.shop, world.panel, world.journal, state, billing, world.clock},
        policy);
  }
  void gone(std::int64_t first, std::int64_t last) {
    for (std::int64_t id = first; id <= last; ++id) world.panel.set(PackageId{id}, Missing{});
  }
  void back(std::int64_t first, std::int64_t last) {
    for (std::int64_t id = first; id <= last; ++id) {
      world.panel.set(PackageId{id}, package_found(id));
    }
  }
  Summary recalculate(bool release = false) { return keeper->recalculate(release).summary; }
  void pass(panel::Milliseconds time) { world.clock.advance(time); }

  StockWorld world;
  MemoryState state;
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

TEST_F(BrakeTest, AShopOfFewProductsHasNoBrake) {
  open(9);
  gone(1, 9);
  EXPECT_EQ(recalculate().zeroed, 9);
}

TEST_F(BrakeTest, ProductsWithoutStockDoNotCount) {
  open(12);
  for (std::int64_t id = 7; id <= 12; ++id) world.shop.row(pid(id))->qty = 0;
  gone(1, 12);
  EXPECT_EQ(recalculate().zeroed, 6);
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
  EXPECT_EQ(world.panel.asked.back().packages.size(), 10U) << "nothing comes from the cache";
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
  open(10, 0);
  gone(1, 10);
  EXPECT_EQ(recalculate().zeroed, 10);
}

}  // namespace
}  // namespace vfstock::stock
