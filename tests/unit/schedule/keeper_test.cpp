// The rules of time, through the shop's hooks.
#include "tests/unit/schedule/keeper_fixture.h"

namespace vfstock::stock {
namespace {

TEST_F(KeeperTest, AnEventSweepsAtOnce) {
  created();
  EXPECT_EQ(refreshed(), "AfterModuleCreate");
  EXPECT_EQ(world.qty(1), 4);
}

TEST_F(KeeperTest, EventsOfOtherModulesDoNotConcernIt) {
  event(ModuleEvent::Action::create, "cpanel");
  EXPECT_EQ(refreshed(), "");
}

TEST_F(KeeperTest, ABurstIsSweptAtItsBeginningAndAtTheEndOfItsWindow) {
  for (int i = 0; i < 12; ++i) {
    created();
    pass(seconds{1});
  }
  world.panel.set(GroupId{1}, group_taking(1));
  EXPECT_EQ(refreshed(), "AfterModuleCreate");
  pass(seconds{17});
  EXPECT_EQ(refreshed(), "");
  pass(seconds{1});
  EXPECT_EQ(refreshed(), "trailing");
  EXPECT_EQ(world.qty(1), 1);
}

TEST_F(KeeperTest, TheTrailingSweepBeginsAWindowOfItsOwn) {
  created();
  pass(seconds{10});
  created();
  pass(seconds{30});
  EXPECT_EQ(refreshed(), "AfterModuleCreate, trailing");
  created();
  EXPECT_EQ(refreshed(), "");
  pass(seconds{20});
  EXPECT_EQ(refreshed(), "trailing");
}

TEST_F(KeeperTest, WithoutTrailingRefreshTheLastEventsOfABurstAreLost) {
  Policy policy;
  policy.trailing_refresh = false;
  start(policy);
  created();
  created();
  pass(minutes{2});
  EXPECT_EQ(refreshed(), "AfterModuleCreate");
}

TEST_F(KeeperTest, AnEventForgetsEvenWhenItIsCoalesced) {
  created();
  created();
  EXPECT_EQ(world.panel.asked.size(), 1U);
  keeper->view_cart(pid(1));
  ASSERT_EQ(world.panel.asked.size(), 2U);
  EXPECT_TRUE(world.panel.asked.back().packages.empty());
  EXPECT_EQ(world.panel.asked.back().groups, std::vector{GroupId{1}});
}

TEST_F(KeeperTest, ForgetsEveryGroupOfTheProductOrItsDefaultOrNone) {
  world.shop.set_option_values(pid(1), {{"Location", "2|Paris"}});
  world.panel.set(GroupId{2}, group_taking(1));
  const auto forgotten_by = [&](Forget forget) {
    Policy policy;
    policy.forget = forget;
    start(policy);
    keeper->recalculate();
    created();
    (void)keeper->recalculate();
    return world.panel.asked.back().groups;
  };
  EXPECT_EQ(forgotten_by(Forget::all_groups), (std::vector{GroupId{1}, GroupId{2}}));
  pass(seconds{30});
  EXPECT_EQ(forgotten_by(Forget::default_group), std::vector{GroupId{1}});
  pass(seconds{30});
  const std::size_t asked = world.panel.asked.size();
  (void)forgotten_by(Forget::none);
  EXPECT_EQ(world.panel.asked.size(), asked + 1) << "the cold sweep alone";
}

TEST_F(KeeperTest, ForgetsEverythingWhenTheShopCannotSayWhichGroups) {
  (void)keeper->recalculate();
  store.fail(sim::shop::StoreFault::reads, "locked");
  created();
  store.heal();
  (void)keeper->recalculate();
  EXPECT_EQ(world.panel.asked.back().packages, std::vector{PackageId{1}});
}

TEST_F(KeeperTest, ADeletionIsSweptAgainWhenItsGraceHasPassed) {
  terminated();
  pass(minutes{5} - seconds{1});
  EXPECT_EQ(refreshed(), "AfterModuleTerminate");
  world.panel.set(GroupId{1}, group_taking(5));
  pass(seconds{1});
  EXPECT_EQ(refreshed(), "delayed deletion");
  EXPECT_EQ(world.qty(1), 5);
}

TEST_F(KeeperTest, ADeletionsSecondSweepInsideAWindowIsItsTrailingSweep) {
  terminated();
  pass(minutes{5} - seconds{10});
  created();
  (void)refreshed();
  pass(seconds{19});
  EXPECT_EQ(refreshed(), "");
  pass(seconds{11});
  EXPECT_EQ(refreshed(), "trailing");
}

TEST_F(KeeperTest, TheCronSweepsOnceInTwoHours) {
  for (int i = 0; i < 24; ++i) {
    keeper->cron();
    pass(minutes{5});
  }
  EXPECT_EQ(refreshed(), "AfterCronJob");
  keeper->cron();
  EXPECT_EQ(refreshed(), "AfterCronJob");
}

TEST_F(KeeperTest, ACartViewRefreshesItsProductOnceAMinute) {
  world.shop.put(product(2, 9));
  keeper->view_cart(pid(1));
  keeper->view_cart(pid(1));
  keeper->view_cart(pid(2));
  pass(seconds{59});
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.journal.entries.size(), 2U);
  pass(seconds{1});
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.journal.entries.size(), 3U);
}

TEST_F(KeeperTest, RecalculationHasNoLimitAndAnswersWithMapAndSummary) {
  (void)keeper->recalculate();
  const RefreshReport report = keeper->recalculate();
  EXPECT_EQ(report.summary, (Summary{.total = 1, .unchanged = 1}));
  EXPECT_EQ(report.qty.at(pid(1)), 4);
  EXPECT_EQ(refreshed(), "stockRecalculate, stockRecalculate");
}

TEST_F(KeeperTest, AnOutageIsTriedAgainAtDoublingDistances) {
  world.panel.set(GroupId{1}, unavailable());
  (void)keeper->recalculate();
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 7; ++i) {
    waits.push_back(due_in().value().count());
    pass(*due_in());
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{60, 120, 240, 480, 900, 900, 900}));
  world.panel.set(GroupId{1}, group_taking(3));
  pass(minutes{15});
  EXPECT_EQ(world.qty(1), 3);
  EXPECT_EQ(due_in(), std::nullopt);
}

TEST_F(KeeperTest, ARetryAsksOnlyForTheProductsThatWereKept) {
  world.shop.put(product(2, 9, "1", "2"));
  world.panel.set(GroupId{2}, unavailable());
  (void)keeper->recalculate();
  pass(minutes{1});
  EXPECT_EQ(world.journal.refreshes.back().scope, Scope::of({pid(2)}));
  EXPECT_EQ(world.panel.asked.back().groups, std::vector{GroupId{2}});
}

TEST_F(KeeperTest, RetriesConsumeNoLimit) {
  world.panel.set(GroupId{1}, unavailable());
  (void)keeper->recalculate();
  pass(minutes{1});
  (void)refreshed();
  created();
  keeper->cron();
  keeper->view_cart(pid(1));
  EXPECT_EQ(refreshed(), "AfterModuleCreate, AfterCronJob, ClientAreaPageCart");
}

TEST_F(KeeperTest, WithoutRetriesAnOutageLastsUntilTheNextTrigger) {
  Policy policy;
  policy.retry_unavailable = false;
  start(policy);
  world.panel.set(GroupId{1}, unavailable());
  (void)keeper->recalculate();
  EXPECT_EQ(due_in(), std::nullopt);
}

TEST_F(KeeperTest, AShopThatCannotBeReadIsTriedAgainToo) {
  store.fail(sim::shop::StoreFault::reads, "the database is locked");
  const RefreshReport report = keeper->recalculate();
  EXPECT_EQ(report.store_failure, "the database is locked");
  store.heal();
  pass(minutes{1});
  EXPECT_EQ(refreshed(), "stockRecalculate, retry");
  EXPECT_EQ(world.qty(1), 4);
}

TEST_F(KeeperTest, RetryAfterHoldsForEveryTrigger) {
  world.panel.set(GroupId{1}, panel::Unavailable{panel::Reason::throttled, "429", seconds{300}});
  (void)keeper->recalculate();
  world.panel.set(GroupId{1}, group_taking(2));
  const std::size_t asked = world.panel.asked.size();
  created();
  keeper->cron();
  keeper->view_cart(pid(1));
  pass(seconds{299});
  EXPECT_EQ(world.panel.asked.size(), asked);
  EXPECT_EQ(world.qty(1), 9);
  pass(seconds{1});
  EXPECT_EQ(world.qty(1), 2);
}

TEST_F(KeeperTest, AcceptanceAndSweepDoNotStopEachOther) {
  billing.order = schedule::Order{OrderId{7}, "pending", 0};
  billing.fails = true;
  created();
  ASSERT_EQ(world.journal.acceptances.size(), 1U);
  EXPECT_EQ(world.journal.acceptances[0].outcome, Acceptance::Outcome::failed);
  EXPECT_EQ(world.qty(1), 4);
  billing.fails = false;
  store.fail(sim::shop::StoreFault::reads_and_writes, "locked");
  pass(seconds{30});
  created();
  EXPECT_EQ(world.journal.acceptances.back().outcome, Acceptance::Outcome::accepted);
}

TEST_F(KeeperTest, OnlyCreationsAcceptAnOrderEvenWhenCoalesced) {
  billing.order = schedule::Order{OrderId{7}, "Pending", 0};
  terminated();
  event(ModuleEvent::Action::change_package);
  EXPECT_EQ(billing.calls, 0);
  created();
  EXPECT_EQ(billing.calls, 1);
}

TEST_F(KeeperTest, LimitsAndTheTrailingSweepSurviveARestart) {
  created();
  created();
  keeper->cron();
  pass(seconds{10});
  start();
  keeper->cron();
  created();
  EXPECT_EQ(refreshed(), "AfterModuleCreate, AfterCronJob");
  EXPECT_EQ(due_in(), seconds{20});
  pass(seconds{20});
  EXPECT_EQ(refreshed(), "trailing");
}

TEST_F(KeeperTest, DeletionsRetriesAndPatienceSurviveARestart) {
  terminated();
  pass(minutes{1});
  world.panel.set(GroupId{1}, panel::Unavailable{panel::Reason::throttled, "429", seconds{90}});
  pass(minutes{2});
  (void)keeper->recalculate();
  start();
  EXPECT_EQ(due_in(), seconds{90});
  (void)refreshed();
  const std::size_t asked = world.panel.asked.size();
  keeper->view_cart(pid(1));
  EXPECT_EQ(world.panel.asked.size(), asked);
  world.panel.set(GroupId{1}, group_taking(6));
  pass(minutes{2});
  EXPECT_EQ(refreshed(), "ClientAreaPageCart, retry, delayed deletion");
}

TEST_F(KeeperTest, WithoutStateEveryWindowBeginsNowAndTheFirstSweepComesAfterAMinute) {
  state.lose();
  start();
  created();
  keeper->cron();
  keeper->view_cart(pid(1));
  EXPECT_EQ(refreshed(), "");
  pass(seconds{30});
  EXPECT_EQ(refreshed(), "trailing");
  pass(seconds{30});
  EXPECT_EQ(refreshed(), "");
}

TEST_F(KeeperTest, WithoutStateAndEventsTheFirstSweepComesAfterAMinute) {
  state.lose();
  start();
  pass(seconds{59});
  EXPECT_EQ(refreshed(), "");
  pass(seconds{1});
  EXPECT_EQ(refreshed(), "first sweep");
}

TEST_F(KeeperTest, WindowsThatBeganWithoutStateSurviveTheNextRestart) {
  state.lose();
  start();
  (void)keeper->recalculate();
  start();
  created();
  keeper->cron();
  keeper->view_cart(pid(1));
  EXPECT_EQ(refreshed(), "stockRecalculate");
  pass(minutes{1});
  (void)refreshed();
  keeper->view_cart(pid(1));
  keeper->cron();
  EXPECT_EQ(refreshed(), "ClientAreaPageCart");
}

TEST_F(KeeperTest, AStateFromTheFutureCountsAsNow) {
  Remembered future;
  future.windows["stockrefresh:cron"] = world.clock.wall() + std::chrono::hours{9};
  future.retries[pid(1)] = {world.clock.wall() + std::chrono::hours{9}, seconds{60}};
  state.save(future);
  start();
  EXPECT_EQ(due_in(), minutes{15});
  pass(std::chrono::hours{2} - seconds{1});
  (void)refreshed();
  keeper->cron();
  EXPECT_EQ(refreshed(), "");
  pass(seconds{1});
  keeper->cron();
  EXPECT_EQ(refreshed(), "AfterCronJob");
}

TEST_F(KeeperTest, AStateThatCannotBeSavedStopsNothing) {
  struct Broken final : State {
    std::optional<Remembered> load() override { throw catalogue::StoreError("disk is gone"); }
    void save(const Remembered&) override { throw catalogue::StoreError("disk is full"); }
  } broken;
  StockKeeper other({store, world.panel, world.journal, broken, billing, world.clock}, {});
  (void)other.recalculate();
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_GE(world.journal.troubles.size(), 2U);
}

}  // namespace
}  // namespace vfstock::stock
