// The other read routes: field order, types and figures of the published examples.
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

class Records : public testing::Test {
 protected:
  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Records, ConnectAnswersAnEmptyArray) {
  const Response response = ask(api, "GET", "/connect");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "[]");
  EXPECT_EQ(field(response.headers, "content-type"), "application/json");
}

TEST_F(Records, PackageEqualsThePublishedExample) {
  EXPECT_EQ(ask(api, "GET", "/packages/1").body,
            R"({"data":{"id":1,"name":"Test","description":null,"enabled":true,"memory":1024,)"
            R"("primaryStorage":10,"traffic":200,"cpuCores":1,"primaryNetworkSpeedIn":0,)"
            R"("primaryNetworkSpeedOut":0,"primaryDiskType":"inherit","backupPlanId":0,)"
            R"("primaryStorageReadBytesSec":null,"primaryStorageWriteBytesSec":null,)"
            R"("primaryStorageReadIopsSec":null,"primaryStorageWriteIopsSec":null,)"
            R"("primaryStorageProfile":1,"primaryNetworkProfile":0,)"
            R"("created":"2024-03-12T22:41:31.000000Z"}})");
}

TEST_F(Records, PackagesAreNotPaged) {
  world.packages[2] = world.packages[1];
  world.packages[2].id = 2;
  const Json body = get(api, "/packages");
  EXPECT_EQ(keys(body), "data");
  ASSERT_EQ(body["data"].size(), 2U);
  EXPECT_EQ(body["data"][1]["id"], 2);
}

TEST_F(Records, GroupEqualsThePublishedExample) {
  const Json group = get(api, "/compute/hypervisors/groups/1")["data"];
  EXPECT_EQ(group.dump(),
            R"({"id":1,"name":"Default","label":null,"description":"Default hypervisor group",)"
            R"("distributionType":5,"enabled":true,"default":true,)"
            R"("created":"2024-03-12T22:21:32+00:00","updated":"2024-03-12T22:21:32+00:00"})");
  EXPECT_EQ(get(api, "/compute/hypervisors/groups")["data"][0], group);
}

TEST_F(Records, HypervisorHasCommissionedAsANumberAndNetworksLast) {
  const Json record = get(api, "/compute/hypervisors/1")["data"];
  EXPECT_EQ(keys(record),
            "id commissioned ip ipAlt hostname port sshPort name maintenance enabled nfType group "
            "encryptedToken maxServers maxCpu maxMemory created updated networks");
  EXPECT_EQ(types(record), "iisnniisbbiosiiissa");
  EXPECT_EQ(record["commissioned"], 3);
  EXPECT_EQ(record["maxCpu"], 4);
  EXPECT_EQ(record["maxMemory"], 6004);
}

TEST_F(Records, ListedHypervisorHasNetworksAndStorageBeforeTheDates) {
  const Json record = get(api, "/compute/hypervisors")["data"][0];
  EXPECT_EQ(keys(record),
            "id commissioned ip ipAlt hostname port sshPort name maintenance enabled nfType group "
            "encryptedToken maxServers maxCpu maxMemory networks storage created updated");
  EXPECT_EQ(keys(record["networks"][0]), "id type bridge primary default created updated");
}

TEST_F(Records, HypervisorEmbedsItsGroupWithoutLabel) {
  const Json group = get(api, "/compute/hypervisors/1")["data"]["group"];
  EXPECT_EQ(keys(group), "id name description default enabled distributionType created updated");
}

TEST_F(Records, WhatDoesNotExistIsSaidByName) {
  for (const auto& [path, text] :
       {std::pair{"/packages/9", "package not found"},
        std::pair{"/compute/hypervisors/99", "hypervisor not found"},
        std::pair{"/compute/hypervisors/groups/9/resources", "hypervisor group not found"},
        std::pair{"/servers/9", "server not found"}, std::pair{"/packages/x", "package not found"},
        std::pair{"/packages/99999999999999999999", "package not found"}}) {
    const Response response = ask(api, "GET", path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.body, std::string(R"({"msg":")") + text + R"("})");
    EXPECT_EQ(field(response.headers, "Content-Type"), "application/json");
  }
}

TEST_F(Records, TextIsWrittenAsPhpWritesIt) {
  world.packages[1].name = "a/b \xC3\xA9 \"q\"";
  const std::string body = ask(api, "GET", "/packages/1").body;
  EXPECT_NE(body.find(R"("name":"a\/b \u00e9 \"q\"")"), std::string::npos) << body;
}

TEST_F(Records, TextThatIsNotUtf8IsReplacedInsteadOfThrown) {
  world.packages[1].name = "a\xFFz";
  EXPECT_EQ(get(api, "/packages/1")["data"]["name"], "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace vfstock::mockpanel::api
