// The keeper when things break at the wrong moment: crashes, a shop that is down, damaged memory,
// visitors who name what they like.
#include "tests/unit/schedule/keeper_fixture.h"

namespace vfstock::stock {
namespace {

TEST_F(KeeperTest, AnEngineThatDiesInASweepMakesUpForIt) {
  // What is saved at the moment when the panel is asked is all that a crash leaves.
  std::optional<Remembered> left;
  world.panel.on_ask = [&] {
    if (!left) left = state.load();
  };
  created();
  ASSERT_TRUE(left);
  EXPECT_TRUE(left->windows.contains("stockrefresh:event"));
  state.save(*left);
  world.journal.refreshes.clear();
  seen = 0;
  start();
  pass(minutes{2});
  EXPECT_EQ(refreshed(), "retry");
}

TEST_F(KeeperTest, ADeletionIsNotForgottenByAnEngineThatDiesInItsSweep) {
  std::optional<Remembered> left;
  world.panel.on_ask = [&] {
    if (!left) left = state.load();
  };
  terminated();
  ASSERT_TRUE(left);
  EXPECT_EQ(left->deletions.size(), 1U);
}

TEST_F(KeeperTest, AViewOfAProductThatIsNotOursCostsNothing) {
  for (std::int64_t id = 100; id < 200; ++id) keeper->view_cart(pid(id));
  EXPECT_EQ(refreshed(), "");
  EXPECT_TRUE(state.load()->windows.empty());
  EXPECT_EQ(keeper->next_due(), std::nullopt);
}

TEST_F(KeeperTest, ViewsWhileTheShopIsDownAddUpToOneTry) {
  store.fail(sim::shop::StoreFault::reads, "down");
  for (std::int64_t id = 1; id <= 100; ++id) keeper->view_cart(pid(id));
  EXPECT_TRUE(state.load()->retries.empty());
  store.heal();
  pass(minutes{1});
  EXPECT_EQ(refreshed(), "retry");
  EXPECT_EQ(world.qty(1), 4);
}

TEST_F(KeeperTest, ATryOfTheWholeShopSurvivesARestart) {
  store.fail(sim::shop::StoreFault::reads, "down");
  keeper->cron();
  start();
  store.heal();
  EXPECT_EQ(due_in(), seconds{60});
  pass(minutes{1});
  EXPECT_EQ(world.qty(1), 4);
}

TEST_F(KeeperTest, RetriesOfAStateAreNotTakenUpByAPolicyWithoutThem) {
  world.panel.set(GroupId{1}, unavailable());
  keeper->cron();
  Policy policy;
  policy.retry_unavailable = false;
  start(policy);
  EXPECT_EQ(keeper->next_due(), std::nullopt);
}

TEST_F(KeeperTest, AStateWithADelayOfNothingIsNotTriedForEver) {
  world.panel.set(GroupId{1}, unavailable());
  Remembered damaged;
  damaged.retries[pid(1)] = {world.clock.wall(), seconds{0}};
  damaged.sweep_retry = Remembered::Retry{WallTime::min(), seconds{-5}};
  state.save(damaged);
  start();
  keeper->run_due();
  ASSERT_TRUE(keeper->next_due());
  EXPECT_GT(*keeper->next_due(), world.clock.now());
}

TEST_F(KeeperTest, WhoWaitsForAProbeIsTriedWhenOneIsAllowedAndBeforeAView) {
  world.shop.put(product(2, 9, "2"));
  world.shop.put(product(3, 9, "3"));  // or two of two would fall, which the brake holds
  world.shop.put(product(4, 9, "3"));
  world.panel.set(PackageId{1}, panel::Missing{});
  world.panel.set(PackageId{2}, panel::Missing{});
  keeper->view_cart(pid(1));
  world.clock.advance(seconds{30});
  keeper->view_cart(pid(2));
  EXPECT_EQ(world.qty(2), 9) << "the probe of this minute is spent";
  EXPECT_EQ(due_in(), seconds{30});
  world.clock.advance(seconds{31});
  keeper->view_cart(pid(1));  // would take the next probe for itself
  EXPECT_EQ(world.qty(2), 0);
}

TEST_F(KeeperTest, AProbeIsNotSentTwiceInAMinuteAcrossARestart) {
  world.panel.set(PackageId{1}, panel::Missing{});
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.panel.probes, 1);
  start();
  keeper->cron();
  EXPECT_EQ(world.panel.probes, 1);
  (void)keeper->recalculate();
  EXPECT_EQ(world.panel.probes, 2) << "a person need not wait";
}

}  // namespace
}  // namespace vfstock::stock
