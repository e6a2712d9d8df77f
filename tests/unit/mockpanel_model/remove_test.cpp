// Delayed deletions, and servers that were there before the world began.
#include <set>

#include <gtest/gtest.h>

#include "mockpanel/model/uuid.h"
#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

class Remove : public testing::Test {
 protected:
  void SetUp() override {
    add_block(world, 1, 4);
    add_hypervisor(world, 1, {1});
    CreateRequest request = plain_request();
    request.ipv4 = 2;
    request.additional_gb = 7;
    server = world.create(request, false, "").server->id;
  }
  const Hypervisor& hypervisor() { return world.hypervisors[1]; }

  World world = small_world();
  std::int64_t server = 0;
};

TEST_F(Remove, KeepsEverythingAllocatedWhileTheDeletionWaits) {
  ASSERT_TRUE(world.remove(server, minutes(5), milliseconds(1000)));
  world.advance(milliseconds(1000) + minutes(5) - milliseconds(1));
  EXPECT_EQ(hypervisor().servers.allocated(), 1);
  EXPECT_EQ(world.blocks[1].free(), 2);
  EXPECT_TRUE(world.servers.contains(server));
}

TEST_F(Remove, FreesEverythingWhenItIsDue) {
  ASSERT_TRUE(world.remove(server, minutes(5), milliseconds(1000)));
  const auto revision = world.revision();
  world.advance(milliseconds(1000) + minutes(5));
  EXPECT_EQ(hypervisor().servers.allocated(), 0);
  EXPECT_EQ(hypervisor().memory_mb.allocated(), 0);
  EXPECT_EQ(hypervisor().cores.allocated(), 0);
  EXPECT_EQ(hypervisor().local->gigabytes.allocated(), 0);
  EXPECT_EQ(world.blocks[1].free(), 4);
  EXPECT_TRUE(world.servers.empty());
  EXPECT_GT(world.revision(), revision);
}

TEST_F(Remove, DeletesAtOnceWithoutDelay) {
  ASSERT_TRUE(world.remove(server, minutes(0), milliseconds(0)));
  EXPECT_TRUE(world.servers.empty());
}

TEST_F(Remove, KnowsNoSuchServer) {
  EXPECT_FALSE(world.remove(server + 1, minutes(0), milliseconds(0)));
}

TEST_F(Remove, LetsTheEarliestOfSeveralDeletionsStand) {
  world.remove(server, minutes(5), milliseconds(0));
  world.remove(server, minutes(60), milliseconds(0));
  EXPECT_EQ(world.servers[server].delete_at, minutes(5));
  world.remove(server, minutes(2), milliseconds(0));
  world.advance(minutes(2));
  EXPECT_TRUE(world.servers.empty());
  world.advance(minutes(60));
  EXPECT_EQ(hypervisor().servers.allocated(), 0) << "freed only once";
}

TEST_F(Remove, LeavesTheRevisionAloneWhileNothingIsDue) {
  world.remove(server, minutes(5), milliseconds(0));
  const auto revision = world.revision();
  world.advance(minutes(4));
  EXPECT_EQ(world.revision(), revision);
}

TEST_F(Remove, GivesAddressesBackForTheNextServer) {
  world.remove(server, minutes(0), milliseconds(0));
  CreateRequest request = plain_request();
  request.ipv4 = 4;
  std::set<std::int64_t> ordinals;
  const CreateResult next = world.create(request, false, "");
  for (const Address& address : next.server->addresses) {
    ordinals.insert(address.ordinal);
  }
  EXPECT_EQ(ordinals, (std::set<std::int64_t>{0, 1, 2, 3}));
}

TEST(Adopt, CountsTheServerWithoutAnyCheck) {
  World world = small_world();
  add_block(world, 1, 0);
  add_hypervisor(world, 1, {1}).memory_mb = {100, 0, 0};
  Server server;
  server.id = 40;
  server.hypervisor = 1;
  server.memory_mb = 300;
  server.addresses = {{1, 0}};
  world.adopt(server);
  EXPECT_EQ(world.hypervisors[1].memory_mb.free(), -200);
  EXPECT_EQ(world.blocks[1].free(), -1);
  EXPECT_TRUE(world.servers[40].built);
  EXPECT_EQ(world.servers[40].uuid, uuid_of(40));
  world.hypervisors[1].memory_mb.max = 0;
  EXPECT_EQ(world.create(plain_request(), false, "").server->id, 41);
}

TEST(Adopt, CarriesOutADeletionThatAlreadyWaits) {
  World world = small_world();
  add_hypervisor(world, 1);
  Server server;
  server.id = 1;
  server.hypervisor = 1;
  server.delete_at = minutes(3);
  world.adopt(server);
  world.advance(minutes(3));
  EXPECT_TRUE(world.servers.empty());
}

TEST(Uuid, IsAVersionFourUuidThatDependsOnTheId) {
  const std::string uuid = uuid_of(1);
  ASSERT_EQ(uuid.size(), 36U);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_EQ(uuid[19], '8');
  EXPECT_NE(uuid, uuid_of(2));
  EXPECT_EQ(uuid, uuid_of(1));
}

}  // namespace
}  // namespace vfstock::mockpanel::model
