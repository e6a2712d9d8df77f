#include "sim/shop/provisioning.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vfstock::sim::shop {
namespace {

catalogue::Product product() {
  catalogue::Product row;
  row.configoption1 = "4|Frankfurt";
  row.configoption2 = "7";
  row.configoption3 = "2";
  return row;
}

TEST(Provisioning, SendsTheGroupUnderTheNameHypervisorId) {
  const ModuleCall call = create_call(product(), std::nullopt);
  EXPECT_EQ(call.method, "POST");
  EXPECT_EQ(call.target, "/servers");
  const auto body = nlohmann::json::parse(call.body);
  EXPECT_EQ(body["hypervisorId"], 4);
  EXPECT_EQ(body["packageId"], 7);
  EXPECT_EQ(body["ipv4"], 2);
}

TEST(Provisioning, SendsTheCustomersLocationWhereOneWasChosen) {
  EXPECT_EQ(nlohmann::json::parse(create_call(product(), 9).body)["hypervisorId"], 9);
}

TEST(Provisioning, TakesOnlyAWholeCreatedAnswerForAServer) {
  EXPECT_EQ(created_server({true, 201, R"({"data":{"id":70}})", ""}), 70);
  EXPECT_EQ(created_server({false, 201, R"({"data":{"id":70}})", "reset"}), std::nullopt);
  EXPECT_EQ(created_server({true, 200, R"({"data":{"id":70}})", ""}), std::nullopt);
  EXPECT_EQ(created_server({true, 201, "{", ""}), std::nullopt);
  EXPECT_EQ(created_server({true, 201, R"({"data":[]})", ""}), std::nullopt);
}

TEST(Provisioning, TakesAServerThatIsGoneForTerminated) {
  EXPECT_TRUE(terminated({true, 204, "", ""}));
  EXPECT_TRUE(terminated({true, 404, R"({"msg":"server not found"})", ""}));
  EXPECT_FALSE(terminated({true, 423, R"({"msg":"locked"})", ""}));
  EXPECT_FALSE(terminated({false, 204, "", "reset"}));
}

TEST(Provisioning, TellsThePanelsOwnWords) {
  EXPECT_EQ(failure({true, 422, R"({"errors":["no room"]})", ""}), "HTTP 422, no room");
  EXPECT_EQ(failure({true, 423, R"({"msg":"locked"})", ""}), "HTTP 423, locked");
  EXPECT_EQ(failure({true, 500, "<html>", ""}), "HTTP 500");
  EXPECT_EQ(failure({}), "no answer from the panel");
  EXPECT_EQ(failure({false, 0, "", "reset"}), "no answer from the panel (reset)");
}

}  // namespace
}  // namespace vfstock::sim::shop
