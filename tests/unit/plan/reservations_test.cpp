#include "engine/plan/reservations.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "sim/shop/failing_catalogue.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using capacity::Count;
using capacity::Footprint;
using panel::GroupId;
using panel::PackageId;

TEST(ReservationCost, IsTheDimensionThatIsHitHardest) {
  const Footprint small{1024, 1, 10, 0, 1};
  EXPECT_EQ(cost({1024, 1, 10, 0, 1}, small), 1);
  EXPECT_EQ(cost({4096, 2, 10, 0, 1}, small), 4);
  EXPECT_EQ(cost({1024, 1, 10, 0, 8}, small), 8);
  EXPECT_EQ(cost({1025, 1, 10, 0, 1}, small), 2);
  EXPECT_EQ(cost({512, 1, 5, 0, 0}, small), 1);
}

TEST(ReservationCost, ADimensionThatTheProductDoesNotNeedCostsNothing) {
  EXPECT_EQ(cost({4096, 1, 500, 0, 4}, {2048, 0, 0, 0, 0}), 2);
}

TEST(WithoutReserved, StopsAtNothingAndLeavesUnlimitedAlone) {
  const std::vector<GroupId> groups{GroupId{1}};
  const std::vector<Reservation> held{{groups, Footprint{4096, 1, 10, 0, 1}, "", 3}};
  const Footprint small{1024, 1, 10, 0, 1};
  EXPECT_EQ(without_reserved(Count::of(20), held, groups, small), Count::of(8));
  EXPECT_EQ(without_reserved(Count::of(12), held, groups, small), Count::of(0));
  EXPECT_EQ(without_reserved(Count::of(11), held, groups, small), Count::of(0));
  EXPECT_EQ(without_reserved(Count::unlimited(), held, groups, small), Count::unlimited());
  const std::vector<GroupId> elsewhere{GroupId{2}};
  EXPECT_EQ(without_reserved(Count::of(20), held, elsewhere, small), Count::of(20));
}

class PendingOrders : public testing::Test {
 protected:
  PendingOrders() {
    policy.reserve_pending = true;
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(10));
    world.panel.set(GroupId{2}, group_taking(10));
    world.shop.put(product(1, 0));
  }
  void order(std::int64_t service, std::int64_t product, std::int64_t qty = 1,
             std::optional<std::string> option = {}) {
    catalogue::PendingService pending;
    pending.service = service;
    pending.qty = qty;
    pending.ordered = world.clock.wall();
    pending.product.id = pid(product);
    pending.option = std::move(option);
    world.shop.put(pending);
  }
  std::int64_t swept() {
    (void)world.refresher(policy).sweep(Trigger::cron);
    return world.qty(1);
  }

  StockWorld world;
  Policy policy;
};

TEST_F(PendingOrders, HoldTheirPlaces) {
  order(1, 1, 3);
  EXPECT_EQ(swept(), 7);
  world.shop.remove_pending(1);
  EXPECT_EQ(swept(), 10);
}

TEST_F(PendingOrders, AreNotCountedByDefault) {
  policy.reserve_pending = false;
  order(1, 1, 3);
  EXPECT_EQ(swept(), 10);
}

TEST_F(PendingOrders, HoldPlacesOfEveryProductInTheSameGroup) {
  panel::Package big = *package_found(2).if_found();
  big.memory_mb = 4096;
  world.panel.set(PackageId{2}, panel::Lookup<panel::Package>::found(big));
  catalogue::Product unmanaged = product(2, 0, "2");
  unmanaged.stockcontrol = 0;
  world.shop.put(unmanaged);
  order(1, 2);
  EXPECT_EQ(swept(), 6);
}

TEST_F(PendingOrders, HoldAPlaceInEveryGroupThatTheyCanGoTo) {
  world.shop.set_option_values(pid(1), {{"Location", "2"}});
  order(1, 1, 2);
  EXPECT_EQ(swept(), 16);
  order(1, 1, 2, "2|Paris");
  EXPECT_EQ(swept(), 18);
}

TEST_F(PendingOrders, UnderNestedHoldTheirPlaceOnce) {
  policy.ipv4_cap = capacity::Ipv4Cap::nested;
  world.shop.set_option_values(pid(1), {{"Location", "2"}});
  order(1, 1, 2);
  EXPECT_EQ(swept(), 18);
}

TEST_F(PendingOrders, AreForgottenAfterSevenDays) {
  order(1, 1);
  world.clock.advance(std::chrono::days{7} - std::chrono::seconds{1});
  EXPECT_EQ(swept(), 9);
  world.clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(swept(), 10);
}

TEST_F(PendingOrders, OfAPackageThatCannotBeReadKeepTheQty) {
  world.shop.put(product(2, 5, "2"));
  world.panel.set(PackageId{2}, unavailable());
  order(1, 2);
  EXPECT_EQ(swept(), 0);
  EXPECT_EQ(name(world.journal.entries.at(0).decision.why().cause), "package unavailable");
}

TEST_F(PendingOrders, OfAPackageThatIsGoneHoldNothing) {
  world.shop.put(product(2, 5, "2"));
  order(1, 2);
  EXPECT_EQ(swept(), 10);
}

TEST_F(PendingOrders, ComeOffBeforeTheCeiling) {
  policy.qty_ceiling = 8;
  order(1, 1);
  EXPECT_EQ(swept(), 8);
}

}  // namespace
}  // namespace vfstock::stock
