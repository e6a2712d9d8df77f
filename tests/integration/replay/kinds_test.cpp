// Every kind of fault meets a sweep, over real sockets and in process: the same decisions, no
// invariant violated, and the truth once the fault is over.
#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "mockpanel/faults/kind.h"
#include "sim/scenario/replay.h"

namespace vfstock::sim::scenario {
namespace {

/// A file that goes away with the test.
class ScenarioFile {
 public:
  ScenarioFile(const std::string& name, const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("vfstock-{}-{}.json", ::getpid(), name)) {
    std::ofstream(path_) << text;
  }
  ~ScenarioFile() { std::filesystem::remove(path_); }
  ScenarioFile(const ScenarioFile&) = delete;
  ScenarioFile& operator=(const ScenarioFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Three pages of hypervisors in one group, one in another, a product for each. The fault lies over
/// one sweep, after the panel's state has changed.
std::string timeline_under(std::string_view kind, const std::string& where,
                           const std::string& preset) {
  const std::string fail = fmt::format(R"({{"kind": "{}", {}}})", kind, where);
  return R"({"name": "n", "description": "d", "policy": {"preset": ")" + preset + R"("},
  "panel": {
    "packages": [{"id": 1, "memory": 2048, "cpuCores": 2, "primaryStorage": 40},
                 {"id": 2, "memory": 4096, "cpuCores": 4, "primaryStorage": 80}],
    "groups": [
      {"id": 1, "hypervisors": [{"copies": 45, "of": {"hypervisor": {"id": 1}, "resources": {
        "memory": {"max": 8192, "allocated": 0}, "cpuCores": {"max": 8, "allocated": 0},
        "localStorage": {"enabled": 1, "storageType": 0, "max": 200, "allocated": 0}}}}]},
      {"id": 2, "hypervisors": [{"hypervisor": {"id": 100}, "resources": {
        "memory": {"max": 65536, "allocated": 0}, "cpuCores": {"max": 32, "allocated": 0},
        "localStorage": {"enabled": 1, "storageType": 0, "max": 900, "allocated": 0}}}]}],
    "resultsMax": 20},
  "shop": {"products": [
    {"id": 1, "configoption1": "1", "configoption2": "1", "configoption7": "0"},
    {"id": 2, "configoption1": "2", "configoption2": "2", "configoption7": "0"}]},
  "timeline": [
    {"at": "0s", "cron": {}},
    {"at": "1h", "provision-outside": {"package": 2, "group": 2, "count": 2}},
    {"at": "1h", "provision-outside": {"package": 1, "group": 1, "count": 3}},
    {"at": "3h", "fail": )" +
         fail + R"(},
    {"at": "3h", "cron": {}},
    {"at": "4h", "heal": {}},
    {"at": "7h", "cron": {}},
    {"at": "15h", "cron": {}}
  ]})";
}

void agree(const std::string& name, std::string_view kind, const std::string& where,
           const std::string& preset) {
  SCOPED_TRACE(where + " under " + preset);
  const ScenarioFile file(name, timeline_under(kind, where, preset));
  const Scenario scenario = read_scenario(file.path());
  const report::ScenarioResult direct = replay(scenario, TransportKind::direct);
  const report::ScenarioResult http = replay(scenario, TransportKind::http);
  for (const auto* result : {&direct, &http}) {
    for (const auto& violation : result->violations) {
      ADD_FAILURE() << (result == &direct ? "direct " : "http ") << violation.at << " "
                    << violation.invariant << " " << violation.verdict << ": " << violation.detail;
    }
  }
  EXPECT_EQ(direct.fingerprint, http.fingerprint);
  EXPECT_EQ(direct.panel_requests, http.panel_requests);
  if (!::testing::Test::HasFailure()) return;
  for (const std::string& line : http.transcript) fmt::print("  {}\n", line);
}

class EveryKind : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryKind, MeetsTheSameDecisionsOnBothTransports) {
  std::string name(GetParam());
  agree(name, GetParam(), R"("path": "/packages/1")", "default");
  agree(name, GetParam(), R"("path": "/compute/hypervisors/groups/1/resources")", "default");
  agree(name, GetParam(), R"("path": "/compute/hypervisors/groups/*/resources", "page": 2)",
        "default");
  agree(name, GetParam(), R"("probability": 0.5, "seed": 7)", "strict");
  agree(name, GetParam(), R"("path": "/connect")", "default");
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKind, ::testing::ValuesIn(mockpanel::faults::kind_names()),
                         test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
