// Orders on their way in snapshots and in scenarios of the past: under a policy that reserves for
// them, both decide what the live shop decides.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A MariaDB shop with five orders on their way, of which three hold places.
struct Orders : Sync {
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override {
    move_to(server);
    more = {"--policy", "strict"};
    // 41 chose London, 42 of a product without stock control takes two, 43 is long forgotten, 44 is
    // on the panel already, 45 was cancelled, 46 chose a place that is no longer offered.
    server.sql(
        "INSERT INTO tblorders (id, date, status) VALUES (1, UTC_TIMESTAMP(), 'Pending'), (2, "
        "UTC_TIMESTAMP() - INTERVAL 3 DAY, 'Bank transfer'), (3, UTC_TIMESTAMP() - INTERVAL 10 "
        "DAY, 'Pending'), (4, UTC_TIMESTAMP(), 'Active'), (5, UTC_TIMESTAMP(), 'Cancelled')");
    server.sql(
        "INSERT INTO tblhosting (id, orderid, packageid, qty, regdate) VALUES (41, 1, 1, 1, "
        "UTC_DATE()), (42, 2, 3, 2, UTC_DATE()), (43, 3, 1, 5, UTC_DATE()), (44, 4, 1, 1, "
        "UTC_DATE()), (45, 5, 1, 1, UTC_DATE()), (46, 1, 1, 1, UTC_DATE())");
    server.sql("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (44, 1)");
    server.sql(
        "INSERT INTO tblproductconfigoptionssub (id, configid, optionname, sortorder) VALUES (99, "
        "77, '2|Old name', 9)");
    server.sql("INSERT INTO tblhostingconfigoptions (relid, configid, optionid) VALUES (41, 2, (" +
               std::string("SELECT id FROM tblproductconfigoptionssub WHERE optionname = "
                           "'2|London'") +
               ")), (46, 2, 99)");
  }
  json next(const Said& said) {
    const json whole = json::parse(said.out);
    json found = json::object();
    for (const json& row : whole["products"]) {
      found[row["id"].dump()] = row["next"];
    }
    return found;
  }
  Said planned(const std::string& fleet) {
    return sim::cli::command(
        {"sync", "--dry-run", "--json", "--policy", "strict", "--fleet", fleet});
  }
};

TEST_F(Orders, HoldPlacesInASnapshotAsInTheLiveShop) {
  const Said live = run({"sync", "--dry-run", "--json"});
  ASSERT_EQ(live.status, 0) << live.err;
  const std::string fleet = folder.path() + "/fleet.json";
  const Said taken = run({"snapshot", fleet});
  ASSERT_EQ(taken.status, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("4 orders on their way"));
  const Said said = planned(fleet);
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(next(said), next(live));
  const Said without = run({"sync", "--dry-run", "--json", "--reserve-pending", "off"});
  EXPECT_NE(next(without), next(live)) << "the orders must matter, or this proves nothing";

  const std::string anonymous = folder.path() + "/anonymous.json";
  ASSERT_EQ(run({"snapshot", "--anonymise", anonymous}).status, 0);
  EXPECT_EQ(next(planned(anonymous)), next(live));
  for (const char* name : {"London", "Old name"}) {
    EXPECT_THAT(folder.read("anonymous.json"), Not(HasSubstr(name)));
  }
}

TEST_F(Orders, AreCarriedByAReplayOfASnapshot) {
  const json live = next(run({"sync", "--dry-run", "--json"}));
  ASSERT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 0);
  json scenario{{"name", "A snapshot replayed"},
                {"description", "What the live shop would decide."},
                {"fleet", "fleet.json"},
                {"policy", {{"preset", "strict"}}}};
  scenario["timeline"].push_back({{"at", "0s"}, {"recalculate", json::object()}});
  for (const int id : {1, 2}) {
    scenario["timeline"].push_back(
        {{"at", "0s"}, {"expect", {{"product", id}, {"qty", live[std::to_string(id)]}}}});
  }
  const std::string file = folder.write("scenario.json", scenario.dump());
  const Said said = sim::cli::command({"replay", "--transport", "direct", file});
  EXPECT_EQ(said.status, 0) << said.out << said.err;
}

TEST_F(Orders, OfLastNightReplayToTheSameDecisions) {
  ASSERT_EQ(run({"sync"}).status, 0);
  server.sql("INSERT INTO tblorders (id, date, status) VALUES (6, UTC_TIMESTAMP(), 'Pending')");
  server.sql(
      "INSERT INTO tblhosting (id, orderid, packageid, qty, regdate) VALUES (47, 6, 2, 2, "
      "UTC_DATE())");
  ASSERT_EQ(run({"sync"}).status, 0);
  server.sql("INSERT INTO mod_virtfusion_direct (service_id, server_id) VALUES (41, 2)");
  server.sql("UPDATE tblhosting SET qty = 1 WHERE id = 42");
  ASSERT_EQ(run({"sync"}).status, 0);
  ASSERT_EQ(run({"sync", "--product", "1"}).status, 0);
  std::vector<std::int64_t> decided;
  for (const KeptDecision& decision : decisions()) decided.push_back(decision.new_qty);
  EXPECT_NE(decided.at(0), decided.at(2)) << "the orders must matter, or this proves nothing";
  EXPECT_NE(decided.at(2), decided.at(4));

  const Said made =
      sim::cli::command({"journal", "--journal", journal, "--scenario", "2020-01-01..2100-01-01"});
  ASSERT_EQ(made.status, 0) << made.err;
  const std::string file = folder.write("night.json", made.out);
  for (const char* transport : {"direct", "http"}) {
    const Said said = sim::cli::command({"replay", "--transport", transport, file});
    EXPECT_EQ(said.status, 0) << said.out << said.err << made.out;
  }
  const json steps = json::parse(made.out)["timeline"];
  const auto count = [&](const char* what) {
    return std::count_if(steps.begin(), steps.end(), [&](const json& step) {
      return step.contains("change") && step["change"].contains(what);
    });
  };
  EXPECT_EQ(count("service"), 6) << "four at first, one new, one that changed";
  EXPECT_EQ(count("serviceGone"), 1);
}

}  // namespace
}  // namespace vfstock::store
