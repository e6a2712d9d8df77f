#include "sim/fleet/nested_blocks.h"

#include <gtest/gtest.h>

namespace vfstock::sim::fleet {
namespace {

using mockpanel::model::Hypervisor;
using mockpanel::model::World;

World world_of(const Figures& figures) {
  World world;
  for (const auto& [id, figure] : figures) {
    Hypervisor hypervisor;
    hypervisor.id = id;
    world.hypervisors.emplace(id, hypervisor);
  }
  add_nested_blocks(world, figures);
  return world;
}

TEST(NestedBlocks, ReproduceEveryFigure) {
  const Figures figures = {{1, 470}, {4, 0}, {11, 478}, {13, 503}, {14, 33}};
  const World world = world_of(figures);
  for (const auto& [id, figure] : figures) {
    EXPECT_EQ(world.ipv4_free(world.hypervisors.at(id)), figure) << "hypervisor " << id;
  }
}

TEST(NestedBlocks, HoldNoMoreAddressesThanTheLargestFigure) {
  const World world = world_of({{1, 5}, {2, 9}, {3, 9}});
  std::int64_t addresses = 0;
  for (const auto& [id, block] : world.blocks) addresses += block.free();
  EXPECT_EQ(addresses, 9);
}

TEST(NestedBlocks, AreTriedFromTheLeastShared) {
  const World world = world_of({{1, 5}, {2, 9}});
  const auto& blocks = world.hypervisors.at(2).blocks;
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(world.blocks.at(blocks.front()).free(), 4);  // the four that only hypervisor 2 sees
}

TEST(NestedBlocks, LeaveHypervisorsWithoutAddressesUnbound) {
  EXPECT_TRUE(world_of({{1, 0}, {2, 3}}).hypervisors.at(1).blocks.empty());
}

}  // namespace
}  // namespace vfstock::sim::fleet
