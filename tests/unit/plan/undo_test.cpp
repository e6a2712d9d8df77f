#include "engine/plan/undo.h"

#include <gtest/gtest.h>

#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

class UndoTest : public testing::Test {
 protected:
  Plan plan(BrakeUse brake = BrakeUse::ask) {
    Request request;
    std::vector<catalogue::ProductId> ids;
    for (const WrittenQty& write : writes) ids.push_back(write.product);
    request.scope = Scope::of(std::move(ids));
    request.brake = brake;
    return Undo::plan(writes, shop, policy, Brake(policy), request);
  }
  void sell(std::int64_t id, std::int64_t qty) {
    shop.products.push_back({product(id, qty), std::nullopt, std::nullopt, 0});
  }

  Shop shop;
  Policy policy;
  std::vector<WrittenQty> writes;
};

TEST_F(UndoTest, GivesBackWhatTheRowHeldBefore) {
  sell(1, 30);
  sell(2, 9);
  writes = {{pid(1), "VPS", 20, 30}};
  const Plan undo = plan();
  ASSERT_EQ(undo.products.size(), 1U);
  EXPECT_EQ(undo.products[0].decision.if_set()->set.qty(), 20);
  EXPECT_EQ(name(undo.products[0].decision.why().cause), "undone");
  EXPECT_FALSE(undo.products[0].withheld);
}

TEST_F(UndoTest, LeavesWhatSomebodyChangedSince) {
  sell(1, 29);
  sell(2, 30);
  writes = {{pid(1), "sold one", 20, 30},
            {pid(2), "written again", 20, 30, true},
            {pid(3), "gone", 20, 30}};
  const Plan undo = plan();
  ASSERT_EQ(undo.products.size(), 3U);
  for (const PlannedProduct& planned : undo.products) {
    EXPECT_EQ(planned.decision.if_set(), nullptr) << planned.row.id.value;
    EXPECT_EQ(name(planned.decision.why().cause), "changed since");
    EXPECT_FALSE(is_transient(planned.decision.why().cause));
  }
  EXPECT_EQ(undo.products[2].row.name, "gone");
}

TEST_F(UndoTest, AsksTheBrakeLikeAnySweep) {
  for (const std::int64_t id : {1, 2, 3}) {
    sell(id, 30);
    writes.push_back({pid(id), "", 0, 30});
  }
  for (const PlannedProduct& planned : plan().products) EXPECT_TRUE(planned.withheld);
  for (const PlannedProduct& planned : plan(BrakeUse::release).products) {
    EXPECT_FALSE(planned.withheld);
  }
}

TEST_F(UndoTest, NeverSetsLessThanNothing) {
  sell(1, 30);
  writes = {{pid(1), "", -3, 30}};
  EXPECT_EQ(plan().products[0].decision.if_set()->set.qty(), 0);
}

}  // namespace
}  // namespace vfstock::stock
