// WHMCS as the engine meets it: orders, its own decrement, services on their way, AcceptOrder.
#include "sim/shop/shop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/panel/fake_clock.h"

namespace vfstock::sim::shop {
namespace {

using catalogue::ProductId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ShopTest : public ::testing::Test {
 protected:
  ShopTest() {
    for (const std::int64_t id : {1, 2}) {
      catalogue::Product row;
      row.id = ProductId{id};
      row.servertype = "VirtFusionDirect";
      row.stockcontrol = 1;
      row.qty = 3;
      tables.put(row);
    }
  }
  std::int64_t qty(std::int64_t product) { return tables.row(ProductId{product})->qty; }
  static OrderLine line(std::int64_t product, std::optional<std::int64_t> service = {}) {
    return {ProductId{product}, service, std::nullopt};
  }

  panel::FakeClock clock;
  sim::shop::MemoryCatalogue tables;
  Shop shop{tables, clock};
};

TEST_F(ShopTest, AdoptsWhatWasOrderedBefore) {
  catalogue::PendingService pending;
  pending.service = 41;
  pending.order = 9;
  pending.qty = 2;
  pending.product.id = ProductId{1};
  pending.option = "3|London";
  shop.adopt(pending);
  EXPECT_EQ(qty(1), 3) << "its place was taken off when it was ordered";
  ASSERT_THAT(tables.pending_services(), SizeIs(1));
  EXPECT_EQ(tables.pending_services()[0].qty, 2);
  EXPECT_EQ(shop.service(41)->group, 3);
  EXPECT_EQ(shop.order_status(9), "Pending");
  pending.qty = 1;
  shop.adopt(pending);
  ASSERT_THAT(tables.pending_services(), SizeIs(1)) << "in place of what was known";
  EXPECT_EQ(tables.pending_services()[0].qty, 1);
  EXPECT_TRUE(shop.cancel(9));
  EXPECT_THAT(tables.pending_services(), IsEmpty());
}

TEST_F(ShopTest, TakesEachServiceOffTheQtyWhenItIsOrdered) {
  const auto order = shop.order({line(1, 10), line(1, 11), line(2, 12)});
  ASSERT_TRUE(order);
  EXPECT_EQ(shop.order_status(*order), "Pending");
  EXPECT_EQ(qty(1), 1);
  EXPECT_EQ(qty(2), 2);
  EXPECT_THAT(tables.pending_services(), SizeIs(3));
}

TEST_F(ShopTest, RefusesAnOrderOfMoreThanThereIsAndChangesNothing) {
  EXPECT_FALSE(shop.order({line(1), line(1), line(1), line(1)}));
  EXPECT_FALSE(shop.order({line(2), line(1), line(1), line(1), line(1)}));
  EXPECT_EQ(qty(1), 3);
  EXPECT_EQ(qty(2), 3);
  EXPECT_THAT(tables.pending_services(), IsEmpty());
}

TEST_F(ShopTest, SellsWithoutEndWhatHasNoStockControl) {
  tables.row(ProductId{1})->stockcontrol = 0;
  tables.row(ProductId{1})->qty = 0;
  EXPECT_TRUE(shop.order({line(1)}));
  EXPECT_EQ(qty(1), 0);
}

TEST_F(ShopTest, RefusesProductsAndIdsThatMakeNoSense) {
  EXPECT_THROW(shop.order({line(9)}), std::invalid_argument);
  shop.order({line(1, 10)}, 7);
  EXPECT_THROW(shop.order({line(1)}, 7), std::invalid_argument);
  EXPECT_THROW(shop.order({line(1, 10)}), std::invalid_argument);
  EXPECT_THROW(shop.provisioned(99, 1), std::invalid_argument);
}

TEST_F(ShopTest, GivesNoIdASecondTime) {
  const auto first = shop.order({line(1, 10)});
  shop.forget(10);
  EXPECT_FALSE(shop.order_status(*first)) << "it went with its last service";
  const auto second = shop.order({line(1)});
  EXPECT_NE(second, first);
  EXPECT_EQ(shop.service(10), nullptr);
  shop.order({line(1, 20)}, 7);
  shop.forget(20);
  EXPECT_EQ(shop.order({line(2)}), 8);
  EXPECT_EQ(shop.add_service(line(1)), 22);
}

TEST_F(ShopTest, GivesNothingBackWhenAnOrderIsCancelled) {
  const auto order = shop.order({line(1, 10), line(1, 11)});
  shop.provisioned(10, 70);
  EXPECT_TRUE(shop.cancel(*order));
  EXPECT_EQ(qty(1), 1);
  EXPECT_EQ(shop.order_status(*order), "Cancelled");
  EXPECT_EQ(shop.service(10)->status, ServiceStatus::active) << "it has its server";
  EXPECT_EQ(shop.service(11)->status, ServiceStatus::cancelled);
  EXPECT_THAT(tables.pending_services(), IsEmpty());
  EXPECT_FALSE(shop.cancel(99));
}

TEST_F(ShopTest, ShowsWhatWaitsWithItsMomentAndLocation) {
  clock.advance(std::chrono::hours{5});
  shop.order({{ProductId{2}, 10, 4}});
  const auto waiting = tables.pending_services();
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].service, 10);
  EXPECT_EQ(waiting[0].product.id, ProductId{2});
  EXPECT_EQ(waiting[0].ordered, clock.wall());
  EXPECT_EQ(waiting[0].option, "4");
  shop.provisioned(10, 70);
  EXPECT_THAT(tables.pending_services(), IsEmpty());
}

TEST_F(ShopTest, AServiceOfAnAdministratorTouchesNoQtyAndHasNoOrder) {
  const std::int64_t service = shop.add_service(line(1));
  EXPECT_EQ(qty(1), 3);
  EXPECT_THAT(tables.pending_services(), IsEmpty());
  EXPECT_FALSE(shop.order_of(catalogue::ServiceId{service}));
}

TEST_F(ShopTest, FollowsAServiceToItsEnd) {
  shop.add_service(line(1, 10));
  shop.provisioned(10, 70);
  EXPECT_EQ(shop.service(10)->server, 70);
  shop.changed_product(10, ProductId{2});
  EXPECT_EQ(shop.service(10)->product, ProductId{2});
  shop.terminated(10);
  EXPECT_EQ(shop.service(10)->status, ServiceStatus::terminated);
  EXPECT_FALSE(shop.service(10)->server);
}

TEST_F(ShopTest, CountsTheOtherServicesThatWait) {
  shop.order({line(1, 10), line(1, 11), line(2, 12)}, 7);
  const auto others = [&](std::int64_t service) {
    return shop.order_of(catalogue::ServiceId{service})->others_waiting;
  };
  EXPECT_EQ(others(10), 2);
  shop.provisioned(11, 70);
  EXPECT_EQ(others(10), 1);
  EXPECT_EQ(others(11), 2);
  shop.provisioned(12, 71);
  EXPECT_EQ(others(10), 0);
}

TEST_F(ShopTest, AcceptsAPendingOrderOnce) {
  std::vector<bool> answers;
  shop.on_accept([&](const AcceptCall& call) { answers.push_back(call.accepted); });
  shop.order({line(1, 10)}, 7);
  EXPECT_EQ(shop.accept(catalogue::OrderId{7}), schedule::Accepted::yes);
  EXPECT_EQ(shop.order_status(7), "Active");
  EXPECT_EQ(shop.accept(catalogue::OrderId{7}), schedule::Accepted::not_pending);
  EXPECT_EQ(shop.accept(catalogue::OrderId{8}), schedule::Accepted::not_pending);
  EXPECT_THAT(answers, ElementsAre(true, false, false));
}

TEST_F(ShopTest, TellsTheOnlookerWhenTheOrderIsAccepted) {
  std::vector<std::string> seen;
  shop.on_accept([&](const AcceptCall& call) {
    seen.push_back(call.status + " to " + std::string(*shop.order_status(call.order)));
    shop.cancel(call.order);
  });
  shop.order({line(1, 10)}, 7);
  EXPECT_EQ(shop.accept(catalogue::OrderId{7}), schedule::Accepted::yes);
  EXPECT_THAT(seen, ElementsAre("Pending to Active"));
  EXPECT_EQ(shop.order_status(7), "Cancelled") << "what the onlooker did stands";
}

TEST_F(ShopTest, TellsTheOnlookerWhatTheOrderStillLacks) {
  AcceptCall seen;
  shop.on_accept([&](const AcceptCall& call) { seen = call; });
  shop.order({line(1, 10), line(1, 11), line(2, 12)}, 7);
  shop.provisioned(10, 70);
  shop.accept(catalogue::OrderId{7});
  EXPECT_EQ(seen.order, 7);
  EXPECT_EQ(seen.status, "Pending");
  EXPECT_EQ(seen.waiting, 2);
  EXPECT_EQ(seen.provisioned, 1);
}

TEST_F(ShopTest, FailsToAcceptWhileItIsTold) {
  shop.order({line(1, 10)}, 7);
  shop.fail_acceptance("does not answer");
  EXPECT_THROW(shop.accept(catalogue::OrderId{7}), catalogue::StoreError);
  EXPECT_EQ(shop.order_status(7), "Pending");
  shop.fail_acceptance("");
  EXPECT_EQ(shop.accept(catalogue::OrderId{7}), schedule::Accepted::yes);
}

}  // namespace
}  // namespace vfstock::sim::shop
