// Products whose configurable options make a VPS larger than its package.
#include <set>

#include <gmock/gmock.h>

#include "engine/plan/policy_fields.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

using panel::GroupId;
using panel::PackageId;
using ::testing::ElementsAre;

class OptionsThatOverride : public testing::Test {
 protected:
  OptionsThatOverride() {
    policy.option_overrides = OptionOverrides::largest;
    world.panel.set(PackageId{1}, package_found(1));
    world.panel.set(GroupId{1}, group_taking(64));
    world.shop.put(product(1, 50));
  }
  void offer(std::vector<catalogue::OptionValue> options) {
    world.shop.set_option_values(pid(1), std::move(options));
  }
  void set_package(std::int64_t id, std::int64_t memory_mb, bool enabled = true) {
    panel::Package package = *package_found(id, enabled).if_found();
    package.memory_mb = memory_mb;
    world.panel.set(PackageId{id}, panel::Lookup<panel::Package>::found(package));
  }
  std::set<std::int64_t> asked_packages() const {
    std::set<std::int64_t> ids;
    for (const panel::Questions& questions : world.panel.asked) {
      for (const PackageId id : questions.packages) ids.insert(id.value);
    }
    return ids;
  }
  std::int64_t swept() {
    (void)world.refresher(policy).sweep(Trigger::cron);
    return world.qty(1);
  }

  StockWorld world;
  Policy policy;
};

TEST_F(OptionsThatOverride, CountAsTheLargestThatCanBeChosen) {
  offer({{"Memory", "2"}, {"Memory", "16 GB"}, {"Memory", "4"}});
  EXPECT_EQ(swept(), 4);
}

TEST_F(OptionsThatOverride, NeverMakeAVpsSmallerThanItsPackage) {
  set_package(1, 8192);
  offer({{"Memory", "2"}, {"Memory", "4"}});
  EXPECT_EQ(swept(), 8);
}

TEST_F(OptionsThatOverride, CountForNothingByDefaultAndUnderStrictInFull) {
  offer({{"Memory", "16"}});
  policy = *preset("default");
  EXPECT_EQ(swept(), 64);
  policy = *preset("strict");
  EXPECT_EQ(swept(), 4);
  policy = *preset("seed");
  EXPECT_EQ(swept(), 64);
}

TEST_F(OptionsThatOverride, OnTopOfThePackageAreAdded) {
  offer({{"Extra memory", "1"}, {"Extra memory", "3"}});
  EXPECT_EQ(swept(), 16);
}

TEST_F(OptionsThatOverride, LimitEveryResource) {
  capacity::Hypervisor node;
  node.id = 1;
  node.enabled = node.commissioned = true;
  node.memory_mb = {0, 0};
  node.cores = {64, 64};
  node.local_storage = capacity::StoragePool{0, true, 0, {1000, 1000}};
  node.ipv4_free = 60;
  world.panel.set(GroupId{1}, group_of(node));
  EXPECT_EQ(swept(), 60);
  offer({{"CPU Cores", "4"}});
  EXPECT_EQ(swept(), 16);
  offer({{"Disk space", "100"}});
  EXPECT_EQ(swept(), 10);
  offer({{"IPv4 addresses", "12"}});
  EXPECT_EQ(swept(), 5);
}

TEST_F(OptionsThatOverride, AddressesCountWhereThePackageHadNone) {
  catalogue::Product row = product(1, 50);
  row.configoption3 = "0";
  world.shop.put(row);
  policy.ipv4_zero = Ipv4Zero::none;
  capacity::Hypervisor node = group_taking(64).if_found()->hypervisors->rows()[0];
  node.ipv4_free = 6;
  world.panel.set(GroupId{1}, group_of(node));
  EXPECT_EQ(swept(), 64);
  offer({{"Additional IPv4", "2"}});
  EXPECT_EQ(swept(), 3);
}

TEST_F(OptionsThatOverride, ByAnotherPackageCountAsTheLargerOne) {
  set_package(2, 8192);
  set_package(3, 512);
  offer({{"Package", "2|Large"}, {"Package", "3|Small"}});
  EXPECT_EQ(swept(), 8);
  EXPECT_THAT(asked_packages(), ElementsAre(1, 2, 3));
}

TEST_F(OptionsThatOverride, ByAPackageThatIsNotSoldCountForNothing) {
  set_package(2, 8192, false);
  offer({{"Package", "2|Large"}, {"Package", "3|Gone"}});
  EXPECT_EQ(swept(), 64);
}

TEST_F(OptionsThatOverride, ByAPackageThatCannotBeReadKeepTheQty) {
  world.panel.set(PackageId{2}, unavailable());
  offer({{"Package", "2|Large"}});
  EXPECT_EQ(swept(), 50);
  EXPECT_EQ(name(world.journal.entries.at(0).decision.why().cause), "package unavailable");
}

TEST_F(OptionsThatOverride, ByAnotherStorageCountAsTheScarcerOne) {
  capacity::Hypervisor node = group_taking(64).if_found()->hypervisors->rows()[0];
  node.other_storage = {{7, true, 4, {100, 90}}};
  world.panel.set(GroupId{1}, group_of(node));
  EXPECT_EQ(swept(), 64);
  offer({{"Storage Type", "4|NVMe"}});
  EXPECT_EQ(swept(), 9);
}

TEST_F(OptionsThatOverride, AreHeldForOrdersOnTheirWay) {
  policy.reserve_pending = true;
  offer({{"Memory", "16"}});
  catalogue::PendingService pending;
  pending.service = 1;
  pending.ordered = world.clock.wall();
  pending.product.id = pid(1);
  world.shop.put(pending);
  catalogue::Product small = product(2, 50);
  world.shop.put(small);
  EXPECT_EQ(swept(), 3);
  EXPECT_EQ(world.qty(2), 48) << "16 of the small ones fit where one of 16 GB goes";
}

TEST_F(OptionsThatOverride, AreNamedWithWhatWasCounted) {
  offer({{"Memory|RAM", "16"}, {"Location", "1"}, {"Hostname", "4"}});
  const auto explanation = world.refresher(policy).explain(pid(1));
  EXPECT_THAT(explanation->overriding_options, ElementsAre("Memory"));
  EXPECT_EQ(explanation->footprint->memory_mb, 16384);
  EXPECT_EQ(explanation->breakdown->capacity, capacity::Count::of(4));
  EXPECT_EQ(world.refresher({}).explain(pid(1))->footprint->memory_mb, 1024);
}

}  // namespace
}  // namespace vfstock::stock
