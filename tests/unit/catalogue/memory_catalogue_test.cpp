#include "engine/catalogue/memory_catalogue.h"

#include <tuple>

#include <gtest/gtest.h>

#include "engine/catalogue/failing_catalogue.h"
#include "tests/unit/catalogue/set_from_decision.h"

namespace vfstock::catalogue {
namespace {

Product product(std::int64_t id, std::int64_t qty = 5) {
  Product made;
  made.id = ProductId{id};
  made.servertype = "VirtFusionDirect";
  made.stockcontrol = 1;
  made.qty = qty;
  return made;
}

TEST(IsManaged, NeedsBothModuleAndStockControl) {
  EXPECT_TRUE(is_managed(product(1)));
  Product other = product(1);
  other.servertype = "cpanel";
  EXPECT_FALSE(is_managed(other));
  other = product(1);
  for (const std::int64_t stockcontrol : {0, 2, -1}) {
    other.stockcontrol = stockcontrol;
    EXPECT_FALSE(is_managed(other)) << stockcontrol;
  }
}

TEST(MemoryCatalogue, ListsManagedProductsById) {
  MemoryCatalogue shop;
  Product uncontrolled = product(2);
  uncontrolled.stockcontrol = 0;
  shop.put(product(3));
  shop.put(uncontrolled);
  shop.put(product(1));
  const auto managed = shop.managed_products();
  ASSERT_EQ(managed.size(), 2U);
  EXPECT_EQ(managed[0].id, ProductId{1});
  EXPECT_EQ(managed[1].id, ProductId{3});
  EXPECT_EQ(shop.rows().size(), 3U);
}

TEST(MemoryCatalogue, WritesOnlyTheRowThatWasSeen) {
  MemoryCatalogue shop;
  shop.put(product(1, 5));
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(8), 4), Written::row_moved);
  EXPECT_EQ(shop.row(ProductId{1})->qty, 5);
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(8), 5), Written::yes);
  EXPECT_EQ(shop.row(ProductId{1})->qty, 8);
  EXPECT_EQ(shop.write(ProductId{2}, set_from_decision(8), 5), Written::row_moved);
  shop.row(ProductId{1})->stockcontrol = 0;
  EXPECT_EQ(shop.write(ProductId{1}, set_from_decision(9), 8), Written::row_moved);
}

TEST(MemoryCatalogue, TellsTheObserverOfChangesOnly) {
  MemoryCatalogue shop;
  std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>> seen;
  shop.on_write([&](ProductId id, std::int64_t before, std::int64_t after) {
    seen.emplace_back(id.value, before, after);
  });
  shop.put(product(1, 5));
  (void)shop.write(ProductId{1}, set_from_decision(8), 4);
  (void)shop.write(ProductId{1}, set_from_decision(8), 5);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0], std::make_tuple(1, 5, 8));
}

TEST(MemoryCatalogue, KnowsOptionsAndServerGroups) {
  MemoryCatalogue shop;
  shop.put(product(1));
  EXPECT_TRUE(shop.option_values(ProductId{1}).empty());
  shop.set_option_values(ProductId{1}, {{"Location", "3"}});
  EXPECT_EQ(shop.option_values(ProductId{1}).at(0).value, "3");
  EXPECT_TRUE(shop.virtfusion_hosts(7).empty());
  shop.set_virtfusion_hosts(7, {"b.example", "a.example"});
  EXPECT_EQ(shop.virtfusion_hosts(7), (std::vector<std::string>{"a.example", "b.example"}));
}

TEST(FailingCatalogue, FailsWhatItIsToldToAndHeals) {
  MemoryCatalogue shop;
  shop.put(product(1, 5));
  FailingCatalogue store(shop);
  store.fail(StoreFault::reads, "locked");
  EXPECT_THROW((void)store.managed_products(), StoreError);
  EXPECT_THROW((void)store.option_values(ProductId{1}), StoreError);
  EXPECT_THROW((void)store.virtfusion_hosts(1), StoreError);
  EXPECT_EQ(store.write(ProductId{1}, set_from_decision(6), 5), Written::yes);
  store.fail(StoreFault::writes, "read-only");
  EXPECT_EQ(store.managed_products().size(), 1U);
  EXPECT_THROW((void)store.write(ProductId{1}, set_from_decision(7), 6), StoreError);
  EXPECT_EQ(shop.row(ProductId{1})->qty, 6);
  store.fail(StoreFault::writes_done, "connection lost");
  EXPECT_THROW((void)store.write(ProductId{1}, set_from_decision(7), 6), StoreError);
  EXPECT_EQ(shop.row(ProductId{1})->qty, 7);
  store.heal();
  EXPECT_EQ(store.write(ProductId{1}, set_from_decision(8), 7), Written::yes);
}

}  // namespace
}  // namespace vfstock::catalogue
