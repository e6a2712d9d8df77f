// GET /compute/hypervisors/groups/{id}/resources against the vendor's published example.
#include <gtest/gtest.h>

#include "mockpanel/api/render_resources.h"
#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

class Resources : public testing::Test {
 protected:
  const Json& entry(std::size_t index) {
    body = get(api, "/compute/hypervisors/groups/1/resources");
    return body["data"][index];
  }
  model::World world = published_panel();
  Api api{world, {}};
  Json body;
};

TEST_F(Resources, ListTheFlagsAsBooleans) {
  EXPECT_EQ(entry(0)["hypervisor"].dump(),
            R"json({"id":1,"name":"PHV 1 (RED)","enabled":true,"prohibit":false,)json"
            R"("accept":false,"commissioned":true})");
  world.hypervisors[1].commissioned = 2;
  world.touch();
  EXPECT_EQ(entry(0)["hypervisor"]["commissioned"], false);
}

TEST_F(Resources, OfHypervisorOneEqualThePublishedExample) {
  EXPECT_EQ(keys(entry(0)), "hypervisor resources");
  EXPECT_EQ(entry(0)["resources"].dump(),
            R"({"servers":{"units":"#","max":0,"allocated":1,"free":-1,"percent":null},)"
            R"("memory":{"units":"MB","max":6004,"allocated":4096,"free":1908,"percent":68.2},)"
            R"("cpuCores":{"units":"#","max":4,"allocated":3,"free":1,"percent":75},)"
            R"json("localStorage":{"enabled":1,"name":"Local (Default mountpoint)",)json"
            R"("storageType":0,)"
            R"("units":"GB","max":90,"allocated":25,"free":65,"percent":27.8},)"
            R"("otherStorage":[],"network":{"total":{"ipv4":{"free":470}}}})");
}

TEST_F(Resources, OfHypervisorThirteenHoldPoolsBeyondThirtyTwoBits) {
  const Json resources = entry(9)["resources"];
  EXPECT_EQ(resources["otherStorage"].dump(),
            R"([{"id":1,"name":"Ceph RBD","enabled":0,"path":null,"units":"GB","storageType":2,)"
            R"("isDatastore":true,"max":10000,"allocated":35,"free":9965,"percent":0.4},)"
            R"({"id":4,"name":"Ceph FS","enabled":0,"path":null,"units":"GB","storageType":2,)"
            R"("isDatastore":true,"max":558349385,"allocated":5,"free":558349380,"percent":0}])");
  EXPECT_EQ(resources["memory"]["percent"], 29.9);
  EXPECT_EQ(resources["cpuCores"]["percent"], 12.5);
  EXPECT_EQ(resources["localStorage"]["percent"], 50);
  EXPECT_EQ(resources["network"]["total"]["ipv4"]["free"], 503);
}

TEST_F(Resources, OfHypervisorFourteenEqualThePublishedExample) {
  const Json resources = entry(10)["resources"];
  EXPECT_EQ(resources["servers"]["free"], -3);
  EXPECT_EQ(resources["memory"].dump(),
            R"({"units":"MB","max":24000,"allocated":3072,"free":20928,"percent":12.8})");
  EXPECT_EQ(resources["cpuCores"]["percent"], 4.7);
  EXPECT_EQ(resources["localStorage"]["percent"].dump(), "1");
  EXPECT_EQ(resources["otherStorage"][1]["percent"].dump(), "0");
  EXPECT_EQ(resources["network"]["total"]["ipv4"]["free"], 33);
}

TEST_F(Resources, ShowAFigureOfItsOwnForEveryHypervisor) {
  entry(0);
  std::vector<std::int64_t> free;
  for (const Json& each : body["data"])
    free.push_back(each["resources"]["network"]["total"]["ipv4"]["free"]);
  EXPECT_EQ(free, (std::vector<std::int64_t>{470, 470, 470, 0, 470, 0, 0, 478, 478, 503, 33}));
}

TEST_F(Resources, OmitNetworkWhereNoIpv4IsReported) {
  world.hypervisors[1].reports_ipv4 = false;
  EXPECT_EQ(keys(entry(0)["resources"]), "servers memory cpuCores localStorage otherStorage");
}

TEST_F(Resources, OmitLocalStorageWhereThereIsNone) {
  world.hypervisors[1].local.reset();
  EXPECT_EQ(keys(entry(0)["resources"]), "servers memory cpuCores otherStorage network");
}

TEST_F(Resources, WriteThePathOfAMountpoint) {
  model::Pool& pool = world.hypervisors[14].others[0];
  pool.path = "/vf-nvme";
  pool.is_datastore = false;
  EXPECT_EQ(entry(10)["resources"]["otherStorage"][0]["path"], "/vf-nvme");
  EXPECT_EQ(entry(10)["resources"]["otherStorage"][0]["isDatastore"], false);
}

TEST_F(Resources, FollowTheWorldWhenItsRevisionChanges) {
  EXPECT_EQ(entry(0)["resources"]["memory"]["max"], 6004);
  world.hypervisors[1].memory_mb.max = 8000;
  world.touch();
  EXPECT_EQ(entry(0)["resources"]["memory"]["max"], 8000);
}

TEST(Percent, IsRoundedToOneDecimalHalvesUp) {
  EXPECT_EQ(percent(quota(2000, 1)).dump(), "0.1");
  EXPECT_EQ(percent(quota(10000, 4)).dump(), "0");
  EXPECT_EQ(percent(quota(3, 1)).dump(), "33.3");
  EXPECT_EQ(percent(quota(3, 2)).dump(), "66.7");
}

TEST(Percent, IsAnIntegerWhenWholeAndNullWithoutQuota) {
  EXPECT_EQ(percent(quota(4, 3)).dump(), "75");
  EXPECT_EQ(percent(quota(100000, 50010)).dump(), "50");
  EXPECT_EQ(percent(quota(0, 5)).dump(), "null");
}

TEST(Percent, MayExceedAHundred) { EXPECT_EQ(percent(quota(10, 25)).dump(), "250"); }

}  // namespace
}  // namespace vfstock::mockpanel::api
