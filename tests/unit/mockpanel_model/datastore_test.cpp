// A datastore that several hypervisors list is one pool.
#include "mockpanel/model/datastore.h"

#include <gtest/gtest.h>

#include "mockpanel/model/flow.h"
#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

Pool ceph(std::int64_t id, std::int64_t max, std::int64_t allocated) {
  Pool pool = typed_pool(id, 2, max);
  pool.name = "Ceph RBD";
  pool.is_datastore = true;
  pool.gigabytes.base = allocated;
  return pool;
}

/// Two hypervisors of one group list the datastore, with 10 and 30 GB allocated.
class Datastore : public testing::Test {
 protected:
  void SetUp() override {
    add_hypervisor(world, 1).others = {ceph(5, 100, 10)};
    add_hypervisor(world, 2).others = {ceph(7, 120, 30)};
    world.packages[1].storage_gb = 20;
    world.packages[1].storage_profile = 2;
  }
  const Hypervisor& host(std::int64_t id) { return world.hypervisors[id]; }
  Quota shared(std::int64_t id) { return gigabytes_of(world, host(id), host(id).others[0]); }
  std::int64_t created() {
    std::int64_t count = 0;
    while (world.create(plain_request(), false, "").server) ++count;
    return count;
  }

  World world = small_world();
};

TEST_F(Datastore, HasTheSmallestQuotaLessWhatAllHaveAllocated) {
  EXPECT_EQ(shared(1).max, 100);
  EXPECT_EQ(shared(1).free(), 60);
  EXPECT_EQ(shared(2).free(), 60);
}

TEST_F(Datastore, AnEntryWithoutAQuotaDoesNotLiftThatOfTheOthers) {
  world.hypervisors[1].others[0].gigabytes.max = 0;
  EXPECT_EQ(shared(1).free(), 80);
  world.hypervisors[2].others[0].gigabytes.max = 0;
  EXPECT_TRUE(shared(1).takes(1'000'000));
}

TEST_F(Datastore, TakesAsManyServersAsFitIntoItOnce) {
  EXPECT_EQ(created(), 3);
  EXPECT_EQ(shared(1).free(), 0);
}

TEST_F(Datastore, EachHypervisorStillShowsAnAllocationOfItsOwn) {
  world.placement = Placement::fewest_servers;
  created();
  EXPECT_EQ(host(1).others[0].gigabytes.allocated() + host(2).others[0].gigabytes.allocated(), 100);
  EXPECT_EQ(host(1).others[0].gigabytes.allocated(), 50);
}

TEST_F(Datastore, OfAnotherNameTypeOrGroupIsAnother) {
  world.hypervisors[2].others[0].name = "Ceph EC";
  EXPECT_EQ(shared(1).free(), 90);
  world.hypervisors[2].others[0].name = "Ceph RBD";
  world.hypervisors[2].others[0].storage_type = 3;
  EXPECT_EQ(shared(1).free(), 90);
  world.hypervisors[2].others[0].storage_type = 2;
  world.hypervisors[2].group = 2;
  EXPECT_EQ(shared(1).free(), 90);
}

TEST_F(Datastore, AMountpointOfTheSameNameIsNoDatastore) {
  world.hypervisors[2].others[0].is_datastore = false;
  EXPECT_EQ(shared(1).free(), 90);
  EXPECT_EQ(shared(2).free(), 90);
}

TEST_F(Datastore, IsUsedByProhibitedHypervisorsTooAndLeftByDeletedServers) {
  world.hypervisors[2].prohibit = true;
  EXPECT_EQ(shared(1).free(), 60);
  const std::int64_t server = world.create(plain_request(), false, "").server->id;
  EXPECT_EQ(shared(2).free(), 40);
  world.remove(server, std::chrono::minutes(0), Time(0));
  EXPECT_EQ(shared(2).free(), 60);
}

TEST_F(Datastore, BoundsWhatAServerCanGrowTo) {
  const std::int64_t server = world.create(plain_request(), false, "").server->id;
  EXPECT_NE(world.resize(server, {{}, {}, 61}), "");
  EXPECT_EQ(world.resize(server, {{}, {}, 60}), "");
}

TEST_F(Datastore, IsCountedOnceInWhatCanBePlaced) {
  const Footprint need{0, 0, 20, 2, 0};
  EXPECT_EQ(placeable(world, {1}, need).at_least, 3);
  EXPECT_EQ(placeable(world, {1}, need).at_most, 3);
  EXPECT_EQ(whole_servers(world, host(1), need), 3);
  // A pool of its own adds to it.
  world.hypervisors[2].others.push_back(typed_pool(9, 2, 40));
  EXPECT_EQ(placeable(world, {1}, need).at_most, 5);
  world.hypervisors[1].memory_mb.max = 10;
  EXPECT_EQ(placeable(world, {1}, {10, 0, 20, 2, 0}).at_most, 5);
  world.hypervisors[2].memory_mb.max = 40;
  EXPECT_EQ(placeable(world, {1}, {10, 0, 20, 2, 0}).at_most, 5);
  world.hypervisors[2].memory_mb.max = 30;
  EXPECT_EQ(placeable(world, {1}, {10, 0, 20, 2, 0}).at_most, 4);
}

TEST_F(Datastore, AndSharedAddressesBindTogether) {
  add_block(world, 1, 2);
  add_block(world, 2, 9);
  world.hypervisors[1].blocks = {1};
  world.hypervisors[2].blocks = {2};
  world.hypervisors[2].servers = {1, 0, 0};
  EXPECT_EQ(placeable(world, {1}, {0, 0, 20, 2, 1}).at_most, 3);
  world.blocks[1].base_free = 1;
  EXPECT_EQ(placeable(world, {1}, {0, 0, 20, 2, 1}).at_most, 2);
  world.hypervisors[2].reports_ipv4 = false;
  EXPECT_EQ(placeable(world, {1}, {0, 0, 20, 2, 1}).at_most, 2);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
