// What the panel is told, it remembers: users, keys, owners, names, flags.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

using testing::HasSubstr;

const char* const a_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@home";

class Remembered : public testing::Test {
 protected:
  Remembered() {
    model::Server server;
    server.id = 7;
    server.package = 1;
    server.hypervisor = 13;
    server.memory_mb = 1024;
    server.cores = 1;
    server.storage_gb = 10;
    world.adopt(server);
    world.packages[2] = world.packages[1];
    world.packages[2].id = 2;
    world.packages[2].memory_mb = 2048;
    world.packages[2].write_iops_sec = 300;
  }
  Json sent(const std::string& method, const std::string& path, const Json& body, int status) {
    const Response response = ask(api, method, path, body.is_null() ? "" : body.dump());
    EXPECT_EQ(response.status, status) << method << " " << path << ": " << response.body;
    return response.body.empty() ? Json() : Json::parse(response.body);
  }
  Json server() { return get(api, "/servers/7")["data"]; }
  std::int64_t user(std::int64_t relation) {
    const std::string number = std::to_string(relation);
    return sent("POST", "/users",
                {{"name", "User"}, {"email", number + "@d.e"}, {"extRelationId", relation}},
                201)["data"]["id"];
  }

  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Remembered, AUserWithEverythingThatItWasToldOf) {
  const Json made = sent("POST", "/users",
                         {{"name", "Jon Doe"},
                          {"email", "jon@doe.com"},
                          {"extRelationId", 1},
                          {"selfService", 3},
                          {"selfServiceHourlyCredit", true},
                          {"selfServiceHourlyGroupProfiles", {1, 2}},
                          {"selfServiceResourceGroupProfiles", {4}},
                          {"selfServiceHourlyResourcePack", 1},
                          {"sendMail", false}},
                         201)["data"];
  EXPECT_EQ(made["id"], 2);
  EXPECT_EQ(made["created"], "2025-01-20T14:00:47.000000Z");
  const Json found = get(api, "/users/1/byExtRelation")["data"];
  EXPECT_EQ(found["selfService"], 3);
  EXPECT_EQ(found["selfServiceHourlyGroupProfiles"], Json::array({1, 2}));
  EXPECT_EQ(found["selfServiceHourlyResourcePack"], 1);
}

TEST_F(Remembered, AnEmailBelongsToOneUser) {
  user(1);
  EXPECT_THAT(sent("POST", "/users", {{"name", "B"}, {"email", "1@D.E"}}, 422).dump(),
              HasSubstr("email has already been taken"));
  for (const char* text : {"@d.e", "a@", "ab", "a@b@c", "a b@c"}) {
    sent("POST", "/users", {{"name", "B"}, {"email", text}}, 422);
  }
  user(2);
  sent("PUT", "/users/2/byExtRelation", {{"email", "1@d.e"}}, 422);
  sent("PUT", "/users/2/byExtRelation", {{"email", "2@d.e"}, {"name", "Two"}}, 201);
  EXPECT_EQ(get(api, "/users/2/byExtRelation")["data"]["name"], "Two");
}

TEST_F(Remembered, AUserCanBeSuspendedAndDeletedOnceItOwnsNothing) {
  const std::int64_t id = user(5);
  EXPECT_EQ(sent("PUT", "/users/5/byExtRelation", {{"enabled", false}}, 201)["data"]["enabled"],
            false);
  EXPECT_EQ(get(api, "/users/5/byExtRelation")["data"]["suspended"], true);
  sent("PUT", "/servers/7/owner/" + std::to_string(id), nullptr, 201);
  sent("DELETE", "/users/5/byExtRelation", nullptr, 409);
  sent("PUT", "/servers/7/owner/1", nullptr, 201);
  sent("DELETE", "/users/5/byExtRelation", nullptr, 204);
  EXPECT_EQ(sent("DELETE", "/users/5/byExtRelation", nullptr, 404)["msg"],
            "ext_relation_id not found");
}

TEST_F(Remembered, TheOwnerOfAServer) {
  EXPECT_EQ(server()["owner"]["name"], "Administrator");
  const std::int64_t id = user(9);
  sent("PUT", "/servers/7/owner/" + std::to_string(id), nullptr, 201);
  EXPECT_EQ(server()["ownerId"], id);
  EXPECT_EQ(server()["owner"]["extRelationId"], 9);
  EXPECT_EQ(server()["owner"]["created"], "2025-01-20T14:00:47+00:00");
  EXPECT_EQ(get(api, "/servers")["data"][0]["owner"], id);
  EXPECT_EQ(get(api, "/servers/user/" + std::to_string(id))["data"][0]["id"], 7);
  EXPECT_TRUE(get(api, "/servers/user/1")["data"].empty());
  EXPECT_EQ(sent("PUT", "/servers/7/owner/99", nullptr, 404)["msg"], "user not found");
}

TEST_F(Remembered, AServerCannotBeCreatedForNobody) {
  const Json refused =
      sent("POST", "/servers", {{"packageId", 1}, {"userId", 99}, {"hypervisorId", 1}}, 422);
  EXPECT_EQ(refused["errors"][0], "The selected userId is invalid.");
}

TEST_F(Remembered, WhatABuildSays) {
  const std::int64_t key = sent(
      "POST", "/ssh_keys", {{"userId", 1}, {"name", "k"}, {"publicKey", a_key}}, 201)["data"]["id"];
  sent("POST", "/servers/7/build",
       {{"operatingSystemId", 49},
        {"name", "web"},
        {"hostname", "web.example.com"},
        {"sshKeys", {key}},
        {"vnc", true},
        {"ipv6", true},
        {"swap", 1.5}},
       200);
  EXPECT_EQ(server()["hostname"], "web.example.com");
  EXPECT_EQ(server()["settings"]["osTemplateInstallId"], 49);
  EXPECT_EQ(server()["built"], created_at);
  EXPECT_EQ(server()["tasks"]["lastOn"], "2025-01-20 14:00:47");
  EXPECT_EQ(server()["vnc"]["enabled"], true);
  EXPECT_EQ(server()["network"]["interfaces"][0]["ipv6"].size(), 1U);
  EXPECT_EQ(server()["sshKeys"][0]["public"], a_key);
  EXPECT_EQ(keys(server()["sshKeys"][0]), "id ownerId type name public enabled created");
  sent("POST", "/servers/7/build", {{"operatingSystemId", 1}, {"sshKeys", {99}}}, 422);
  sent("DELETE", "/ssh_keys/" + std::to_string(key), nullptr, 204);
  EXPECT_TRUE(server()["sshKeys"].empty());
}

TEST_F(Remembered, KeysBelongToUsers) {
  sent("POST", "/ssh_keys", {{"userId", 99}, {"name", "k"}, {"publicKey", a_key}}, 422);
  sent("POST", "/ssh_keys", {{"userId", 1}, {"name", "k"}, {"publicKey", "hello world"}}, 422);
  EXPECT_EQ(sent("POST", "/ssh_keys", {{"userId", 1}, {"name", "k"}, {"publicKey", a_key}},
                 201)["data"]["type"],
            "ssh-ed25519");
  EXPECT_EQ(get(api, "/ssh_keys/user/1")["data"][0], get(api, "/ssh_keys/1")["data"]);
  sent("GET", "/ssh_keys/2", nullptr, 404);
  sent("GET", "/ssh_keys/user/99", nullptr, 404);
}

TEST_F(Remembered, APackageIsCarriedOverAndWhatWasNotIsSaid) {
  const Json info = sent("PUT", "/servers/7/package/2", nullptr, 200)["info"];
  EXPECT_EQ(info,
            Json::array({"CPU cores not updated. It matches the current value",
                         "primary disk not updated. It either matches or is lower than the "
                         "current value",
                         "primary network speed inbound not updated. It matches the current value",
                         "primary network speed outbound not updated. It matches the current value",
                         "read IOPS not updated. It matches the current value",
                         "read bytes/sec not updated. It matches the current value",
                         "write bytes/sec not updated. It matches the current value",
                         "backup plan not updated. It matches the current value"}));
  EXPECT_EQ(server()["settings"]["resources"]["memory"], 2048);
  EXPECT_EQ(server()["storage"][0]["iops"]["write"], 300);
}

TEST_F(Remembered, APartThatIsNotWantedStays) {
  const Json info = sent("PUT", "/servers/7/package/2",
                         {{"memory", false}, {"cpu", false}, {"primaryDiskSize", false}}, 200);
  EXPECT_EQ(server()["settings"]["resources"]["memory"], 1024);
  EXPECT_THAT(info.dump(), testing::Not(HasSubstr("CPU cores")));
  sent("PUT", "/servers/7/package/2", {{"colour", true}}, 400);
  EXPECT_EQ(sent("PUT", "/servers/7/package/99", nullptr, 404)["msg"], "package not found");
}

TEST_F(Remembered, ThrottlePlanAndVnc) {
  sent("PUT", "/servers/7/modify/cpuThrottle", {{"percent", 50}}, 201);
  sent("PUT", "/servers/7/modify/cpuThrottle", {{"percent", 100}}, 422);
  EXPECT_EQ(server()["cpu"]["throttle"], 50);
  sent("PUT", "/servers/7/backups/plan/3", nullptr, 201);
  EXPECT_EQ(server()["backupPlan"]["id"], 3);
  EXPECT_EQ(sent("POST", "/servers/7/vnc", {{"action", "enable"}}, 200)["data"]["vnc"]["enabled"],
            true);
  EXPECT_EQ(get(api, "/servers/7/vnc")["data"]["vnc"]["enabled"], true);
  sent("POST", "/servers/7/vnc", {{"action", "explode"}}, 422);
}

TEST_F(Remembered, SelfServiceIsGivenAndTaken) {
  user(5);
  sent("POST", "/selfService/hourlyGroupProfile/byUserExtRelationId/5", {{"profileId", 8}}, 204);
  sent("PUT", "/selfService/access/byUserExtRelationId/5", {{"syncToProfiles", true}}, 204);
  EXPECT_EQ(get(api, "/users/5/byExtRelation")["data"]["selfService"], 1);
  sent("DELETE", "/selfService/hourlyGroupProfile/8/byUserExtRelationId/5", nullptr, 204);
  sent("DELETE", "/selfService/hourlyGroupProfile/8/byUserExtRelationId/5", nullptr, 404);
  sent("POST", "/selfService/resourceGroupProfile/byUserExtRelationId/5", {{"profileId", 2}}, 204);
  sent("DELETE", "/selfService/resourceGroupProfile/2/byUserExtRelationId/5", nullptr, 204);
  sent("PUT", "/selfService/hourlyResourcePack/byUserExtRelationId/5", {{"packId", 4}}, 204);
  EXPECT_EQ(get(api, "/users/5/byExtRelation")["data"]["selfServiceHourlyResourcePack"], 4);
  const Json credit =
      sent("POST", "/selfService/credit/byUserExtRelationId/5", {{"tokens", 2.5}}, 201);
  const std::string credit_path =
      "/selfService/credit/" + std::to_string(credit["data"]["id"].get<int>());
  sent("DELETE", credit_path, nullptr, 204);
  sent("DELETE", credit_path, nullptr, 404);
  const Json pack = sent("POST", "/selfService/resourcePack/byUserExtRelationId/5",
                         {{"packId", 3}, {"enabled", true}}, 201);
  const std::string pack_path =
      "/selfService/resourcePack/" + std::to_string(pack["data"]["id"].get<int>());
  EXPECT_EQ(get(api, pack_path)["data"]["pid"], 3);
  sent("PUT", pack_path, {{"enabled", false}}, 204);
  EXPECT_EQ(get(api, pack_path)["data"]["enabled"], false);
  sent("DELETE", pack_path, nullptr, 204);
  sent("POST", "/selfService/credit/byUserExtRelationId/6", {{"tokens", 1}}, 404);
}

}  // namespace
}  // namespace vfstock::mockpanel::api
