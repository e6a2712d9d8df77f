// What is done to servers, users, blocks, and (in release 7.1) to the fleet itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

using testing::HasSubstr;

class Actions : public testing::Test {
 protected:
  Actions() {
    model::Server server;
    server.id = 7;
    server.package = 1;
    server.hypervisor = 2;  // 10000 MB, 1024 of them allocated; 28 cores, 1 of them
    server.memory_mb = 1024;
    server.cores = 1;
    world.adopt(server);
  }
  Json put(const std::string& path, const std::string& body, int status) {
    const Response response = ask(api, "PUT", path, body);
    EXPECT_EQ(response.status, status) << path << " " << response.body;
    return response.body.empty() ? Json() : Json::parse(response.body);
  }

  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Actions, ABuildIsQueuedInItsAnswerAndDoneAfterIt) {
  const Response response = ask(api, "POST", "/servers/7/build",
                                R"({"operatingSystemId": 49, "name": "web", "vnc": false})");
  EXPECT_EQ(response.status, 200);
  const Json queued = Json::parse(response.body)["data"];
  EXPECT_EQ(queued["state"], "queued");
  EXPECT_EQ(queued["commissionStatus"], 1);
  EXPECT_EQ(queued["tasks"]["active"], true);
  EXPECT_TRUE(queued["settings"]["decryptedPassword"].is_string());
  const Json built = get(api, "/servers/7")["data"];
  EXPECT_EQ(built["state"], "complete");
  EXPECT_EQ(built["name"], "web");
  EXPECT_FALSE(built["settings"].contains("decryptedPassword"));
  EXPECT_EQ(ask(api, "POST", "/servers/7/build", "{}").status, 422);
  EXPECT_EQ(ask(api, "POST", "/servers/8/build", R"({"operatingSystemId": 1})").status, 404);
}

TEST_F(Actions, ABuildChangesNoFigure) {
  const Json before = get(api, "/compute/hypervisors/groups/1/resources");
  ask(api, "POST", "/servers/7/build", R"({"operatingSystemId": 49})");
  EXPECT_EQ(get(api, "/compute/hypervisors/groups/1/resources"), before);
}

TEST_F(Actions, ASuspendedServerKeepsWhatItHolds) {
  const Json before = get(api, "/compute/hypervisors/groups/1/resources");
  EXPECT_EQ(ask(api, "POST", "/servers/7/suspend").status, 204);
  EXPECT_EQ(get(api, "/servers/7")["data"]["suspended"], true);
  EXPECT_EQ(get(api, "/servers")["data"][0]["suspended"], true);
  EXPECT_EQ(get(api, "/compute/hypervisors/groups/1/resources"), before);
  EXPECT_EQ(ask(api, "POST", "/servers/7/unsuspend").status, 204);
  EXPECT_EQ(get(api, "/servers/7")["data"]["suspended"], false);
  EXPECT_EQ(ask(api, "POST", "/servers/8/suspend").body, R"({"msg":"server not found"})");
}

TEST_F(Actions, AModifyMovesTheHypervisorsFigures) {
  const auto allocated = [&](const char* resource) {
    return get(api, "/compute/hypervisors/groups/1/resources")["data"][1]["resources"][resource]
                                                              ["allocated"]
                                                                  .get<std::int64_t>();
  };
  const std::int64_t memory = allocated("memory"), cores = allocated("cpuCores");
  EXPECT_EQ(ask(api, "PUT", "/servers/7/modify/memory", R"({"memory": 2048})").body, "");
  EXPECT_EQ(allocated("memory"), memory + 1024);
  put("/servers/7/modify/cpuCores", R"({"cores": 3})", 201);
  EXPECT_EQ(allocated("cpuCores"), cores + 2);
  put("/servers/7/modify/traffic", R"({"traffic": 500})", 201);
  EXPECT_EQ(get(api, "/servers/7")["data"]["settings"]["resources"]["traffic"], 500);
  put("/servers/7/modify/name", R"({"name": "db"})", 201);
  EXPECT_EQ(get(api, "/servers/7")["data"]["name"], "db");
}

TEST_F(Actions, AModifyThatDoesNotFitOrIsNoneIsRefused) {
  put("/servers/7/modify/memory", R"({"memory": 2000000})", 422);
  put("/servers/7/modify/memory", R"({"memory": 255})", 422);
  put("/servers/7/modify/cpuCores", R"({"cpuCores": 2})", 422);
  put("/servers/8/modify/memory", R"({"memory": 2048})", 404);
  EXPECT_EQ(world.servers.at(7).memory_mb, 1024);
}

TEST_F(Actions, PowerLeavesAnEntryInTheQueue) {
  const Response response = ask(api, "POST", "/servers/7/power/restart");
  EXPECT_EQ(response.body, R"({"data":{"queueId":1}})");
  const Json entry = get(api, "/queue/1")["data"];
  EXPECT_EQ(entry["action"], "restart");
  EXPECT_EQ(entry["progress"], 100);
  EXPECT_EQ(entry["failed"], false);
  EXPECT_EQ(entry["finished"], created_at);
  EXPECT_EQ(entry["job"], "App\\Jobs\\Server\\KVM\\Power");
  EXPECT_EQ(entry["hypervisorId"], 2);
  EXPECT_EQ(ask(api, "GET", "/queue/2").status, 404);
  EXPECT_EQ(ask(api, "POST", "/servers/7/power/fly").status, 404);
}

TEST_F(Actions, TheQueueForgetsItsOldestEntries) {
  for (int i = 0; i < 1001; ++i) ask(api, "POST", "/servers/7/power/boot");
  EXPECT_EQ(world.queue.size(), 1000U);
  EXPECT_EQ(ask(api, "GET", "/queue/1").status, 404);
  EXPECT_EQ(ask(api, "GET", "/queue/1001").status, 200);
}

TEST_F(Actions, UsersAreFoundByTheShopsOwnNumber) {
  // Clients compare this text to tell a new customer from a wrong URL.
  const Response unknown = ask(api, "GET", "/users/5/byExtRelation");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.body, R"({"msg":"ext_relation_id not found"})");
  const Response made = ask(api, "POST", "/users",
                            R"({"name": "Jon Doe", "email": "jon@doe.com", "extRelationId": 5})");
  EXPECT_EQ(made.status, 201);
  const Json user = Json::parse(made.body)["data"];
  EXPECT_EQ(keys(user),
            "id admin extRelationId selfService selfServiceHourlyGroupProfiles "
            "selfServiceResourceGroupProfiles selfServiceHourlyResourcePack name email timezone "
            "suspended twoFactorAuth created updated password");
  const Json found = get(api, "/users/5/byExtRelation")["data"];
  EXPECT_EQ(found["id"], user["id"]);
  EXPECT_FALSE(found.contains("password"));
  EXPECT_EQ(
      ask(api, "POST", "/users", R"({"name": "J", "email": "j@d.e", "extRelationId": 5})").status,
      422);
  EXPECT_EQ(ask(api, "POST", "/users", R"({"name": "J"})").status, 422);
}

TEST_F(Actions, BlocksTellWhatIsLeft) {
  const Json blocks = get(api, "/connectivity/ipblocks");
  ASSERT_GT(blocks["total"], 0);
  const Json first = blocks["data"][0];
  EXPECT_EQ(keys(first),
            "id type name ipv4 ipv6 rdnsType rdnsZoneId networkProfile routeBlock dhcp enabled "
            "created updated");
  const Json alone =
      get(api, "/connectivity/ipblocks/" + std::to_string(first["id"].get<int>()))["data"];
  EXPECT_EQ(alone, first);
  EXPECT_EQ(first["ipv4"]["freeTotal"].get<std::int64_t>() +
                first["ipv4"]["usedTotal"].get<std::int64_t>(),
            first["ipv4"]["total"].get<std::int64_t>());
  EXPECT_EQ(ask(api, "GET", "/connectivity/ipblocks/999").status, 404);
}

TEST_F(Actions, AHypervisorIsChangedFieldByField) {
  put("/compute/hypervisors/2", R"({"prohibit": true, "maxMemory": 20000})", 200);
  const Json entry = get(api, "/compute/hypervisors/groups/1/resources")["data"][1];
  EXPECT_EQ(entry["hypervisor"]["prohibit"], true);
  EXPECT_EQ(entry["resources"]["memory"]["max"], 20000);
  EXPECT_EQ(entry["resources"]["cpuCores"]["max"], 28);
}

TEST_F(Actions, AHypervisorTakesNoUnknownFieldAndNoGroupThatIsNotThere) {
  EXPECT_THAT(put("/compute/hypervisors/2", R"({"ip": "192.0.2.9"})", 422).dump(),
              HasSubstr("The ip field is unknown."));
  put("/compute/hypervisors/2", R"({"groupId": 999, "prohibit": true})", 422);
  put("/compute/hypervisors/2", R"({"maxCpu": 10000})", 422);
  put("/compute/hypervisors/999", R"({"prohibit": true})", 404);
  EXPECT_FALSE(world.hypervisors.at(2).prohibit);
}

TEST_F(Actions, APackageIsChangedAndDeleted) {
  put("/packages/1", R"({"memory": 4096, "enabled": false})", 200);
  EXPECT_EQ(get(api, "/packages/1")["data"]["memory"], 4096);
  put("/packages/1", R"({"memory": 63})", 422);
  EXPECT_EQ(ask(api, "DELETE", "/packages/1", R"({"confirm": false})").status, 422);
  EXPECT_EQ(ask(api, "DELETE", "/packages/1", R"({"confirm": true})").status, 409);
  EXPECT_EQ(ask(api, "DELETE", "/packages/1", R"({"confirm": true, "force": true})").status, 204);
  EXPECT_EQ(ask(api, "GET", "/packages/1").status, 404);
}

TEST_F(Actions, AnOlderReleaseWritesNeitherHypervisorsNorPackages) {
  Options options;
  options.release = Release::v7_0;
  Api older(world, options);
  EXPECT_EQ(ask(older, "PUT", "/compute/hypervisors/2", "{}").status, 405);
  EXPECT_EQ(ask(older, "PUT", "/packages/1", "{}").status, 405);
  EXPECT_EQ(ask(older, "DELETE", "/packages/1", "{}").status, 405);
  EXPECT_EQ(ask(older, "GET", "/packages/1").status, 200);
}

TEST_F(Actions, WritesNeedTheirOwnPermission) {
  Options options;
  options.tokens = {{"any", {Scope::read_compute, Scope::read_packages, Scope::servers}}};
  Api guarded(world, options);
  EXPECT_THAT(ask(guarded, "PUT", "/packages/1", "{}").body, HasSubstr("write-packages"));
  EXPECT_THAT(ask(guarded, "PUT", "/compute/hypervisors/2", "{}").body, HasSubstr("write-compute"));
  EXPECT_THAT(ask(guarded, "POST", "/users", "{}").body, HasSubstr("users"));
}

}  // namespace
}  // namespace vfstock::mockpanel::api
