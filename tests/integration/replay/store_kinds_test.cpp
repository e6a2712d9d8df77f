// Every way in which the shop's store can fail lies over a sweep: no invariant is violated, and
// once it is over the shop shows the truth.
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/scenario/replay.h"

namespace vfstock::sim::scenario {
namespace {

report::ScenarioResult under(const std::string& kind) {
  // A failing AcceptOrder wants an order to be accepted.
  const bool acceptance = kind == "acceptance";
  const std::string sale = acceptance ? R"({"at": "181m", "order": {"product": 2, "service": 1}},
    {"at": "182m", "provision": {"service": 1}},)"
                                      : "";
  const auto file = std::filesystem::temp_directory_path() /
                    fmt::format("vfstock-store-{}-{}.json", kind, ::getpid());
  std::ofstream(file) << R"({"name": "n", "description": "d", "fleet": ")" VFSTOCK_SCENARIO_FOLDER
                         R"(/fleets/small-shop.json", "timeline": [
    {"at": "0s", "cron": {}},
    {"at": "1h", "provision-outside": {"package": 2, "group": 1, "count": 3}},
    {"at": "3h", "store-fail": {"kind": ")"
                      << kind << R"(", "for": "30m"}},
    {"at": "3h", "cron": {}},)"
                      << sale << R"(
    {"at": "190m", "restart": {}},
    {"at": "200m", "recalculate": {}},
    {"at": "7h", "cron": {}},
    {"at": "9h", "cron": {}},
    {"at": "11h", "cron": {}},
    {"at": "11h", "expect": {"product": 2, "qty": )"
                      << (acceptance ? 8 : 9) << "}}]}";
  const report::ScenarioResult result = replay(read_scenario(file), TransportKind::direct);
  std::filesystem::remove(file);
  return result;
}

class EveryStoreKind : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryStoreKind, ViolatesNothingAndPasses) {
  const report::ScenarioResult result = under(GetParam());
  for (const auto& violation : result.violations) {
    if (GetParam() == "row-gone" && violation.invariant == "expect") continue;  // no row, no qty
    ADD_FAILURE() << violation.at << " " << violation.invariant << ": " << violation.detail;
  }
  if (!HasFailure()) return;
  for (const std::string& line : result.transcript) fmt::print("  {}\n", line);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryStoreKind,
                         ::testing::Values("reads", "writes", "reads-and-writes", "writes-done",
                                           "locked", "deadlock", "connection-lost", "read-only",
                                           "disk-full", "row-changed", "row-gone", "acceptance",
                                           "state"),
                         [](const ::testing::TestParamInfo<std::string>& tested) {
                           std::string name = tested.param;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace vfstock::sim::scenario
