// What a create allocates, and when it is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_model/small_world.h"

namespace vfstock::mockpanel::model {
namespace {

using testing::HasSubstr;

CreateResult create(World& world, const CreateRequest& request) {
  return world.create(request, false, "2025-01-20T14:00:47+00:00");
}

TEST(Create, AllocatesWhatThePackageSays) {
  World world = small_world();
  const Hypervisor& hypervisor = add_hypervisor(world, 1);
  ASSERT_TRUE(create(world, plain_request()).server);
  EXPECT_EQ(hypervisor.servers.allocated(), 1);
  EXPECT_EQ(hypervisor.memory_mb.allocated(), 1024);
  EXPECT_EQ(hypervisor.cores.allocated(), 1);
  EXPECT_EQ(hypervisor.local->gigabytes.allocated(), 10);
}

TEST(Create, LetsTheRequestWinOverThePackage) {
  World world = small_world();
  const Hypervisor& hypervisor = add_hypervisor(world, 1);
  CreateRequest request = plain_request();
  request.memory_mb = 512;
  request.cores = 5;
  request.storage_gb = 20;
  request.traffic_gb = 30;
  request.network_speed_in = 200;
  const CreateResult result = create(world, request);
  ASSERT_TRUE(result.server);
  EXPECT_EQ(hypervisor.memory_mb.allocated(), 512);
  EXPECT_EQ(hypervisor.cores.allocated(), 5);
  EXPECT_EQ(hypervisor.local->gigabytes.allocated(), 20);
  EXPECT_EQ(result.server->traffic_gb, 30);
  EXPECT_EQ(result.server->network_speed_in, 200);
}

TEST(Create, TakesOneAddressUnlessTheRequestSaysOtherwise) {
  World world = small_world();
  add_block(world, 7, 5);
  add_hypervisor(world, 1, {7});
  CreateRequest request = plain_request();
  request.ipv4.reset();
  ASSERT_TRUE(create(world, request).server);
  EXPECT_EQ(world.blocks[7].free(), 4);
}

TEST(Create, AllocatesNothingOnADryRun) {
  World world = small_world();
  add_block(world, 7, 5);
  const Hypervisor& hypervisor = add_hypervisor(world, 1, {7});
  const auto revision = world.revision();
  CreateRequest request = plain_request();
  request.ipv4 = 2;
  const CreateResult result = world.create(request, true, "");
  ASSERT_TRUE(result.server);
  EXPECT_EQ(result.server->id, 0);
  EXPECT_EQ(hypervisor.servers.allocated(), 0);
  EXPECT_EQ(world.blocks[7].free(), 5);
  EXPECT_TRUE(world.servers.empty());
  EXPECT_EQ(world.revision(), revision);
}

TEST(Create, CountsTheRevisionUp) {
  World world = small_world();
  add_hypervisor(world, 1);
  const auto revision = world.revision();
  create(world, plain_request());
  EXPECT_GT(world.revision(), revision);
}

TEST(Create, RefusesAnUnknownOrDisabledPackage) {
  World world = small_world();
  add_hypervisor(world, 1);
  CreateRequest request = plain_request();
  request.package = 9;
  EXPECT_THAT(create(world, request).refusal, HasSubstr("Package 9"));
  world.packages[1].enabled = false;
  EXPECT_THAT(create(world, plain_request()).refusal, HasSubstr("Package 1"));
}

TEST(Create, RefusesAnUnknownOrDisabledGroup) {
  World world = small_world();
  add_hypervisor(world, 1);
  CreateRequest request = plain_request();
  request.group = 9;
  EXPECT_THAT(create(world, request).refusal, HasSubstr("group 9"));
  world.groups[1].enabled = false;
  EXPECT_THAT(create(world, plain_request()).refusal, HasSubstr("group 1"));
}

TEST(Create, SaysWhatEveryHypervisorLacks) {
  World world = small_world();
  add_hypervisor(world, 1).enabled = false;
  add_hypervisor(world, 2).memory_mb.max = 1023;
  add_hypervisor(world, 3).memory_mb.max = 500;
  const CreateResult result = create(world, plain_request());
  EXPECT_FALSE(result.server);
  EXPECT_THAT(result.refusal, HasSubstr("1 without readiness"));
  EXPECT_THAT(result.refusal, HasSubstr("2 without memory"));
}

TEST(Create, NeverReusesAnIdThatTheMapHolds) {
  World world = small_world();
  add_hypervisor(world, 1);
  world.servers[1].id = 1;
  EXPECT_EQ(create(world, plain_request()).server->id, 2);
}

TEST(Create, PutsTheAdditionalDiskOnTheDefaultMountpoint) {
  World world = small_world();
  Hypervisor& hypervisor = add_hypervisor(world, 1);
  hypervisor.others = {typed_pool(5, 2, 100)};
  CreateRequest request = plain_request();
  request.storage_profile = 2;
  request.additional_gb = 30;
  const CreateResult result = create(world, request);
  ASSERT_TRUE(result.server);
  EXPECT_EQ(result.server->pool, 5);
  EXPECT_EQ(hypervisor.others[0].gigabytes.allocated(), 10);
  EXPECT_EQ(hypervisor.local->gigabytes.allocated(), 30);
}

TEST(Create, RefusesDisksThatFitOnlyOneByOne) {
  World world = small_world();
  add_hypervisor(world, 1).local->gigabytes.max = 39;
  CreateRequest request = plain_request();
  request.additional_gb = 30;
  EXPECT_FALSE(create(world, request).server);
  world.hypervisors[1].local->gigabytes.max = 40;
  EXPECT_TRUE(create(world, request).server);
}

TEST(Create, TakesAddressesFromTheBoundBlocksInOrderAndMaySpanThem) {
  World world = small_world();
  add_block(world, 1, 9);
  add_block(world, 2, 2);
  add_block(world, 3, 9).enabled = false;
  add_hypervisor(world, 1, {3, 2, 1});
  CreateRequest request = plain_request();
  request.ipv4 = 3;
  const CreateResult result = create(world, request);
  ASSERT_TRUE(result.server);
  EXPECT_EQ(world.blocks[3].free(), 9);
  EXPECT_EQ(world.blocks[2].free(), 0);
  EXPECT_EQ(world.blocks[1].free(), 8);
  EXPECT_EQ(result.server->addresses.size(), 3U);
}

TEST(Create, RefusesWhenTheAddressesRunOut) {
  World world = small_world();
  add_block(world, 1, 2);
  add_hypervisor(world, 1, {1});
  CreateRequest request = plain_request();
  request.ipv4 = 3;
  EXPECT_THAT(create(world, request).refusal, HasSubstr("IPv4"));
}

TEST(Create, IsNotLimitedByAddressesWhereTheHypervisorReportsNone) {
  World world = small_world();
  add_block(world, 1, 2);
  add_hypervisor(world, 1, {1}).reports_ipv4 = false;
  CreateRequest request = plain_request();
  request.ipv4 = 3;
  EXPECT_TRUE(create(world, request).server);
  EXPECT_EQ(world.blocks[1].free(), 2);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
