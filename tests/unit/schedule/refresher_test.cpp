#include "engine/schedule/refresher.h"

#include <functional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/schedule/keeper.h"
#include "sim/shop/failing_catalogue.h"
#include "sim/shop/memory_state.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::Missing;
using panel::PackageId;
using sim::shop::FailingCatalogue;
using sim::shop::StoreFault;

// A shop in which somebody else acts just before each write.
class BusyCatalogue final : public catalogue::Catalogue {
 public:
  explicit BusyCatalogue(sim::shop::MemoryCatalogue& inner) : inner_(inner) {}
  std::vector<catalogue::Product> managed_products() override {
    ++reads;
    return inner_.managed_products();
  }
  std::optional<catalogue::Product> product(catalogue::ProductId id) override {
    ++reads;
    return inner_.product(id);
  }
  std::vector<catalogue::PendingService> pending_services() override {
    return inner_.pending_services();
  }
  std::vector<catalogue::OptionValue> option_values(catalogue::ProductId id) override {
    return inner_.option_values(id);
  }
  std::vector<std::string> virtfusion_hosts(std::int64_t group) override {
    return inner_.virtfusion_hosts(group);
  }
  catalogue::Written write(catalogue::ProductId id, const catalogue::Set& set,
                           std::int64_t seen) override {
    ++writes;
    if (before_write) before_write();
    return inner_.write(id, set, seen);
  }

  std::function<void()> before_write;
  int reads = 0;
  int writes = 0;

 private:
  sim::shop::MemoryCatalogue& inner_;
};

class RefreshTest : public testing::Test {
 protected:
  RefreshTest() {
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(4));
  }
  const JournalEntry& entry(std::size_t at = 0) { return world.journal.entries.at(at); }
  std::string cause(std::size_t at = 0) {
    return std::string(name(entry(at).decision.why().cause));
  }

  StockWorld world;
};

TEST_F(RefreshTest, AsksForEverythingOfASweepInOneBatch) {
  world.shop.put(product(1, 0));
  world.shop.put(product(2, 0, "2", "2"));
  world.shop.put(product(3, 0, "", "3"));
  (void)world.refresher().sweep(Trigger::cron);
  ASSERT_EQ(world.panel.asked.size(), 1U);
  EXPECT_EQ(world.panel.asked[0].packages, (std::vector{PackageId{1}, PackageId{2}}));
  EXPECT_EQ(world.panel.asked[0].groups, (std::vector{GroupId{1}, GroupId{2}}));
}

TEST_F(RefreshTest, CountsEachProductInExactlyOneWay) {
  world.panel.set(PackageId{2}, unavailable());
  world.shop.put(product(1, 9));       // updated
  world.shop.put(product(2, 4));       // unchanged
  world.shop.put(product(3, 9, "2"));  // skipped
  world.shop.put(product(4, 9, "3"));  // zeroed
  world.shop.put(product(5, 0, "3"));  // unchanged at 0
  world.shop.put(product(6, 9, ""));   // skipped
  catalogue::Product unmanaged = product(7, 9);
  unmanaged.stockcontrol = 0;
  world.shop.put(unmanaged);
  const RefreshReport report = world.refresher().sweep(Trigger::recalculate);
  EXPECT_EQ(
      report.summary,
      (Summary{.total = 6, .updated = 1, .zeroed = 1, .unchanged = 2, .skipped = 2, .held = 0}));
  EXPECT_EQ(report.qty.at(pid(1)), 4);
  EXPECT_EQ(report.qty.at(pid(2)), 4);
  EXPECT_EQ(report.qty.at(pid(3)), std::nullopt);
  EXPECT_EQ(report.qty.at(pid(4)), 0);
  EXPECT_EQ(report.qty.at(pid(5)), 0);
  EXPECT_EQ(report.qty.at(pid(6)), std::nullopt);
  EXPECT_FALSE(report.qty.contains(pid(7)));
  EXPECT_EQ(world.qty(7), 9);
  EXPECT_EQ(report.store_failure, std::nullopt);
}

TEST_F(RefreshTest, WritesNothingWhenTheRowHoldsTheQtyAlready) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 4));
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(store.writes, 0);
  EXPECT_EQ(entry().outcome, Outcome::unchanged);
}

TEST_F(RefreshTest, JournalsEveryDecisionWithItsEvidence) {
  world.panel.set(GroupId{2}, group_taking(1));
  world.shop.put(product(1, 9, "1", "2"));
  world.shop.set_option_values(pid(1), {{"Location", "1"}});
  (void)world.refresher().sweep(Trigger::module_create);
  ASSERT_EQ(world.journal.entries.size(), 1U);
  EXPECT_EQ(entry().at, world.clock.now());
  EXPECT_EQ(entry().wall, world.clock.wall());
  EXPECT_EQ(entry().trigger, Trigger::module_create);
  EXPECT_EQ(entry().product, pid(1));
  EXPECT_EQ(entry().outcome, Outcome::wrote);
  EXPECT_EQ(entry().old_qty, 9);
  EXPECT_EQ(entry().new_qty, 5);
  ASSERT_EQ(entry().evidence.size(), 3U);
  EXPECT_EQ(entry().evidence[0].target, "package 1");
  EXPECT_EQ(entry().evidence[1].target, "group 2");
  EXPECT_EQ(entry().evidence[2].target, "group 1");
}

TEST_F(RefreshTest, RefreshesOneProductAlone) {
  world.shop.put(product(1, 9));
  world.shop.put(product(2, 9, "2", "2"));
  const RefreshReport report = world.refresher().refresh(pid(1), Trigger::cart);
  EXPECT_EQ(report.summary.total, 1);
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_EQ(world.qty(2), 9);
  EXPECT_EQ(world.panel.asked.at(0).packages, std::vector{PackageId{1}});
}

TEST_F(RefreshTest, DoesNotTouchAProductThatIsNotManaged) {
  catalogue::Product unmanaged = product(1, 9);
  unmanaged.servertype = "cpanel";
  world.shop.put(unmanaged);
  EXPECT_EQ(world.refresher().refresh(pid(1), Trigger::cart).summary.total, 0);
  EXPECT_EQ(world.refresher().refresh(pid(8), Trigger::cart).summary.total, 0);
  EXPECT_TRUE(world.journal.entries.empty());
  EXPECT_TRUE(world.panel.asked.empty());
}

TEST_F(RefreshTest, DecidesAgainOnTheSameAnswersWhenTheRowMoved) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 9));
  store.before_write = [&] {
    if (store.writes == 1) world.shop.row(pid(1))->qty = 8;
  };
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(world.qty(1), 4);
  EXPECT_EQ(entry().outcome, Outcome::wrote);
  EXPECT_EQ(entry().old_qty, 8);
  EXPECT_EQ(world.panel.asked.size(), 1U);
}

TEST_F(RefreshTest, SeesThatAnotherWriterWroteTheSame) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 9));
  store.before_write = [&] { world.shop.row(pid(1))->qty = 4; };
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(entry().outcome, Outcome::unchanged);
}

TEST_F(RefreshTest, GivesUpOnARowThatKeepsMovingAfterThreeReadings) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 9));
  store.before_write = [&] { ++world.shop.row(pid(1))->qty; };
  const RefreshReport report = world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(), "contended");
  EXPECT_EQ(entry().outcome, Outcome::kept);
  EXPECT_EQ(store.writes, 4);
  EXPECT_EQ(store.reads, 4);
  EXPECT_EQ(report.summary.skipped, 1);
}

TEST_F(RefreshTest, KeepsARowThatWentAwayWhileItWasDecided) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 9));
  store.before_write = [&] { world.shop.remove(pid(1)); };
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(), "contended");
}

TEST_F(RefreshTest, ReadsAMovedRowAnewAndDoesNotGuessWhatWasNotLookedUp) {
  BusyCatalogue store(world.shop);
  world.shop.put(product(1, 9));
  store.before_write = [&] { world.shop.put(product(1, 8, "5")); };
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(), "contended");
  world.shop.put(product(1, 9));
  store.before_write = [&] { world.shop.put(product(1, 8, "")); };
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(1), "no package");
}

TEST_F(RefreshTest, KeepsWhatCouldNotBeWrittenAndGoesOn) {
  world.shop.put(product(1, 9));
  world.shop.put(product(2, 4));
  FailingCatalogue store(world.shop);
  store.fail(StoreFault::writes, "read-only");
  const RefreshReport report = world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(0), "store failed");
  EXPECT_EQ(to_text(entry(0).decision.why()),
            "the shop's store failed while the qty was written: read-only");
  EXPECT_EQ(entry(0).new_qty, 9);
  EXPECT_EQ(entry(1).outcome, Outcome::unchanged);
  EXPECT_EQ(report.summary.skipped, 1);
}

TEST_F(RefreshTest, SeesAWriteThatHappenedAlthoughTheStoreFailed) {
  world.shop.put(product(1, 9));
  FailingCatalogue store(world.shop);
  store.fail(StoreFault::writes_done, "connection lost");
  (void)world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(entry().outcome, Outcome::wrote);
  EXPECT_EQ(entry().new_qty, 4);
}

TEST_F(RefreshTest, KeepsAProductWhoseOptionsCannotBeReadAndGoesOn) {
  class HalfReadable final : public catalogue::Catalogue {
   public:
    explicit HalfReadable(sim::shop::MemoryCatalogue& inner) : inner_(inner) {}
    std::vector<catalogue::Product> managed_products() override {
      return inner_.managed_products();
    }
    std::optional<catalogue::Product> product(catalogue::ProductId id) override {
      return inner_.product(id);
    }
    std::vector<catalogue::PendingService> pending_services() override { return {}; }
    std::vector<catalogue::OptionValue> option_values(catalogue::ProductId id) override {
      if (id == pid(1)) throw catalogue::StoreError("deadlock");
      if (id == pid(2)) throw std::runtime_error("odd");
      return {};
    }
    std::vector<std::string> virtfusion_hosts(std::int64_t) override { return {}; }
    catalogue::Written write(catalogue::ProductId id, const catalogue::Set& set,
                             std::int64_t seen) override {
      if (id == pid(3)) throw 42;
      return inner_.write(id, set, seen);
    }

   private:
    sim::shop::MemoryCatalogue& inner_;
  } store(world.shop);
  for (std::int64_t id = 1; id <= 4; ++id) world.shop.put(product(id, 9));
  const RefreshReport report = world.refresher_of(store).sweep(Trigger::cron);
  EXPECT_EQ(cause(0), "store failed");
  EXPECT_EQ(cause(1), "surprise");
  EXPECT_EQ(cause(2), "surprise");
  EXPECT_EQ(cause(3), "capacity");
  EXPECT_EQ(report.summary.skipped, 3);
  EXPECT_EQ(world.qty(4), 4);
  EXPECT_EQ(world.qty(3), 9);
}

TEST_F(RefreshTest, KeepsEverythingWhenAskingThePanelThrows) {
  world.shop.put(product(1, 9));
  world.shop.put(product(2, 9, ""));
  world.panel.on_ask = [] { throw std::runtime_error("out of luck"); };
  (void)world.refresher().sweep(Trigger::cron);
  EXPECT_EQ(cause(0), "surprise");
  EXPECT_EQ(cause(1), "no package");
  EXPECT_EQ(world.qty(1), 9);
}

TEST_F(RefreshTest, KeepsWhatIsSoldFromAnotherPanel) {
  catalogue::Product row = product(1, 9);
  row.servergroup = 3;
  world.shop.put(row);
  world.shop.set_virtfusion_hosts(3, {"other.example"});
  (void)world.refresher({}, "cp.example").sweep(Trigger::cron);
  EXPECT_EQ(cause(), "other panel");
  EXPECT_TRUE(world.panel.asked.empty());
  world.shop.set_virtfusion_hosts(3, {"cp.example"});
  (void)world.refresher({}, "cp.example").sweep(Trigger::cron);
  EXPECT_EQ(cause(1), "capacity");
}

TEST_F(RefreshTest, KeepsAProductWithoutAServerGroupWhereTheShopHasSeveralPanels) {
  world.shop.put(product(1, 9));
  world.shop.set_virtfusion_hosts(3, {"cp.example"});
  (void)world.refresher({}, "cp.example").sweep(Trigger::cron);
  EXPECT_EQ(cause(), "capacity") << "one panel is possible, and it is ours";
  world.shop.set_virtfusion_hosts(4, {"other.example"});
  (void)world.refresher({}, "cp.example").sweep(Trigger::cron);
  EXPECT_EQ(cause(1), "several panels");
  world.shop.set_virtfusion_hosts(3, {"other.example"});
  (void)world.refresher({}, "cp.example").sweep(Trigger::cron);
  EXPECT_EQ(cause(2), "other panel");
}

TEST_F(RefreshTest, ExplainsWithoutWritingOrJournalling) {
  world.shop.put(product(1, 9));
  world.shop.set_option_values(pid(1), {{"Location", "2"}});
  const auto explanation = world.refresher().explain(pid(1));
  ASSERT_TRUE(explanation);
  ASSERT_NE(explanation->decision.if_set(), nullptr);
  EXPECT_EQ(explanation->decision.if_set()->set.qty(), 4);
  EXPECT_EQ(explanation->product.id, pid(1));
  ASSERT_TRUE(explanation->package);
  ASSERT_EQ(explanation->groups.size(), 2U);
  EXPECT_TRUE(explanation->groups[1].second.lookup.is_missing());
  ASSERT_TRUE(explanation->breakdown);
  ASSERT_EQ(explanation->breakdown->groups.size(), 1U);
  EXPECT_EQ(explanation->breakdown->capacity, capacity::Count::of(4));
  EXPECT_EQ(world.qty(1), 9);
  EXPECT_TRUE(world.journal.entries.empty());
}

TEST_F(RefreshTest, ExplainsAKeepWithoutADerivation) {
  world.shop.put(product(1, 9, ""));
  world.shop.put(product(2, 9, "7"));
  const auto no_package = world.refresher().explain(pid(1));
  ASSERT_TRUE(no_package);
  EXPECT_FALSE(no_package->breakdown);
  EXPECT_FALSE(no_package->package);
  const auto gone = world.refresher().explain(pid(2));
  ASSERT_TRUE(gone && gone->package);
  EXPECT_TRUE(gone->package->lookup.is_missing());
  EXPECT_FALSE(gone->breakdown);
}

/// A shop that says yes to every write and does none.
class UntouchedCatalogue final : public catalogue::ForwardingCatalogue {
 public:
  using ForwardingCatalogue::ForwardingCatalogue;
  catalogue::Written write(catalogue::ProductId, const catalogue::Set&, std::int64_t) override {
    return catalogue::Written::yes;
  }
};

/// One product whose group takes five.
struct StandingRows : ::testing::Test {
  StandingRows() {
    world.panel.set(GroupId{1}, group_taking(5));
    world.panel.set(PackageId{1}, package_found(1));
  }
  StockWorld world;
  sim::shop::MemoryState state;
  NoBilling billing;
};

TEST_F(StandingRows, AreReadAgainWhereTheShopWasOnlyToldThatItWasWritten) {
  world.shop.put(product(1, 9));
  UntouchedCatalogue untouched(world.shop);
  StockKeeper keeper({untouched, world.panel, world.journal, state, billing, world.clock}, {});
  EXPECT_EQ(keeper.recalculate().summary.updated, 1);
  EXPECT_EQ(keeper.recalculate().summary.updated, 1) << "the row still holds 9";
}

TEST_F(StandingRows, HoldWhatTheRowHoldsNowAndNotWhatWasOnceToldOfIt) {
  world.shop.put(product(1, 5));
  StockKeeper keeper({world.shop, world.panel, world.journal, state, billing, world.clock}, {});
  (void)keeper.recalculate();
  catalogue::Product& row = *world.shop.row(pid(1));
  world.shop.set_qty(pid(1), 5);
  row.qty = 7;
  (void)keeper.recalculate();
  EXPECT_EQ(world.qty(1), 5);
}

TEST(StockNames, AreSaidForEveryCauseTriggerAndOutcome) {
  for (int i = 0; i <= static_cast<int>(Cause::surprise); ++i) {
    EXPECT_NE(name(static_cast<Cause>(i)), "unknown") << i;
  }
  for (int i = 0; i <= static_cast<int>(Trigger::first_sweep); ++i) {
    EXPECT_NE(name(static_cast<Trigger>(i)), "unknown") << i;
  }
  for (int i = 0; i <= static_cast<int>(Outcome::held); ++i) {
    EXPECT_NE(name(static_cast<Outcome>(i)), "unknown") << i;
  }
}

TEST(TransientCauses, AreThoseThatPassByThemselves) {
  for (const Cause cause : {Cause::package_unavailable, Cause::group_unavailable,
                            Cause::store_failed, Cause::contended, Cause::surprise}) {
    EXPECT_TRUE(is_transient(cause)) << name(cause);
  }
  for (const Cause cause :
       {Cause::capacity, Cause::ceiling, Cause::package_missing, Cause::package_disabled,
        Cause::group_missing, Cause::no_package, Cause::no_groups, Cause::other_panel,
        Cause::several_panels, Cause::unbounded}) {
    EXPECT_FALSE(is_transient(cause)) << name(cause);
  }
}

}  // namespace
}  // namespace vfstock::stock
