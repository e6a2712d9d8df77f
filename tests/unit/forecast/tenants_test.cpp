// VPSes that a snapshot counts already: assigned to what is allocated, or left out and told.
#include <algorithm>

#include <gtest/gtest.h>

#include "sim/forecast/read_plan.h"
#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {
namespace {

using document::Json;

/// Hypervisors on which so many MB are allocated; the shop sells VPSes of 2 and of 3 MB.
Plan plan_of(const std::vector<int>& allocated, int small, int large) {
  Json hypervisors = Json::array();
  int id = 0;
  for (const int mb : allocated) {
    hypervisors.push_back({{"hypervisor", {{"id", ++id}}},
                           {"resources",
                            {{"memory", {{"max", 100}, {"allocated", mb}}},
                             {"localStorage", {{"enabled", 1}, {"max", 0}}}}}});
  }
  Json json = Json::parse(R"({"format": 1, "name": "n", "description": "d", "horizon": "9d",
    "panel": {"packages": [{"id": 1, "memory": 2, "cpuCores": 0, "primaryStorage": 0},
                           {"id": 2, "memory": 3, "cpuCores": 0, "primaryStorage": 0}],
              "groups": [{"id": 1, "hypervisors": []}]},
    "shop": {"products": [{"id": 1, "configoption1": "1", "configoption2": "1"},
                          {"id": 2, "configoption1": "1", "configoption2": "2"}]},
    "running": {
      "a": {"product": 1, "count": 0, "counted": true, "life": {"law": "never"}},
      "b": {"product": 2, "count": 0, "counted": true, "life": {"law": "never"}}}})");
  json["panel"]["groups"][0]["hypervisors"] = hypervisors;
  json["running"]["a"]["count"] = small;
  json["running"]["b"]["count"] = large;
  return read_plan({"plan.json", json, {}, {}});
}

std::int64_t allocated(const Scene& scene) {
  std::int64_t sum = 0;
  for (const Scene::Tenant& tenant : scene.tenants) sum += tenant.held.need.memory_mb;
  return sum;
}

// 3+3 and 2+2+2: in the order of the plan the small ones would take 2+2 of each and leave no 3.
TEST(CountedVpses, ArePackedAndNotDealt) {
  const Plan plan = plan_of({6, 6}, 3, 2);
  const Scene scene(plan);
  EXPECT_TRUE(scene.notes.empty()) << scene.notes.front();
  EXPECT_EQ(scene.tenants.size(), 5U);
  EXPECT_EQ(allocated(scene), 12);
}

TEST(CountedVpses, BestFitKeepsRoomForTheOthers) {
  const Plan plan = plan_of({9, 3, 2}, 1, 4);
  const Scene scene(plan);
  EXPECT_TRUE(scene.notes.empty()) << scene.notes.front();
}

TEST(CountedVpses, OneOrderBetweenSnapshotAndHistoryIsTold) {
  const Plan plan = plan_of({6}, 4, 0);
  const Scene scene(plan);
  EXPECT_EQ(scene.tenants.size(), 3U);
  ASSERT_EQ(scene.notes.size(), 1U);
  EXPECT_EQ(
      scene.notes[0],
      "1 of the 4 running VPSes 'a' are not among what the fleet has allocated; they are left "
      "out");
}

TEST(CountedVpses, HoldNoMoreThanIsAllocatedAnywhere) {
  for (int small = 0; small <= 6; ++small) {
    for (int large = 0; large <= 4; ++large) {
      const Plan plan = plan_of({7, 5, 1}, small, large);
      const Scene scene(plan);
      std::vector<std::int64_t> held(3, 0);
      for (const Scene::Tenant& tenant : scene.tenants) {
        held[static_cast<std::size_t>(tenant.held.hypervisor)] += tenant.held.need.memory_mb;
      }
      EXPECT_EQ(scene.tenants.empty(), small + large == 0);
      EXPECT_LE(held[0], 7);
      EXPECT_LE(held[1], 5);
      EXPECT_LE(held[2], 1);
      EXPECT_TRUE(std::is_sorted(
          scene.tenants.begin(), scene.tenants.end(), [](const auto& one, const auto& other) {
            return std::pair(one.kind, one.number) < std::pair(other.kind, other.number);
          }));
    }
  }
}

}  // namespace
}  // namespace vfstock::sim::forecast
