#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

/// One product, one hypervisor with room for seven.
std::string scenario(const std::string& timeline, const std::string& more = "") {
  return R"({"name": "One node", "description": "Seven places.", "panel": {
    "packages": [{"id": 1, "memory": 2048, "cpuCores": 2, "primaryStorage": 40}],
    "groups": [{"id": 1, "hypervisors": [{"hypervisor": {"id": 1}, "resources": {
      "memory": {"max": 32768}, "cpuCores": {"max": 16},
      "localStorage": {"enabled": 1, "storageType": 0, "max": 1000}}}]}]},
    "shop": {"products": [{"id": 1, "qty": 2, "configoption1": "1", "configoption2": "1"}]},)" +
         more + R"("timeline": [)" + timeline + "]}";
}

const char* const truth =
    R"({"at": "0s", "cron": {}}, {"at": "0s", "expect": {"product": 1, "qty": 7}})";
const char* const lie =
    R"({"at": "0s", "cron": {}}, {"at": "1s", "expect": {"product": 1, "qty": 8}})";

Said replay(const Folder& folder, const std::string& text, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"replay", "--transport", "direct",
                                        folder.write("s.json", text)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return command(arguments);
}

TEST(Replay, PassesWhatHolds) {
  const Folder folder;
  const Said said = replay(folder, scenario(truth));
  EXPECT_EQ(said.status, 0) << said.out << said.err;
  EXPECT_THAT(said.out, HasSubstr("1 passed, 0 failed"));
}

TEST(Replay, FailsAnUnmetExpectationWithItsPlace) {
  const Folder folder;
  const Said said = replay(folder, scenario(lie));
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.out, HasSubstr("/timeline/1/expect: product 1: qty: expected 8, found 7"));
}

TEST(Replay, PrintsTheDocumentedJson) {
  const Folder folder;
  const json result = json::parse(replay(folder, scenario(truth), {"--json"}).out);
  EXPECT_EQ(result["format"], 1);
  EXPECT_EQ(result["passed"], 1);
  EXPECT_EQ(result["failed"], 0);
  const json& one = result["scenarios"][0];
  EXPECT_EQ(one["name"], "One node");
  EXPECT_EQ(one["events"], 2);
  EXPECT_EQ(one["panel_requests"], 2);
  EXPECT_EQ(one["products"][0]["qty"], 7);
  EXPECT_EQ(one["products"][0]["writes"], 1);
  EXPECT_EQ(one["fingerprint"].get<std::string>().size(), 16u);
}

TEST(Replay, DemandsTheViolationsThatAScenarioNames) {
  const Folder folder;
  const Said held = replay(folder, scenario(truth, R"("violates": ["never-partial"],)"));
  EXPECT_EQ(held.status, 1);
  EXPECT_THAT(held.out, HasSubstr("never-partial was to be violated, but it holds"));
  EXPECT_EQ(replay(folder, scenario(lie, R"("violates": ["expect"],)")).status, 0);
}

TEST(Replay, WritesJunitHtmlAndGithubReports) {
  const Folder folder;
  const Said said = replay(
      folder, scenario(lie),
      {"--junit", folder.path() + "/j.xml", "--html", folder.path() + "/r.html", "--github"});
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(folder.read("j.xml"), HasSubstr("failures=\"1\""));
  EXPECT_THAT(folder.read("r.html"), HasSubstr("0 of 1 scenarios passed"));
  EXPECT_THAT(said.err, HasSubstr("::error file="));
}

TEST(Replay, PrintsTheTranscriptWithVirtualTimes) {
  const Folder folder;
  const Said said = replay(folder, scenario(truth), {"--transcript"});
  EXPECT_THAT(said.out, HasSubstr("AfterCronJob"));
  EXPECT_THAT(said.out, HasSubstr("product 1: 2 -> 7"));
}

TEST(Replay, RunsTwiceToTheSameFingerprint) {
  const Folder folder;
  EXPECT_EQ(replay(folder, scenario(truth), {"--twice"}).status, 0);
}

struct Refusal {
  const char* what;
  std::string text, said;
};

void expect_refused(const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    const Folder folder;
    const Said said = replay(folder, refusal.text, {"--junit", folder.path() + "/j.xml"});
    EXPECT_EQ(said.status, 2) << refusal.what;
    EXPECT_THAT(said.err, HasSubstr(refusal.said)) << refusal.what;
    EXPECT_EQ(said.out, "") << refusal.what;
    EXPECT_FALSE(std::filesystem::exists(folder.path() + "/j.xml")) << refusal.what;
  }
}

TEST(Replay, RefusesWhatIsNoScenario) {
  const std::vector<Refusal> refusals = {
      {"cut short", "{\"name\": ", "s.json:1:"},
      {"unknown field", scenario(truth, R"("plocy": {},)"), "did you mean 'policy'?"},
      {"unknown step", scenario(R"({"at": "0s", "corn": {}})"), "did you mean 'cron'?"},
      {"negative amount",
       scenario(R"({"at": "0s", "change": {"package": {"id": 1, "memory": -1}}})"),
       "/timeline/0/change/package/memory"},
      {"unsorted", scenario(R"({"at": "5s", "cron": {}}, {"at": "4s", "cron": {}})"),
       "/timeline/1/at: is earlier than the step before it"},
      {"no unit", scenario(R"({"at": "5", "cron": {}})"), "/timeline/0/at"},
      {"fleet and panel", scenario(truth, R"("fleet": "x.json",)"),
       "expected either panel or fleet"},
      {"product that is not there", scenario(R"({"at": "0s", "provision": {"product": 9}})"),
       "there is no product 9"},
      {"service that has no server", scenario(R"({"at": "0s", "terminate": {"service": 9}})"),
       "service 9 has no server"},
      {"a fault that never began", scenario(R"({"at": "0s", "heal": {"id": "x"}})"),
       "there is no fault 'x'"},
      {"brackets", std::string(20'000'000, '['), "nested deeper than 64 levels"},
  };
  expect_refused(refusals);
}

TEST(Replay, RefusesStepsOfTheShopThatMakeNoSense) {
  expect_refused({
      {"a cron without an end", scenario(R"({"at": "0s", "cron": {"every": "5m"}})"),
       "expected every and until together"},
      {"a cron without a pause",
       scenario(R"({"at": "0s", "cron": {"every": "1ms", "until": "5m"}})"),
       "expected at least 1s"},
      {"an order of nothing", scenario(R"({"at": "0s", "order": {}})"),
       "expected either product or services"},
      {"an order of two kinds",
       scenario(R"({"at": "0s", "order": {"product": 1, "services": [{"product": 1}]}})"),
       "expected either product or services"},
      {"a product that is not there", scenario(R"({"at": "0s", "order": {"product": 9}})"),
       "/timeline/0/order: there is no product 9"},
      {"an order that is there",
       scenario(
           R"({"at": "0s", "order": {"product": 1, "order": 3}},
               {"at": "1s", "order": {"product": 1, "order": 3}})"),
       "/timeline/1/order: order 3 exists already"},
      {"an order that is not there", scenario(R"({"at": "0s", "cancel": {"order": 4}})"),
       "there is no order 4"},
      {"a server for nobody", scenario(R"({"at": "0s", "provision": {}})"),
       "expected a product, or a service that was ordered"},
      {"a service without a server",
       scenario(R"({"at": "0s", "change-package": {"service": 4, "product": 1}})"),
       "service 4 has no server"},
      {"a store that fails in no known way",
       scenario(R"({"at": "0s", "store-fail": {"kind": "sometimes"}})"),
       "/timeline/0/store-fail/kind"},
      {"a state that is neither", scenario(R"({"at": "0s", "restart": {"state": "gone"}})"),
       "/timeline/0/restart/state"},
      {"a calendar set by a word", scenario(R"({"at": "0s", "clock": {"by": "soon"}})"),
       "/timeline/0/clock/by"},
      {"a calendar set by ages", scenario(R"({"at": "0s", "clock": {"by": "-106752d"}})"),
       "at most ten years"},
  });
}

TEST(Replay, RefusesPathsThatHoldNoScenario) {
  const Folder folder;
  EXPECT_EQ(command({"replay"}).status, 2);
  EXPECT_EQ(command({"replay", folder.path()}).status, 2);
  EXPECT_EQ(command({"replay", folder.path() + "/nowhere.json"}).status, 2);
  EXPECT_EQ(replay(folder, scenario(truth), {"--jobs", "0"}).status, 2);
  EXPECT_EQ(replay(folder, scenario(truth), {"--junit", folder.path()}).status, 2);
}

TEST(Replay, TakesFleetsAndSchemasInAFolderForWhatTheyAre) {
  const Folder folder;
  folder.write("fleets/f.json", "{}");
  folder.write("plans/p.json", "{}");
  folder.write("x.schema.json", "{}");
  folder.write("deep/s.json", scenario(truth));
  const Said said = command({"replay", "--transport", "direct", folder.path()});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("1 passed, 0 failed"));
}

}  // namespace
}  // namespace vfstock::sim::cli
