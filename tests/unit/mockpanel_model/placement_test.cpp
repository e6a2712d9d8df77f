// Which hypervisor takes a server.
#include "mockpanel/model/placement.h"

#include <gtest/gtest.h>

#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

const Footprint one_gigabyte{1024, 1, 10, 0, 0};

std::int64_t chosen(const World& world, const Footprint& need = one_gigabyte) {
  const Hypervisor* hypervisor = choose(world, 1, need, 0);
  return hypervisor == nullptr ? 0 : hypervisor->id;
}

TEST(Placement, FirstFitTakesTheLowestId) {
  World world = small_world();
  add_hypervisor(world, 2);
  add_hypervisor(world, 5);
  EXPECT_EQ(chosen(world), 2);
}

TEST(Placement, MostFreeTakesTheMostFreeMemory) {
  World world = small_world();
  world.placement = Placement::most_free;
  add_hypervisor(world, 1).memory_mb = {8000, 5000, 0};
  add_hypervisor(world, 2).memory_mb = {6000, 1000, 0};
  add_hypervisor(world, 3).memory_mb = {6000, 1000, 0};
  EXPECT_EQ(chosen(world), 2);
  add_hypervisor(world, 4);
  EXPECT_EQ(chosen(world), 4) << "no quota is the most";
}

TEST(Placement, FewestServersTakesTheFewestServers) {
  World world = small_world();
  world.placement = Placement::fewest_servers;
  add_hypervisor(world, 1).servers.base = 3;
  add_hypervisor(world, 2).servers.base = 1;
  EXPECT_EQ(chosen(world), 2);
}

TEST(Placement, SkipsHypervisorsThatAreNotReady) {
  World world = small_world();
  add_hypervisor(world, 1).enabled = false;
  add_hypervisor(world, 2).prohibit = true;
  add_hypervisor(world, 3).commissioned = 2;
  add_hypervisor(world, 4).maintenance = true;
  EXPECT_EQ(chosen(world), 4) << "maintenance is not among the figures that placement heeds";
}

TEST(Placement, StaysInsideTheGroup) {
  World world = small_world();
  add_hypervisor(world, 1).group = 2;
  EXPECT_EQ(chosen(world), 0);
}

TEST(Placement, HeedsEveryQuotaToTheLastUnit) {
  const auto lacking = [](auto set) {
    World world = small_world();
    set(add_hypervisor(world, 1));
    return lack(world, world.hypervisors[1], one_gigabyte, 0);
  };
  EXPECT_EQ(lacking([](Hypervisor& h) { h.servers = {2, 2, 0}; }), Lack::servers);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.servers = {2, 1, 0}; }), Lack::nothing);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.memory_mb = {2047, 1024, 0}; }), Lack::memory);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.memory_mb = {2048, 1024, 0}; }), Lack::nothing);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.cores = {1, 1, 0}; }), Lack::cores);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.local->gigabytes = {10, 1, 0}; }), Lack::storage);
  EXPECT_EQ(lacking([](Hypervisor& h) { h.local.reset(); }), Lack::storage);
}

TEST(Placement, TreatsAQuotaOfZeroAsNoQuota) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.servers.base = hypervisor.memory_mb.base = hypervisor.cores.base = 1000000;
  EXPECT_EQ(chosen(world), 1);
}

TEST(PoolChoice, UsesTheDefaultMountpointAloneWithoutProfile) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.others = {typed_pool(5, 0, 1000)};
  EXPECT_EQ(world.pool_for(hypervisor, 0, 10)->id, 0);
  hypervisor.local->enabled = false;
  EXPECT_EQ(world.pool_for(hypervisor, 0, 10), nullptr);
}

TEST(PoolChoice, TakesTheRoomiestEnabledPoolOfTheType) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.local = typed_pool(0, 2, 50);
  hypervisor.others = {typed_pool(5, 2, 100), typed_pool(6, 2, 200), typed_pool(7, 3, 900)};
  EXPECT_EQ(world.pool_for(hypervisor, 2, 10)->id, 6);
  hypervisor.others[1].enabled = false;
  EXPECT_EQ(world.pool_for(hypervisor, 2, 10)->id, 5);
  hypervisor.others[0].gigabytes.base = 95;
  EXPECT_EQ(world.pool_for(hypervisor, 2, 10)->id, 0);
  EXPECT_EQ(world.pool_for(hypervisor, 2, 51), nullptr);
  EXPECT_EQ(world.pool_for(hypervisor, 4, 1), nullptr);
}

TEST(Ipv4Free, AddsTheEnabledBlocksThatAreBound) {
  World world = small_world();
  add_block(world, 1, 10);
  add_block(world, 2, 20).enabled = false;
  add_block(world, 3, -5);
  add_block(world, 4, 40);
  const Hypervisor& hypervisor = add_hypervisor(world, 1, {1, 2, 3, 99});
  EXPECT_EQ(world.ipv4_free(hypervisor), 10);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
