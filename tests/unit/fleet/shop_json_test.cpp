#include "sim/fleet/shop_json.h"

#include <gtest/gtest.h>

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
