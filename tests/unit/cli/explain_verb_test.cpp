#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const char* const package = R"({"data": {"id": 4, "name": "S", "enabled": true, "memory": 1024,
  "cpuCores": 1, "primaryStorage": 10, "primaryStorageProfile": 0}})";

std::string hypervisor(int id, int memory_free) {
  return R"({"hypervisor": {"id": )" + std::to_string(id) +
         R"(, "name": "node", "enabled": true, "prohibit": false,
    "commissioned": true}, "resources": {"servers": {"max": 0, "free": -2},
    "memory": {"max": 10240, "free": )" +
         std::to_string(memory_free) + R"(}, "cpuCores": {"max": 0, "free": -3},
    "localStorage": {"enabled": 1, "storageType": 0, "max": 1000, "free": 1000}}})";
}

std::string page(const std::string& rows, int number, int last, int total) {
  return R"({"current_page": )" + std::to_string(number) + R"(, "data": [)" + rows +
         R"(], "last_page": )" + std::to_string(last) + R"(, "per_page": 1, "total": )" +
         std::to_string(total) +
         R"(,
    "path": "https://p/api/v1/compute/hypervisors/groups/7/resources"})";
}

struct Explained {
  Said said;
  json result;
};

Explained explain(const Folder& folder, const std::vector<std::string>& groups,
                  std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"explain", "--package", folder.write("p.json", package),
                                        "--json"};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    arguments.push_back("--group");
    arguments.push_back(folder.write("g" + std::to_string(i) + ".json", groups[i]));
  }
  arguments.insert(arguments.end(), more.begin(), more.end());
  Said said = command(arguments);
  return {said, json::parse(said.out, nullptr, false)};
}

TEST(Explain, PrintsTheDocumentedObject) {
  const Folder folder;
  const auto [said, result] = explain(folder, {R"({"data": [)" + hypervisor(3, 9216) + "]}"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(result["format"], 1);
  EXPECT_EQ(result["decision"], "set");
  EXPECT_EQ(result["qty"], 8);
  EXPECT_EQ(result["unlimited"], false);
  EXPECT_EQ(result["binds"], json::array({"memory of hypervisor 3"}));
  const json& group = result["groups"][0];
  EXPECT_EQ(group["outcome"], "found");
  EXPECT_EQ(group["capacity"], 8);
  EXPECT_TRUE(group["ipv4_cap"].is_null());
  const json& node = group["hypervisors"][0];
  EXPECT_EQ(node["id"], 3);
  EXPECT_EQ(node["eligible"], true);
  EXPECT_TRUE(node["skipped"].is_null());
  EXPECT_EQ(node["memory"], 8);
  EXPECT_EQ(node["cores"], "unlimited");
  EXPECT_EQ(node["storage"], 90);
  EXPECT_EQ(node["binding"], "memory");
}

TEST(Explain, ShowsWhatTheBufferHoldsBack) {
  const Folder folder;
  const std::vector<std::string> groups{R"({"data": [)" + hypervisor(3, 9216) + "," +
                                        hypervisor(4, 9216) + "]}"};
  const json held = explain(folder, groups, {"--buffer", "7.5"}).result["groups"][0]["held_back"];
  EXPECT_EQ(held["percent"], "7.5");
  EXPECT_EQ(held["memory"], 2 * 768);
  EXPECT_EQ(held["cores"], 0) << "without a quota nothing is held back";
  EXPECT_EQ(held["local_storage"], 2 * 75);
  const Said table = command({"explain", "--package", folder.path() + "/p.json", "--group",
                              folder.path() + "/g0.json", "--buffer", "7.5"});
  EXPECT_THAT(table.out, HasSubstr("the buffer of 7.5 % holds back 1536 MB of memory, 0 cores and "
                                   "150 GB of local storage"));
}

// Somebody cut it down to what matters.
TEST(Explain, TakesATrimmedCaptureForWholeWhenItsTotalIsItsRows) {
  const Folder folder;
  const auto trimmed = [&](int total) {
    return explain(folder,
                   {R"({"current_page": 1, "per_page": 20, "total": )" + std::to_string(total) +
                    R"(, "data": [)" + hypervisor(1, 9216) + "," + hypervisor(2, 2048) + "]}"});
  };
  EXPECT_EQ(trimmed(2).result["qty"], 9);
  const auto [said, result] = trimmed(3);
  EXPECT_EQ(said.status, 3) << "a row is missing";
  EXPECT_THAT(result["why"].get<std::string>(), HasSubstr(folder.path() + "/g0.json"));
  EXPECT_THAT(said.out, ::testing::Not(HasSubstr("/compute/hypervisors")));
}

TEST(Explain, TakesTheGroupsIdAndItsPagesFromTheFiles) {
  const Folder folder;
  const auto [said, result] =
      explain(folder, {page(hypervisor(1, 9216), 1, 2, 2), page(hypervisor(2, 2048), 2, 2, 2)});
  EXPECT_EQ(said.status, 0) << said.err << said.out;
  EXPECT_EQ(result["groups"].size(), 1u);
  EXPECT_EQ(result["groups"][0]["id"], 7);
  EXPECT_EQ(result["qty"], 9);
}

TEST(Explain, KeepsWhenAPageIsNotAmongTheFiles) {
  const Folder folder;
  const auto [said, result] = explain(folder, {page(hypervisor(1, 9216), 1, 2, 2)});
  EXPECT_EQ(said.status, 3);
  EXPECT_EQ(result["decision"], "keep");
  EXPECT_TRUE(result["qty"].is_null());
  EXPECT_EQ(result["groups"][0]["outcome"], "unavailable");
}

TEST(Explain, KeepsOnJsonOfTheWrongShapeAndSaysWhere) {
  const Folder folder;
  const auto [said, result] =
      explain(folder, {R"({"data": [{"hypervisor": {"id": 1, "enabled": true, "prohibit": false,
        "commissioned": true}, "resources": {"memory": {"max": 5}}}]})"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(result["why"].get<std::string>(), HasSubstr("/data/0/resources/memory/free"));
}

TEST(Explain, RefusesWhatIsNotJson) {
  const Folder folder;
  const Said said = explain(folder, {"{\"data\": ["}).said;
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.out, "");
  EXPECT_THAT(said.err, HasSubstr("g0.json: is not JSON"));
}

TEST(Explain, SurvivesAHundredMegabytesOfBrackets) {
  const Folder folder;
  EXPECT_EQ(explain(folder, {std::string(50'000'000, '[')}).said.status, 2);
}

TEST(Explain, KeepsUnlimitedByRuleWithStatusGood) {
  const Folder folder;
  const auto [said, result] =
      explain(folder, {R"({"data": [{"hypervisor": {"id": 1, "enabled": true,
    "prohibit": false, "commissioned": true}, "resources": {"memory": {"max": 0, "free": -1},
    "servers": {"max": 0, "free": -1}, "cpuCores": {"max": 0, "free": 0},
    "localStorage": {"enabled": 1, "storageType": 0, "max": 0, "free": 0}}}]})"});
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(result["decision"], "keep");
  EXPECT_EQ(result["unlimited"], true);
  EXPECT_EQ(result["groups"][0]["capacity"], "unlimited");
}

TEST(Explain, RefusesOptionsThatMeanNothing) {
  const Folder folder;
  const std::string group = R"({"data": []})";
  EXPECT_EQ(explain(folder, {group}, {"--buffer", "10%"}).said.status, 2);
  EXPECT_EQ(explain(folder, {group}, {"--ipv4", "-1"}).said.status, 2);
  EXPECT_EQ(explain(folder, {group}, {"--storage-match", "guess"}).said.status, 2);
  EXPECT_EQ(explain(folder, {group}, {"--qty-ceiling", "-5"}).said.status, 2);
  EXPECT_EQ(command({"explain"}).status, 2);
  EXPECT_EQ(command({"explain", "--package", folder.path(), "--group", folder.path()}).status, 2);
}

}  // namespace
}  // namespace vfstock::sim::cli
