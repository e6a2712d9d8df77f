#include "sim/fleet/shop_json.h"

#include <gtest/gtest.h>

#include "sim/fleet/fleet_json.h"

namespace vfstock::sim::fleet {
namespace {

using catalogue::ProductId;

TEST(ShopFile, FollowsOptionsThroughTheShopsTables) {
  const Shop shop = read_tables(document::parse(R"({
    "tblproducts": [{"id": 1}, {"id": 2}],
    "tblproductconfiglinks": [{"gid": 5, "pid": 1}],
    "tblproductconfigoptions": [{"id": 7, "gid": 5, "optionname": "Location"}, {"id": 8,
      "gid": 6, "optionname": "Other"}],
    "tblproductconfigoptionssub": [{"id": 1, "configid": 7, "optionname": "3|London"},
      {"id": 2, "configid": 8, "optionname": "4"}]})",
                                                "test.json"),
                                {"test.json", "/shop"});
  const auto& values = shop.options.at(ProductId{1});
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].option, "Location");
  EXPECT_EQ(values[0].value, "3|London");
  EXPECT_FALSE(shop.options.contains(ProductId{2}));
}

TEST(ShopFile, ReadsServicesThatWaitThroughTheShopsTables) {
  const Shop shop = read_tables(document::parse(R"({
    "tblproducts": [{"id": 1}],
    "tblproductconfigoptionssub": [{"id": 8, "configid": 7, "optionname": "3|London"}],
    "tblorders": [{"id": 5, "date": "2026-11-24 10:00:00", "status": "Pending"},
      {"id": 6, "date": "2026-11-24 10:00:00", "status": "Cancelled"},
      {"id": 7, "date": "0000-00-00 00:00:00"}],
    "tblhosting": [{"id": 41, "orderid": 5, "packageid": 1, "qty": 2},
      {"id": 42, "orderid": 6, "packageid": 1},
      {"id": 43, "packageid": 1, "domainstatus": "Active"},
      {"id": 44, "packageid": 1, "regdate": "2026-11-23"}, {"id": 45, "packageid": 1},
      {"id": 46, "orderid": 7, "packageid": 1}],
    "tblhostingconfigoptions": [{"relid": 41, "optionid": 8}]})",
                                                "test.json"),
                                {"test.json", "/shop"}, "2026-11-24 12:00:00");
  ASSERT_EQ(shop.waiting.size(), 4u);
  EXPECT_EQ(shop.waiting[0].service, 41);
  EXPECT_EQ(shop.waiting[0].order, 5);
  EXPECT_EQ(shop.waiting[0].qty, 2);
  EXPECT_EQ(shop.waiting[0].location, "3|London");
  EXPECT_EQ(shop.waiting[0].age, std::chrono::hours{2});
  EXPECT_EQ(shop.waiting[1].service, 44);
  EXPECT_EQ(shop.waiting[1].age, std::chrono::hours{36});
  EXPECT_EQ(shop.waiting[2].age, std::chrono::hours{0}) << "without a date it is new";
  EXPECT_GT(shop.waiting[3].age, std::chrono::days{7}) << "a zero date is long ago";
}

TEST(ShopFile, WritesServicesThatWaitAsItReadsThem) {
  Shop shop;
  for (const std::int64_t id : {1, 2}) {
    catalogue::Product product;
    product.id = ProductId{id};
    shop.products.push_back(product);
  }
  shop.options[ProductId{1}] = {{"Location", "3|London"}};
  shop.waiting = {{41, 5, ProductId{1}, 2, "3|London", std::chrono::hours{2}},
                  {42, 5, ProductId{2}, 1, "4|Gone", std::chrono::hours{2}},
                  {43, 0, ProductId{2}, 1, std::nullopt, std::chrono::days{3}}};
  const std::chrono::sys_seconds taken = std::chrono::sys_days{std::chrono::January / 2 / 2026};
  const Shop read =
      read_tables(tables_json(shop, taken), {"test.json", "/shop"}, shop_moment(taken));
  ASSERT_EQ(read.waiting.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read.waiting[i].service, shop.waiting[i].service);
    EXPECT_EQ(read.waiting[i].order, shop.waiting[i].order);
    EXPECT_EQ(read.waiting[i].qty, shop.waiting[i].qty);
    EXPECT_EQ(read.waiting[i].location, shop.waiting[i].location);
    EXPECT_EQ(read.waiting[i].age, shop.waiting[i].age);
  }
  EXPECT_EQ(read.options.at(ProductId{1}).size(), 1u) << "what is gone is not for sale again";
  EXPECT_FALSE(read.options.contains(ProductId{2}));
}

TEST(ShopFile, RefusesServicesOfNoProductAndTwins) {
  const auto services = [](const char* text) {
    return read_shop(document::parse(text, "test.json"), {"test.json", "/shop"});
  };
  EXPECT_THROW(services(R"({"products": [{"id": 1}], "services": [{"id": 1, "product": 2}]})"),
               document::DocumentError);
  EXPECT_THROW(services(R"({"products": [{"id": 1}], "services": [{"id": 1, "product": 1},
                            {"id": 1, "product": 1}]})"),
               document::DocumentError);
  EXPECT_THROW(services(R"({"products": [{"id": 1}], "services": [{"id": 1, "product": 1,
                            "age": "99999999d"}]})"),
               document::DocumentError);
}

TEST(ShopFile, NamesOnlyUsableVirtFusionServersOfAGroup) {
  const Shop shop = read_tables(document::parse(R"({"tblproducts": [],
    "tblservers": [{"id": 1, "hostname": "a"}, {"id": 2, "hostname": "b", "type": "cpanel"},
      {"id": 3, "hostname": "c", "disabled": 1}],
    "tblservergroupsrel": [{"groupid": 4, "serverid": 1}, {"groupid": 4, "serverid": 2},
      {"groupid": 4, "serverid": 3}]})",
                                                "test.json"),
                                {"test.json", "/shop"});
  EXPECT_EQ(shop.server_groups.at(4), std::vector<std::string>{"a"});
}

TEST(ShopFile, KeepsAServerOfNoGroup) {
  const Shop shop = read_tables(document::parse(R"({"tblproducts": [],
    "tblservers": [{"id": 1, "hostname": "a"}, {"id": 2, "hostname": "b"}],
    "tblservergroupsrel": [{"groupid": 4, "serverid": 1}]})",
                                                "test.json"),
                                {"test.json", "/shop"});
  EXPECT_EQ(shop.server_groups.at(4), std::vector<std::string>{"a"});
  EXPECT_EQ(shop.server_groups.at(0), std::vector<std::string>{"b"});
}

TEST(ShopFile, TakesProductsForManagedUnlessTheySayOtherwise) {
  const Shop shop = read_shop(
      document::parse(R"({"products": [{"id": 1}, {"id": 2, "stockcontrol": 0}]})", "test.json"),
      {"test.json", "/shop"});
  EXPECT_TRUE(catalogue::is_managed(shop.products[0]));
  EXPECT_FALSE(catalogue::is_managed(shop.products[1]));
}

TEST(ShopFile, RefusesAProductThatStandsTwice) {
  EXPECT_THROW(read_shop(document::parse(R"({"products": [{"id": 1}, {"id": 1}]})", "test.json"),
                         {"test.json", "/shop"}),
               document::DocumentError);
}

}  // namespace
}  // namespace vfstock::sim::fleet
