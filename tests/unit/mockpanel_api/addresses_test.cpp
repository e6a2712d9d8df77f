// Addresses that move between blocks and servers move what the panel says is free.
#include "mockpanel/api/addresses.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

class MovingAddresses : public testing::Test {
 protected:
  MovingAddresses() {
    model::Server server;
    server.id = 7;
    server.package = 1;
    server.hypervisor = 14;
    world.adopt(server);
  }
  int sent(const std::string& method, const std::string& path, const Json& body) {
    return ask(api, method, path, body.dump()).status;
  }
  /// Of hypervisor 14, which sees block 3 alone.
  std::int64_t free() {
    return get(api, "/compute/hypervisors/groups/1/resources")["data"][10]["resources"]["network"]
                                                              ["total"]["ipv4"]["free"];
  }
  Json held() { return get(api, "/servers/7")["data"]["network"]["interfaces"][0]["ipv4"]; }

  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(MovingAddresses, AQuantityIsDrawnFromThePool) {
  const Response made =
      ask(api, "POST", "/servers/7/ipv4Qty", R"({"interface":"primary","quantity":2})");
  EXPECT_EQ(made.body, R"({"data":["10.3.0.2","10.3.0.3"]})");
  EXPECT_EQ(free(), 31);
  EXPECT_EQ(held().size(), 2U);
  EXPECT_EQ(held()[1]["address"], "10.3.0.3");
  EXPECT_EQ(sent("POST", "/servers/7/ipv4Qty", {{"interface", "primary"}, {"quantity", 32}}), 422);
  EXPECT_EQ(free(), 31);
}

TEST_F(MovingAddresses, NamedOnesAreTakenAndReturned) {
  const Json two = {{"interface", "primary"}, {"ip", {"10.3.0.9", "10.3.0.4"}}};
  EXPECT_EQ(sent("POST", "/servers/7/ipv4", two), 204);
  EXPECT_EQ(free(), 31);
  EXPECT_EQ(held()[0]["address"], "10.3.0.9");
  EXPECT_EQ(sent("POST", "/servers/7/ipv4", two), 422);
  EXPECT_EQ(sent("DELETE", "/servers/7/ipv4", {{"ip", {"10.3.0.9"}}}), 204);
  EXPECT_EQ(free(), 32);
  EXPECT_EQ(sent("DELETE", "/servers/7/ipv4", {{"ip", {"10.3.0.9"}}}), 422);
  EXPECT_EQ(held().size(), 1U);
}

TEST_F(MovingAddresses, ThoseOfNoBlockOrInterfaceAreRefused) {
  for (const Json& body :
       {Json{{"ip", {"10.1.0.2"}}}, Json{{"ip", {"10.3.0.200"}}}, Json{{"ip", {"10.3.0.1"}}},
        Json{{"ip", {"localhost"}}}, Json{{"ip", {"10.3.0.2", "10.3.0.2"}}},
        Json{{"ip", "10.3.0.2"}}, Json{{"interface", "secondary"}, {"ip", {"10.3.0.2"}}}}) {
    EXPECT_EQ(sent("POST", "/servers/7/ipv4", body), 422) << body;
  }
  EXPECT_EQ(sent("POST", "/servers/8/ipv4", {{"ip", {"10.3.0.2"}}}), 404);
  EXPECT_EQ(free(), 33);
}

TEST_F(MovingAddresses, ABlockGrowsByARange) {
  const auto grow = [&](const char* start, const char* end) {
    return sent("POST", "/connectivity/ipblocks/3/ipv4",
                {{"type", "range"}, {"start", start}, {"end", end}});
  };
  EXPECT_EQ(grow("192.0.2.10", "192.0.2.14"), 204);
  EXPECT_EQ(free(), 38);
  // What is in a block already stays where it is.
  EXPECT_EQ(grow("192.0.2.8", "192.0.2.20"), 204);
  EXPECT_EQ(free(), 46);
  EXPECT_EQ(get(api, "/connectivity/ipblocks/3")["data"]["ipv4"]["total"], 46);
  EXPECT_EQ(sent("POST", "/servers/7/ipv4", {{"ip", {"192.0.2.20", "192.0.2.10"}}}), 204);
  EXPECT_EQ(held()[0]["address"], "192.0.2.20");
  EXPECT_EQ(grow("192.0.2.9", "192.0.2.1"), 422);
  EXPECT_EQ(grow("10.0.0.0", "10.9.0.0"), 422);
  EXPECT_EQ(grow("192.0.2", "192.0.2.1"), 422);
  EXPECT_EQ(sent("POST", "/connectivity/ipblocks/9/ipv4",
                 {{"type", "range"}, {"start", "192.0.2.1"}, {"end", "192.0.2.2"}}),
            404);
}

TEST_F(MovingAddresses, EveryAddressOfABlockHasDigitsOfItsOwn) {
  ask(api, "POST", "/connectivity/ipblocks/3/ipv4",
      R"({"type":"range","start":"192.0.2.1","end":"192.0.2.9"})");
  const Json added = Json::parse(
      ask(api, "POST", "/servers/7/ipv4Qty", R"({"interface":"primary","quantity":42})").body);
  std::set<std::string> digits;
  for (const Json& each : added["data"]) digits.insert(each.get<std::string>());
  EXPECT_EQ(digits.size(), 42U);
  EXPECT_TRUE(digits.contains("192.0.2.9"));
  EXPECT_EQ(free(), 0);
}

TEST(Digits, AreReadStrictly) {
  EXPECT_EQ(ipv4_number("192.0.2.1"), 0xC0000201U);
  EXPECT_EQ(ipv4_text(0xC0000201U), "192.0.2.1");
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.04", "1..2.3", "a.b.c.d",
                           "1.2.3.4 ", "-1.2.3.4"}) {
    EXPECT_EQ(ipv4_number(text), std::nullopt) << text;
  }
}

class Bindings : public MovingAddresses {};

TEST_F(Bindings, ABlockNamesTheHypervisorsThatUseIt) {
  const Json bound = get(api, "/connectivity/ipblocks/3/hypervisors")["data"];
  ASSERT_EQ(bound.size(), 2U);
  EXPECT_EQ(bound[0]["id"], 13);
  EXPECT_EQ(bound[0]["order"], 2);
  EXPECT_EQ(bound[1]["id"], 14);
  EXPECT_EQ(bound[1]["order"], 1);
  EXPECT_EQ(keys(bound[0]), "id name network order");
  EXPECT_EQ(ask(api, "GET", "/connectivity/ipblocks/9/hypervisors").status, 404);
}

TEST_F(Bindings, BindingMovesWhatAHypervisorSees) {
  EXPECT_EQ(sent("POST", "/compute/hypervisors/14/ipblocks", {{"blockId", 2}}), 201);
  EXPECT_EQ(free(), 41);
  EXPECT_EQ(sent("POST", "/compute/hypervisors/14/ipblocks", {{"blockId", 2}}), 409);
  EXPECT_EQ(sent("POST", "/compute/hypervisors/14/ipblocks", {{"blockId", 99}}), 422);
  EXPECT_EQ(sent("POST", "/compute/hypervisors/14/ipblocks", {{"blockId", 1}, {"networkId", 5}}),
            422);
  EXPECT_EQ(sent("PUT", "/compute/hypervisors/14/ipblocks/order", {{"order", {2}}}), 200);
  EXPECT_EQ(get(api, "/compute/hypervisors/14/ipblocks")["data"][0]["id"], 2);
  EXPECT_EQ(sent("PUT", "/compute/hypervisors/14/ipblocks/order", {{"order", {1}}}), 422);
  EXPECT_EQ(ask(api, "DELETE", "/compute/hypervisors/14/ipblocks/3").status, 204);
  EXPECT_EQ(free(), 8);
  EXPECT_EQ(ask(api, "DELETE", "/compute/hypervisors/14/ipblocks/3").status, 404);
  const Json network = get(api, "/compute/hypervisors/14/networks")["data"][0];
  EXPECT_EQ(network["ipBlocks"][0]["id"], 2);
  EXPECT_EQ(get(api, "/compute/hypervisors/14/networks/14")["data"], network);
}

TEST_F(Bindings, AreNotToldByAnOlderRelease) {
  Options options;
  options.release = Release::v7_0;
  Api older(world, options);
  for (const char* path :
       {"/connectivity/ipblocks/3/hypervisors", "/compute/hypervisors/14/ipblocks",
        "/compute/hypervisors/14/networks", "/status"}) {
    EXPECT_EQ(ask(older, "GET", path).status, 404) << path;
    EXPECT_EQ(ask(api, "GET", path).status, 200) << path;
  }
}

}  // namespace
}  // namespace vfstock::mockpanel::api
