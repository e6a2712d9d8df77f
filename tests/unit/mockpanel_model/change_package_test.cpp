// A server moves to another package on its own hypervisor.
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

class ChangePackage : public testing::Test {
 protected:
  void SetUp() override {
    Hypervisor& host = add_hypervisor(world, 1);
    host.memory_mb.max = 8192;
    host.cores.max = 8;
    world.packages[1].memory_mb = 1024;
    world.packages[1].cores = 1;
    world.packages[1].storage_gb = 20;
    world.packages[2] = world.packages[1];
    world.packages[2].id = 2;
    world.packages[2].memory_mb = 4096;
    world.packages[2].cores = 4;
    world.packages[2].storage_gb = 10;
    server = world.create(plain_request(), false, "").server->id;
  }
  std::int64_t memory() { return world.hypervisors[1].memory_mb.allocated(); }
  std::int64_t cores() { return world.hypervisors[1].cores.allocated(); }

  World world = small_world();
  std::int64_t server = 0;
};

TEST_F(ChangePackage, HoldsWhatTheNewPackageNeedsAndNothingOfTheOld) {
  EXPECT_EQ(world.change_package(server, 2), "");
  EXPECT_EQ(world.servers[server].package, 2);
  EXPECT_EQ(memory(), 4096);
  EXPECT_EQ(cores(), 4);
  EXPECT_EQ(world.change_package(server, 1), "");
  EXPECT_EQ(memory(), 1024);
}

TEST_F(ChangePackage, NeverShrinksTheDisk) {
  ASSERT_EQ(world.change_package(server, 2), "");
  EXPECT_EQ(world.servers[server].storage_gb, 20);
}

TEST_F(ChangePackage, MayUseWhatTheServerItselfHeld) {
  world.packages[2].memory_mb = 8192;
  EXPECT_EQ(world.change_package(server, 2), "");
  EXPECT_EQ(memory(), 8192);
}

TEST_F(ChangePackage, ThatDoesNotFitChangesNothing) {
  world.packages[2].memory_mb = 8193;
  EXPECT_NE(world.change_package(server, 2), "");
  EXPECT_EQ(world.servers[server].package, 1);
  EXPECT_EQ(memory(), 1024);
  EXPECT_EQ(cores(), 1);
}

TEST_F(ChangePackage, ToADisabledPackageChangesNothing) {
  world.packages[2].enabled = false;
  EXPECT_NE(world.change_package(server, 2), "");
  EXPECT_EQ(memory(), 1024);
}

TEST_F(ChangePackage, CarriesOverOnlyWhatIsWanted) {
  world.packages[2].traffic_gb = 700;
  const PackageChange change =
      world.change_package(server, 2, {PackagePart::memory, PackagePart::traffic});
  EXPECT_EQ(change.refusal, "");
  EXPECT_TRUE(change.unchanged.empty());
  EXPECT_EQ(memory(), 4096);
  EXPECT_EQ(cores(), 1);
  EXPECT_EQ(world.servers[server].traffic_gb, 700);
  EXPECT_EQ(world.servers[server].package, 2);
}

TEST_F(ChangePackage, SaysWhatWasAlreadyAsThePackageSays) {
  const PackageChange change = world.change_package(server, 2, all_package_parts());
  // The disk is larger already, and disks never shrink.
  EXPECT_TRUE(change.unchanged.contains(PackagePart::disk));
  EXPECT_TRUE(change.unchanged.contains(PackagePart::speed_in));
  EXPECT_FALSE(change.unchanged.contains(PackagePart::memory));
  EXPECT_FALSE(change.unchanged.contains(PackagePart::cores));
  EXPECT_EQ(world.change_package(server, 2, {PackagePart::cores}).unchanged,
            std::set<PackagePart>{PackagePart::cores});
}

TEST_F(ChangePackage, WorksWhileTheHypervisorTakesNoNewServers) {
  world.hypervisors[1].prohibit = true;
  EXPECT_EQ(world.change_package(server, 2), "");
}

}  // namespace
}  // namespace vfstock::mockpanel::model
