// Creating, listing and deleting servers through the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mockpanel/api/traffic_period.h"
#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

using testing::HasSubstr;

/// The request of the published example.
Json published_request() {
  return {{"packageId", 1},
          {"userId", 1},
          {"hypervisorId", 1},
          {"ipv4", 1},
          {"storage", 20},
          {"traffic", 20},
          {"memory", 512},
          {"cpuCores", 5},
          {"networkSpeedInbound", 200},
          {"networkSpeedOutbound", 400},
          {"storageProfile", 1},
          {"networkProfile", 1},
          {"firewallRulesets", Json::array({1, 2})},
          {"hypervisorAssetGroups", Json::array({3, 4})},
          {"additionalStorage1Enable", true},
          {"additionalStorage2Enable", false},
          {"additionalStorage1Profile", 1},
          {"additionalStorage2Profile", 2},
          {"additionalStorage1Capacity", 10},
          {"additionalStorage2Capacity", 20}};
}

class Servers : public testing::Test {
 protected:
  void SetUp() override {
    // Without hypervisor 8, the fewest servers are on 14, which the published create chose.
    world.placement = model::Placement::fewest_servers;
    world.hypervisors[8].prohibit = true;
  }
  Response create(const Json& body = published_request(), const std::string& query = "") {
    return ask(api, "POST", "/servers" + query, body.dump());
  }
  Response create_with(const std::string& name, const Json& value) {
    Json body = published_request();
    body[name] = value;
    return create(body);
  }
  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Servers, CreateReproducesTheArithmeticOfThePublishedExample) {
  const Response response = create();
  EXPECT_EQ(response.status, 201);
  const Json server = Json::parse(response.body)["data"];
  EXPECT_EQ(server["hypervisorId"], 14);
  const Json resources = server["hypervisor"]["resources"];
  EXPECT_EQ(resources["servers"].dump(),
            R"({"units":"#","max":0,"allocated":4,"free":-4,"percent":null})");
  EXPECT_EQ(resources["memory"].dump(),
            R"({"units":"MB","max":24000,"allocated":3584,"free":20416,"percent":14.9})");
  EXPECT_EQ(resources["cpuCores"].dump(),
            R"({"units":"#","max":64,"allocated":8,"free":56,"percent":12.5})");
  EXPECT_EQ(resources["localStorage"]["allocated"], 40);
  EXPECT_EQ(resources["localStorage"]["percent"].dump(), "4");
  EXPECT_EQ(resources["otherStorage"][0]["allocated"], 10);
  EXPECT_EQ(keys(resources), "servers memory cpuCores localStorage otherStorage");
  EXPECT_EQ(server["network"]["interfaces"][0]["ipv4"].size(), 1U);
  EXPECT_EQ(server["network"]["interfaces"][0]["ipv4"][0]["blockId"], 3);
  EXPECT_EQ(world.blocks[3].free(), 32);
}

TEST_F(Servers, CreateShowsItsEffectInTheGroupAtOnce) {
  const auto figures = [&] {
    return get(api, "/compute/hypervisors/groups/1/resources")["data"][10]["resources"];
  };
  EXPECT_EQ(figures()["memory"]["allocated"], 3072);
  create();
  EXPECT_EQ(figures()["memory"]["allocated"], 3584);
  EXPECT_EQ(figures()["network"]["total"]["ipv4"]["free"], 32);
}

TEST_F(Servers, RecordHasTheFieldsOfThePublishedExampleInTheirOrder) {
  const Json server = Json::parse(create().body)["data"];
  EXPECT_EQ(keys(server),
            "id ownerId hypervisorId arch name selfService selfServiceSettings hostname "
            "commissionStatus uuid state migratable timezone migrateLevel deleteLevel configLevel "
            "backupLevel elevated elevateId elevate destroyable rebuild suspended protected "
            "buildFailed primaryNetworkDhcp4 primaryNetworkDhcp6 built created updated traffic "
            "settings cpu customXML qemuCommandline qemuAgent media backupPlan vnc network storage "
            "hypervisorAssets hypervisor owner sshKeys sharedUsers tasks");
  EXPECT_EQ(types(server),
            "iiiisianissbsiiiibnbbbbbbbbnssoooo"
            "aooooo"
            "aaooaao");
  EXPECT_EQ(keys(server["settings"]),
            "osTemplateInstall osTemplateInstallId encryptedPassword backupPlan uefi uefiType "
            "cloudInit cloudInitType config userConfig bootOrder tpmType networkBoot bootMenu "
            "customISO securityDriver memBalloon hyperv extended machineType pciPorts resources");
  EXPECT_EQ(server["settings"]["resources"].dump(),
            R"({"memory":512,"storage":20,"traffic":20,"cpuCores":5})");
  EXPECT_EQ(keys(server["storage"][0]),
            "_id id cache bus capacity drive datastoreDiskId filesystem iops bytes type profile "
            "status enabled primary created updated datastore name filename hypervisorStorageId "
            "local locationType path");
  EXPECT_EQ(keys(server["hypervisor"]),
            "id ip hostname port maintenance groupId group timezone forceIPv6 vncListenType "
            "displayName cpuSet nfType backupStorageType defaultDiskType defaultDiskCacheType "
            "defaultCPU defaultMachineType created updated name dataDir resources");
}

TEST_F(Servers, RecordSaysThatTheServerIsOnlyAllocated) {
  const Json server = Json::parse(create().body)["data"];
  EXPECT_EQ(server["state"], "allocated");
  EXPECT_EQ(server["commissionStatus"], 0);
  EXPECT_EQ(server["built"], nullptr);
  EXPECT_EQ(server["name"], "");
  EXPECT_EQ(server["created"], created_at);
  EXPECT_EQ(server["traffic"]["public"]["currentPeriod"].dump(),
            R"({"start":"2025-01-20T00:00:00.000000Z","end":"2025-02-19T23:59:59.999999Z",)"
            R"("limit":20})");
}

TEST_F(Servers, RecordShowsBothDisksAndThePendingOne) {
  const Json server = Json::parse(create().body)["data"];
  ASSERT_EQ(server["storage"].size(), 2U);
  EXPECT_EQ(server["storage"][0]["capacity"], 20);
  EXPECT_EQ(server["storage"][0]["profile"], 1);
  EXPECT_EQ(server["storage"][0]["hypervisorStorageId"], nullptr);
  EXPECT_EQ(server["storage"][1]["capacity"], 10);
  EXPECT_EQ(server["storage"][1]["profile"], 0);
  EXPECT_EQ(server["storage"][1]["enabled"], false);
  EXPECT_EQ(server["storage"][1]["status"], 1);
  EXPECT_EQ(server["tasks"]["actions"]["pending"][0]["action"], "Create HDD (sdb)");
}

TEST_F(Servers, RecordNamesThePoolThatHoldsTheDisk) {
  world.hypervisors[14].others[0].enabled = true;
  const Json server = Json::parse(create_with("storageProfile", 2).body)["data"];
  EXPECT_EQ(server["storage"][0]["hypervisorStorageId"], 2);
  EXPECT_EQ(server["storage"][0]["local"], false);
}

TEST_F(Servers, GetAnswersTheSameRecordWithRemoteStateLast) {
  Json created = Json::parse(create().body)["data"];
  created["remoteState"] = false;
  EXPECT_EQ(get(api, "/servers/1?remoteState=false")["data"].dump(), created.dump());
}

TEST_F(Servers, AdoptedServersAreComplete) {
  model::Server server;
  server.id = 69;
  server.hypervisor = 14;
  world.adopt(server);
  const Json record = get(api, "/servers/69")["data"];
  EXPECT_EQ(record["state"], "complete");
  EXPECT_EQ(record["commissionStatus"], 3);
  EXPECT_TRUE(record["built"].is_string());
}

TEST_F(Servers, DryRunAllocatesNothing) {
  const Response response = create(published_request(), "?dryRun=true");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"data":{"dryRun":"success"}})");
  EXPECT_TRUE(world.servers.empty());
  EXPECT_EQ(create(published_request(), "?dryRun=maybe").status, 422);
  EXPECT_EQ(create(published_request(), "?dryRun=false").status, 201);
}

TEST_F(Servers, DryRunRefusesWhatACreateRefuses) {
  Json body = published_request();
  body["ipv4"] = 600;
  EXPECT_EQ(create(body, "?dryRun=true").status, 422);
}

TEST_F(Servers, CreateIsRefusedWithAnArrayOfTexts) {
  for (const auto& [name, value] : {std::pair<const char*, Json>{"packageId", 9},
                                    {"hypervisorId", 9},
                                    {"ipv4", 600},
                                    {"storage", 5000},
                                    {"storageProfile", 7}}) {
    const Response response = create_with(name, value);
    EXPECT_EQ(response.status, 422) << name;
    const Json body = Json::parse(response.body);
    EXPECT_EQ(keys(body), "errors");
    EXPECT_TRUE(body["errors"][0].is_string());
  }
  EXPECT_TRUE(world.servers.empty());
}

TEST_F(Servers, CreateNamesEveryFieldThatIsMissingOrMistyped) {
  const Json errors = Json::parse(create(Json::object()).body)["errors"];
  EXPECT_EQ(errors,
            Json::array({"The packageId field is required.", "The userId field is required.",
                         "The hypervisorId field is required."}));
  for (const auto& [name, value] : {std::pair<const char*, Json>{"packageId", "1"},
                                    {"memory", 512.0},
                                    {"ipv4", -1},
                                    {"cpuCores", 18446744073709551615U},
                                    {"firewallRulesets", 1},
                                    {"firewallRulesets", Json::array({"x"})},
                                    {"additionalStorage1Enable", 1}}) {
    const Response response = create_with(name, value);
    EXPECT_EQ(response.status, 422) << name;
    EXPECT_THAT(response.body, HasSubstr(name));
  }
}

TEST_F(Servers, CreateRefusesABodyThatIsNoJsonObject) {
  for (const std::string& body : {std::string(), std::string("{"), std::string("[]"),
                                  std::string("null"), std::string(100000, '[')}) {
    EXPECT_EQ(ask(api, "POST", "/servers", body).status, 422);
  }
}

TEST_F(Servers, CreateRefusesUnknownFieldsWhenStrictOnly) {
  EXPECT_EQ(create_with("colour", "red").status, 400);
  Options options;
  options.strict = false;
  Api lenient(world, options);
  Json body = published_request();
  body["colour"] = "red";
  EXPECT_EQ(ask(lenient, "POST", "/servers", body.dump()).status, 201);
}

TEST_F(Servers, ListIsShortUnlessAskedForInFull) {
  create();
  const Json listed = get(api, "/servers")["data"][0];
  EXPECT_EQ(keys(listed),
            "id uuid name commissioned owner hypervisorId suspended protected updated created");
  EXPECT_EQ(types(listed), "issiiibbss");
  EXPECT_EQ(listed["commissioned"], 0);
  const Json full = get(api, "/servers?type=full")["data"][0];
  EXPECT_EQ(full["hypervisor"]["resources"]["memory"]["allocated"], 3584);
  EXPECT_EQ(ask(api, "GET", "/servers?type=other").status, 422);
}

TEST_F(Servers, ListCanBeNarrowedToHypervisors) {
  for (const std::int64_t hypervisor : {1, 2, 2, 3}) {
    model::Server server;
    server.id = static_cast<std::int64_t>(world.servers.size()) + 1;
    server.hypervisor = hypervisor;
    world.adopt(server);
  }
  EXPECT_EQ(get(api, "/servers")["total"], 4);
  EXPECT_EQ(get(api, "/servers?hypervisorId=2")["total"], 2);
  EXPECT_EQ(get(api, "/servers?hypervisorId[]=2&hypervisorId[]=3")["total"], 3);
  EXPECT_EQ(get(api, "/servers?hypervisorId=x")["total"], 0);
}

TEST_F(Servers, DeleteWaitsForTheDefaultDelay) {
  create();
  const Response response = ask(api, "DELETE", "/servers/1");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_FALSE(field(response.headers, "Content-Type"));
  const auto due = std::chrono::minutes(5);
  EXPECT_EQ(ask(api, "GET", "/servers/1", "", due - model::Time(1)).status, 200);
  EXPECT_EQ(ask(api, "GET", "/servers/1", "", due).status, 404);
}

TEST_F(Servers, DeleteHeedsTheDelayInMinutes) {
  create();
  EXPECT_EQ(ask(api, "DELETE", "/servers/1?delay=43800").status, 204);
  EXPECT_EQ(world.servers[1].delete_at, std::chrono::minutes(43800));
  EXPECT_EQ(ask(api, "DELETE", "/servers/1?delay=0").status, 204);
  EXPECT_TRUE(world.servers.empty());
}

TEST_F(Servers, DeleteRefusesADelayOutOfRange) {
  create();
  for (const char* delay : {"43801", "-1", "x", ""}) {
    EXPECT_EQ(ask(api, "DELETE", std::string("/servers/1?delay=") + delay).status, 422) << delay;
  }
}

TEST_F(Servers, DeleteSaysThatAServerIsNotThere) {
  const Response response = ask(api, "DELETE", "/servers/1");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"msg":"server not found"})");
}

TEST_F(Servers, ChangeTheirPackage) {
  create();
  world.packages[2] = world.packages[1];
  world.packages[2].id = 2;
  world.packages[2].memory_mb = 1536;
  const std::int64_t host = world.servers[1].hypervisor;
  const std::int64_t others = world.hypervisors[host].memory_mb.allocated() - 512;
  EXPECT_EQ(ask(api, "PUT", "/servers/1/package/2").status, 200);
  EXPECT_EQ(world.hypervisors[host].memory_mb.allocated(), others + 1536);
}

TEST_F(Servers, KeepTheirPackageWhenTheNewOneIsOfNoUse) {
  create();
  EXPECT_EQ(ask(api, "PUT", "/servers/9/package/1").body, R"({"msg":"server not found"})");
  EXPECT_EQ(ask(api, "PUT", "/servers/1/package/99").status, 404);
  world.packages[2] = world.packages[1];
  world.packages[2].id = 2;
  world.packages[2].enabled = false;
  EXPECT_EQ(ask(api, "PUT", "/servers/1/package/2").status, 422);
  EXPECT_EQ(world.servers[1].package, 1);
}

TEST(TrafficPeriod, LastsAMonthAndEndsOnTheDayBefore) {
  EXPECT_EQ(traffic_period("2025-01-20T14:00:47+00:00").end, "2025-02-19T23:59:59.999999Z");
  EXPECT_EQ(traffic_period("2024-12-01").end, "2024-12-31T23:59:59.999999Z");
  EXPECT_EQ(traffic_period("2025-01-31").end, "2025-02-27T23:59:59.999999Z");
}

TEST(TrafficPeriod, SurvivesADateThatIsNone) {
  for (const char* text : {"", "yesterday at noon", "2025-13-01", "2025-02-30"}) {
    EXPECT_EQ(traffic_period(text).start, "2024-01-01T00:00:00.000000Z") << text;
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::api
