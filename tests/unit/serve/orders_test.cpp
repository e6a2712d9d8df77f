// Orders as the shop's tables and its API tell of them.
#include <gmock/gmock.h>

#include "engine/live/serve/shop_orders.h"
#include "engine/sqlite/trial_shop.h"
#include "tests/unit/cli/command.h"

namespace vfstock::serve {
namespace {

using schedule::Accepted;
using ::testing::HasSubstr;

struct Orders : ::testing::Test {
  sim::cli::Folder folder;
  std::unique_ptr<sqlite::SqliteDatabase> shop = made();

  std::unique_ptr<sqlite::SqliteDatabase> made() {
    const std::string file = folder.path() + "/shop.db";
    catalogue::Product ours;
    ours.id = {1};
    ours.servertype = "VirtFusionDirect";
    catalogue::Product other;
    other.id = {2};
    other.servertype = "other";
    sqlite::create_trial_shop(file, {{ours, other}, {}, {}});
    return std::make_unique<sqlite::SqliteDatabase>(file, sqlite::SqliteDatabase::Open::read_write);
  }
  std::int64_t waiting(std::int64_t service) {
    return ShopOrders(*shop, std::nullopt).order_of({service}).value().others_waiting;
  }
};

TEST_F(Orders, WaitForTheOtherServicesOfOurModuleThatHaveNoServer) {
  shop->run(
      "INSERT INTO tblorders (id, date, status) VALUES (5, '', 'Pending');"
      "INSERT INTO tblhosting (id, orderid, packageid, domainstatus) VALUES (10, 5, 1, 'Active'),"
      "(11, 5, 1, 'Pending'), (12, 5, 2, 'Pending'), (13, 5, 1, 'Cancelled'), (14, 6, 1, "
      "'Pending');");
  const auto order = ShopOrders(*shop, std::nullopt).order_of({10});
  ASSERT_TRUE(order);
  EXPECT_EQ(order->id.value, 5);
  EXPECT_EQ(order->status, "Pending");
  EXPECT_EQ(order->others_waiting, 1);
  shop->run("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (11, 99)");
  EXPECT_EQ(waiting(10), 0);
}

TEST_F(Orders, AreNoneForAServiceWithoutOne) {
  shop->run("INSERT INTO tblhosting (id, orderid, packageid) VALUES (20, 0, 1)");
  EXPECT_FALSE(ShopOrders(*shop, std::nullopt).order_of({20}));
  EXPECT_FALSE(ShopOrders(*shop, std::nullopt).order_of({21}));
}

TEST_F(Orders, AreNotAcceptedWithoutCredentials) {
  EXPECT_THROW(ShopOrders(*shop, std::nullopt).accept({5}), catalogue::StoreError);
}

TEST(AcceptOrder, IsWhatWhmcsSaysItIs) {
  EXPECT_EQ(accepted_from(200, R"({"result":"success"})"), Accepted::yes);
  EXPECT_EQ(accepted_from(200, R"({"result":"error","message":"Order ID not found or Status not )"
                               R"(Pending"})"),
            Accepted::not_pending);
}

TEST(AcceptOrder, IsNoneWhereWhmcsSaysAnythingElse) {
  const std::pair<int, const char*> cases[] = {
      {200, R"({"result":"error","message":"Invalid Permissions"})"},
      {500, R"({"result":"success"})"},
      {200, "<html>login</html>"},
      {200, "[]"},
      {200, R"({"result":["success"],"message":5})"},
      {403, ""}};
  for (const auto& [status, body] : cases) {
    EXPECT_THROW(accepted_from(status, body), catalogue::StoreError) << body;
  }
}

TEST(Form, EscapesWhatIsNotPlain) {
  EXPECT_EQ(form_encoded("aZ9-._ &=+%\xc3"), "aZ9-._%20%26%3D%2B%25%C3");
}

}  // namespace
}  // namespace vfstock::serve
