// Addresses move between blocks and servers.
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

class Addresses : public testing::Test {
 protected:
  void SetUp() override {
    add_block(world, 1, 2);
    add_block(world, 2, 3);
    add_block(world, 3, 9);
    add_hypervisor(world, 1, {1, 2});
    CreateRequest request = plain_request();
    request.ipv4 = 1;
    server = world.create(request, false, "").server->id;
  }
  const std::vector<Address>& held() { return world.servers[server].addresses; }

  World world = small_world();
  std::int64_t server = 0;
};

TEST_F(Addresses, ComeFromTheBoundBlocksInTheirOrder) {
  const auto added = world.add_addresses(server, 2);
  EXPECT_EQ(added, (std::vector<Address>{{1, 1}, {2, 0}}));
  EXPECT_EQ(held().size(), 3U);
  EXPECT_EQ(world.blocks[1].free(), 0);
  EXPECT_EQ(world.blocks[2].free(), 2);
}

TEST_F(Addresses, AreAddedAllOrNotAtAll) {
  EXPECT_TRUE(world.add_addresses(server, 5).empty());
  EXPECT_EQ(held().size(), 1U);
  EXPECT_EQ(world.add_addresses(server, 4).size(), 4U);
}

TEST_F(Addresses, CanBeTakenByName) {
  EXPECT_EQ(world.take_addresses(server, {{2, 2}}), "");
  EXPECT_EQ(held().back(), (Address{2, 2}));
  // Nobody gets it again, and what was skipped is still there.
  EXPECT_EQ(world.add_addresses(server, 3), (std::vector<Address>{{1, 1}, {2, 0}, {2, 1}}));
  EXPECT_EQ(world.blocks[2].free(), 0);
}

TEST_F(Addresses, ThatAreHeldOrTwiceOrOutOfTheBlockAreRefused) {
  for (const std::vector<Address>& wanted :
       {std::vector<Address>{{1, 0}}, {{2, 0}, {2, 0}}, {{2, 3}}, {{2, -1}}, {{3, 0}}, {{4, 0}}}) {
    EXPECT_NE(world.take_addresses(server, wanted), "");
  }
  world.blocks[2].enabled = false;
  EXPECT_NE(world.take_addresses(server, {{2, 0}}), "");
  EXPECT_EQ(held().size(), 1U);
}

TEST_F(Addresses, GoBackAndCanBeTakenAgain) {
  EXPECT_EQ(world.return_addresses(server, {{1, 0}}), "");
  EXPECT_TRUE(held().empty());
  EXPECT_EQ(world.blocks[1].free(), 2);
  EXPECT_NE(world.return_addresses(server, {{1, 0}}), "");
  EXPECT_EQ(world.take_addresses(server, {{1, 0}}), "");
  EXPECT_NE(world.return_addresses(server, {{1, 0}, {1, 1}}), "");
  EXPECT_EQ(held().size(), 1U);
}

TEST_F(Addresses, ABlockGrows) {
  world.grow(2, 0xC0000201, 4);
  EXPECT_EQ(world.blocks[2].free(), 7);
  EXPECT_EQ(world.ipv4_free(world.hypervisors[1]), 8);
  EXPECT_EQ(world.take_addresses(server, {{2, 6}}), "");
}

TEST_F(Addresses, ADeletedServerThatComesBackHasThemAgainWhereTheyAreFree) {
  world.add_addresses(server, 1);
  const Server before = world.servers[server];
  world.remove(server, std::chrono::minutes(0), Time(0));
  CreateRequest request = plain_request();
  request.ipv4 = 1;
  world.create(request, false, "");
  world.restore(before);
  EXPECT_EQ(world.servers[before.id].addresses.size(), 1U);
  EXPECT_EQ(world.blocks[1].free(), 0);
  EXPECT_EQ(world.hypervisors[1].servers.allocated(), 2);
}

TEST_F(Addresses, AHypervisorThatComesBackHoldsWhatItsServersHold) {
  const Hypervisor before = world.hypervisors[1];
  world.hypervisors.erase(1);
  world.remove(server, std::chrono::minutes(0), Time(0));
  world.restore(before);
  EXPECT_EQ(world.hypervisors[1].servers.allocated(), 0);
  EXPECT_EQ(world.hypervisors[1].memory_mb.allocated(), 0);
}

TEST(Owners, AServerNeedsOneThatExists) {
  World world = small_world();
  add_hypervisor(world, 1);
  CreateRequest request = plain_request();
  request.owner = 2;
  EXPECT_EQ(world.create(request, false, "").refusal, "The selected userId is invalid.");
  EXPECT_TRUE(world.create(plain_request(), false, "").server);
}

TEST(Owners, ThoseOfAdoptedServersAreMadeUp) {
  World world = small_world();
  Server server;
  server.id = 5;
  server.owner = 9;
  world.adopt(server);
  EXPECT_EQ(world.users.at(9).email, "user9@shop.example");
}

}  // namespace
}  // namespace vfstock::mockpanel::model
