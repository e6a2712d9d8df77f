// How many servers can truly be placed.
#include "mockpanel/model/flow.h"

#include <gtest/gtest.h>

#include "mockpanel/model/max_flow.h"
#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

Footprint need(std::int64_t ipv4) { return {1000, 0, 0, 0, ipv4}; }

/// A hypervisor that takes `servers` footprints of 1000 MB.
void add_room(World& world, std::int64_t id, std::int64_t servers,
              std::vector<std::int64_t> blocks) {
  add_hypervisor(world, id, std::move(blocks)).memory_mb.max = servers * 1000 + 999;
  if (servers == 0) world.hypervisors[id].memory_mb.max = 1;
}

TEST(Placeable, SellsNoRoomWithoutAddressesAndNoAddressesWithoutRoom) {
  World world = small_world();
  add_block(world, 1, 100);
  add_room(world, 1, 10, {});
  add_room(world, 2, 0, {1});
  EXPECT_EQ(placeable(world, {1}, need(1)).at_most, 0);
}

TEST(Placeable, CountsASharedBlockOnce) {
  World world = small_world();
  add_block(world, 1, 5);
  add_room(world, 1, 4, {1});
  add_room(world, 2, 4, {1});
  const Placeable found = placeable(world, {1}, need(1));
  EXPECT_EQ(found.at_least, 5);
  EXPECT_EQ(found.at_most, 5);
}

TEST(Placeable, LeavesSharedAddressesToThoseWhoHaveNoOthers) {
  World world = small_world();
  add_block(world, 1, 3);
  add_block(world, 2, 3);
  add_room(world, 1, 3, {1, 2});
  add_room(world, 2, 3, {1});
  EXPECT_EQ(placeable(world, {1}, need(1)).at_most, 6);
}

TEST(Placeable, IgnoresDisabledBlocksAndHypervisorsThatAreNotReady) {
  World world = small_world();
  add_block(world, 1, 5).enabled = false;
  add_block(world, 2, 2);
  add_room(world, 1, 9, {1, 2});
  add_room(world, 2, 9, {2});
  world.hypervisors[2].prohibit = true;
  EXPECT_EQ(placeable(world, {1}, need(1)).at_most, 2);
}

TEST(Placeable, NeedsNoAddressWhereNoneIsReportedOrAskedFor) {
  World world = small_world();
  add_room(world, 1, 7, {});
  EXPECT_EQ(placeable(world, {1}, need(0)).at_most, 7);
  EXPECT_EQ(placeable(world, {1}, need(1)).at_most, 0);
  world.hypervisors[1].reports_ipv4 = false;
  EXPECT_EQ(placeable(world, {1}, need(1)).at_most, 7);
}

TEST(Placeable, IsUnlimitedWhereNothingLimits) {
  World world = small_world();
  add_hypervisor(world, 1);
  EXPECT_EQ(placeable(world, {1}, need(0)).at_least, std::nullopt);
  EXPECT_EQ(placeable(world, {1}, need(0)).at_most, std::nullopt);
}

TEST(Placeable, IsLimitedByAddressesWhereQuotasDoNotLimit) {
  World world = small_world();
  add_block(world, 1, 5);
  add_hypervisor(world, 1, {1});
  EXPECT_EQ(placeable(world, {1}, need(2)).at_most, 2);
}

TEST(Placeable, IsNothingForGroupsThatDoNotExist) {
  EXPECT_EQ(placeable(small_world(), {1, 9}, need(0)).at_most, 0);
}

TEST(Placeable, CountsAGroupOnceAndAddsDifferentOnes) {
  World world = small_world();
  add_block(world, 1, 9);
  add_room(world, 1, 2, {1});
  add_room(world, 2, 3, {1});
  world.hypervisors[2].group = 2;
  EXPECT_EQ(placeable(world, {1, 1}, need(1)).at_most, 2);
  EXPECT_EQ(placeable(world, {1, 2}, need(1)).at_most, 5);
}

TEST(Placeable, AddsThePoolsThatMatch) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.local = typed_pool(0, 2, 25);
  hypervisor.others = {typed_pool(5, 2, 19), typed_pool(6, 3, 90)};
  EXPECT_EQ(placeable(world, {1}, {0, 0, 10, 2, 0}).at_most, 3);
  EXPECT_EQ(placeable(world, {1}, {0, 0, 10, 0, 0}).at_most, 2);
  EXPECT_EQ(placeable(world, {1}, {0, 0, 10, 4, 0}).at_most, 0);
}

TEST(Placeable, HeedsServerSlotsAndCores) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.servers = {5, 1, 0};
  EXPECT_EQ(placeable(world, {1}, need(0)).at_most, 4);
  hypervisor.cores = {8, 2, 0};
  EXPECT_EQ(placeable(world, {1}, {0, 2, 0, 0, 0}).at_most, 3);
}

TEST(Placeable, DoesNotCareWhetherTheGroupIsEnabled) {
  World world = small_world();
  add_room(world, 1, 7, {});
  world.groups[1].enabled = false;
  EXPECT_EQ(placeable(world, {1}, need(0)).at_most, 7);
}

TEST(Placeable, CountsWholeServersWhereEachNeedsSeveralAddresses) {
  World world = small_world();
  // Nine addresses would make three servers of three, but no two hypervisors can share a server.
  for (const std::int64_t id : {1, 2, 3}) add_block(world, id, 2);
  add_block(world, 4, 3);
  for (const std::int64_t id : {1, 2, 3}) add_room(world, id, 9, {id, 4});
  const Placeable found = placeable(world, {1}, need(3));
  EXPECT_EQ(found.at_least, 3);
  EXPECT_EQ(found.at_most, 3);
  world.blocks[4].base_free = 1;
  world.blocks[1].base_free = 3;
  const Placeable scarce = placeable(world, {1}, need(3));
  EXPECT_EQ(scarce.at_least, 2);
  EXPECT_EQ(scarce.at_most, 2);
}

TEST(Placeable, LosesTheAddressesThatAreTooFewForAWholeServer) {
  World world = small_world();
  // Six addresses would make three servers of two, but each hypervisor sees only three.
  add_block(world, 1, 3);
  add_block(world, 2, 3);
  add_room(world, 1, 9, {1});
  add_room(world, 2, 9, {2});
  const Placeable found = placeable(world, {1}, need(2));
  EXPECT_EQ(found.at_least, 2);
  EXPECT_EQ(found.at_most, 2);
}

TEST(MaxFlow, ReroutesWhatFlowsWhenCapacityIsAdded) {
  // 0 source, 1 sink, 2 and 3 hypervisors, 4 and 5 blocks.
  FlowNetwork network(6);
  const auto first = network.connect(0, 2, 1);
  const auto second = network.connect(0, 3, 0);
  network.connect(2, 4, 9);
  network.connect(2, 5, 9);
  network.connect(3, 4, 9);
  network.connect(4, 1, 1);
  network.connect(5, 1, 1);
  EXPECT_EQ(network.augment(0, 1), 1);
  network.widen(second, 5);
  EXPECT_EQ(network.augment(0, 1), 1);
  network.widen(first, 5);
  EXPECT_EQ(network.augment(0, 1), 0);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
