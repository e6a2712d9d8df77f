#include "sim/fleet/panel_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock::sim::fleet {
namespace {

using document::DocumentError;
using document::Json;
using mockpanel::model::World;
using ::testing::HasSubstr;

World read(const char* text) {
  return read_panel(document::parse(text, "test.json"), {"test.json", "/panel"});
}

std::string refusal_of(const char* text) {
  try {
    read(text);
  } catch (const DocumentError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(PanelFile, ReadsAHypervisorAsThePanelWritesIt) {
  const World world = read(R"({"packages": [], "groups": [{"id": 1, "hypervisors": [
    {"hypervisor": {"id": 13, "name": "Ceph", "enabled": true, "prohibit": false,
      "commissioned": true},
     "resources": {
       "servers": {"units": "#", "max": 0, "allocated": 5, "free": -5, "percent": null},
       "memory": {"units": "MB", "max": 24000, "allocated": 7168, "free": 16832, "percent": 29.9},
       "cpuCores": {"max": 64, "allocated": 8},
       "localStorage": {"enabled": 1, "storageType": 1, "max": 100, "allocated": 50},
       "otherStorage": [{"id": 1, "enabled": 0, "storageType": 2, "isDatastore": true,
      "max": 10000, "free": 9965}],
       "network": {"total": {"ipv4": {"free": 503}}}}}]}]})");
  const auto& hypervisor = world.hypervisors.at(13);
  EXPECT_EQ(hypervisor.group, 1);
  EXPECT_EQ(hypervisor.commissioned, 3);
  EXPECT_EQ(hypervisor.memory_mb.free(), 16832);
  EXPECT_EQ(hypervisor.servers.free(), -5);
  ASSERT_TRUE(hypervisor.local);
  EXPECT_EQ(hypervisor.local->gigabytes.allocated(), 50);
  ASSERT_EQ(hypervisor.others.size(), 1u);
  EXPECT_FALSE(hypervisor.others[0].enabled);
  EXPECT_EQ(hypervisor.others[0].gigabytes.allocated(), 35);
  EXPECT_EQ(world.ipv4_free(hypervisor), 503);
}

TEST(PanelFile, TakesAbsentAddressesForNoFigure) {
  const World world = read(
      R"({"packages": [], "groups": [{"id": 1, "hypervisors": [{"hypervisor": {"id": 1}}]}]})");
  EXPECT_FALSE(world.hypervisors.at(1).reports_ipv4);
  EXPECT_FALSE(world.hypervisors.at(1).local.has_value());
}

TEST(PanelFile, CountsListedServersOnceAndTheRestAsBaseLoad) {
  const World world =
      read(R"({"packages": [{"id": 1, "memory": 1000, "cpuCores": 1, "primaryStorage": 10}],
    "groups": [{"id": 1, "hypervisors": [{"hypervisor": {"id": 1}, "resources": {
      "servers": {"max": 9, "allocated": 3}, "memory": {"max": 9000, "allocated": 4000},
      "cpuCores": {"max": 9, "allocated": 3}, "localStorage": {"max": 90, "allocated": 30}}}]}],
    "ipv4Blocks": [{"id": 1, "free": 7, "hypervisors": [1]}],
    "servers": [{"id": 5, "package": 1, "hypervisor": 1}]})");
  const auto& hypervisor = world.hypervisors.at(1);
  EXPECT_EQ(hypervisor.memory_mb.allocated(), 4000);
  EXPECT_EQ(hypervisor.memory_mb.base, 3000);
  EXPECT_EQ(hypervisor.servers.base, 2);
  EXPECT_EQ(world.blocks.at(1).free(), 7);
  EXPECT_EQ(world.blocks.at(1).held, 1);
}

TEST(PanelFile, MakesCopiesWithIdsThatCountUp) {
  const World world = read(
      R"({"packages": [], "groups": [{"id": 1, "hypervisors": [{"copies": 3,
      "of": {"hypervisor": {"id": 10}}}]}]})");
  EXPECT_EQ(world.hypervisors.size(), 3u);
  EXPECT_TRUE(world.hypervisors.contains(12));
}

TEST(PanelFile, RefusesFiguresThatContradictEachOther) {
  EXPECT_THAT(refusal_of(R"({"packages": [], "groups": [{"id": 1,
      "hypervisors": [{"hypervisor": {"id": 1},
    "resources": {"memory": {"max": 100, "allocated": 40, "free": 50}}}]}]})"),
              HasSubstr("/panel/groups/0/hypervisors/0/resources/memory/free"));
}

TEST(PanelFile, RefusesFiguresThatTheBlocksDoNotHold) {
  EXPECT_THAT(refusal_of(R"({"packages": [], "groups": [{"id": 1,
      "hypervisors": [{"hypervisor": {"id": 1},
    "resources": {"network": {"total": {"ipv4": {"free": 9}}}}}]}], "ipv4Blocks": [{"id": 1,
      "free": 8, "hypervisors": [1]}]})"),
              HasSubstr("reports 9 free IPv4 addresses, its blocks hold 8"));
}

TEST(PanelFile, RefusesIdsThatStandTwiceOrNameNothing) {
  EXPECT_THAT(refusal_of(R"({"packages": [{"id": 1}, {"id": 1}], "groups": []})"),
              HasSubstr("/panel/packages/1/id: package 1 stands twice"));
  EXPECT_THAT(refusal_of(
                  R"({"packages": [], "groups": [], "ipv4Blocks": [{"id": 1, "free": 1,
      "hypervisors": [4]}]})"),
              HasSubstr("there is no hypervisor 4"));
  EXPECT_THAT(refusal_of(
                  R"({"packages": [], "groups": [], "servers": [{"id": 1, "package": 2,
      "hypervisor": 3}]})"),
              HasSubstr("there is no package 2"));
}

TEST(PanelFile, RefusesServersThatHoldMoreThanIsAllocated) {
  EXPECT_THAT(refusal_of(R"({"packages": [{"id": 1, "memory": 1000}], "groups": [{"id": 1,
      "hypervisors": [
    {"hypervisor": {"id": 1}, "resources": {"servers": {"max": 5, "allocated": 1},
      "memory": {"max": 2000, "allocated": 500}}}]}],
    "servers": [{"id": 1, "package": 1, "hypervisor": 1}]})"),
              HasSubstr("hold more memory of hypervisor 1 than is allocated"));
}

}  // namespace
}  // namespace vfstock::sim::fleet
