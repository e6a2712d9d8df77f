// A shop whose sweep meets one kind of fault, as a scenario file.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

namespace vfstock::sim::scenario {

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
/// one sweep, after the panel's state has changed; for one on /connect the second package is gone
/// by then, so that there is a 404 to be confirmed.
inline std::string timeline_under(std::string_view kind, const std::string& where,
                                  const std::string& preset) {
  const std::string fail = fmt::format(R"({{"kind": "{}", {}}})", kind, where);
  const bool probed = where.find("/connect") != std::string::npos;
  const std::string gone =
      probed ? R"({"at": "2h", "change": {"package": {"id": 2, "deleted": true}}},)" : "";
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
    )" + gone +
         R"(
    {"at": "3h", "fail": )" +
         fail + R"(},
    {"at": "3h", "cron": {}},
    {"at": "4h", "heal": {}},
    {"at": "7h", "cron": {}},
    {"at": "15h", "cron": {}}
  ]})";
}

}  // namespace vfstock::sim::scenario
