#include "sim/shop/memory_catalogue.h"

#include <tuple>

#include <gtest/gtest.h>

#include "sim/shop/failing_catalogue.h"
#include "tests/unit/catalogue/set_from_decision.h"

namespace vfstock::sim::shop {
namespace {

using namespace catalogue;

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
  shop.set_virtfusion_hosts(0, {"c.example"});
  const std::vector<std::string> all{"a.example", "b.example", "c.example"};
  EXPECT_EQ(shop.virtfusion_hosts(0), all);
  EXPECT_EQ(shop.virtfusion_hosts(8), all) << "a group that names none";
}

class ChangesTest : public testing::Test {
 protected:
  ChangesTest() {
    shop.put(product(1, 5));
    shop.put(product(2, 5));
    seen = shop.changes_since(0).now;
  }
  /// What is new since the last call: "1, 2 qty 4"; "anything" when it cannot be told.
  std::string news() {
    const Changes told = shop.changes_since(seen);
    seen = told.now;
    if (told.anything) return "anything";
    std::string text;
    for (const Change& change : told.changes) {
      if (!text.empty()) text += ", ";
      text += std::to_string(change.product.value);
      if (change.qty) text += " qty " + std::to_string(*change.qty);
    }
    return text;
  }

  MemoryCatalogue shop;
  Revision seen = 0;
};

TEST_F(ChangesTest, AreAnythingForWhoeverHasSeenNothing) {
  EXPECT_TRUE(shop.changes_since(0).anything);
  EXPECT_EQ(news(), "");
}

TEST_F(ChangesTest, NameWhatTheShopItselfChanges) {
  shop.put(product(3));
  shop.remove(ProductId{3});
  shop.set_option_values(ProductId{1}, {{"Location", "3"}});
  shop.row(ProductId{2})->configoption1 = "7";
  EXPECT_EQ(news(), "3, 3, 1, 2");
  EXPECT_EQ(news(), "");
}

TEST_F(ChangesTest, TellTheQtyWhereNothingElseMoved) {
  shop.set_qty(ProductId{2}, 4);
  (void)shop.write(ProductId{1}, set_from_decision(8), 5);
  (void)shop.write(ProductId{1}, set_from_decision(9), 5);  // the row has moved: no write
  EXPECT_EQ(news(), "2 qty 4, 1 qty 8");
}

TEST_F(ChangesTest, AreAnythingAfterAServerGroupChanged) {
  shop.set_virtfusion_hosts(7, {"a.example"});
  EXPECT_EQ(news(), "anything");
  EXPECT_EQ(news(), "");
}

TEST_F(ChangesTest, AreAnythingForWhoeverLooksTooRarely) {
  for (int n = 0; n < 10'000; ++n) shop.set_qty(ProductId{1}, n);
  EXPECT_EQ(news(), "anything");
  shop.set_qty(ProductId{1}, 3);
  EXPECT_EQ(news(), "1 qty 3");
}

TEST_F(ChangesTest, CannotBeReadFromAStoreThatFails) {
  FailingCatalogue store(shop);
  store.fail(StoreFault::reads, "locked");
  EXPECT_THROW((void)store.changes_since(seen), StoreError);
  store.fail(StoreFault::writes, "read-only");
  EXPECT_FALSE(store.changes_since(seen).anything);
}

TEST(FailingCatalogue, CanBeAShopThatCannotTellWhatChanged) {
  MemoryCatalogue shop;
  EXPECT_FALSE(FailingCatalogue(shop).changes_since(shop.changes_since(0).now).anything);
  EXPECT_TRUE(FailingCatalogue(shop, false).changes_since(shop.changes_since(0).now).anything);
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
}  // namespace vfstock::sim::shop
