// Two readings of what configurable options make of a VPS, the engine's and the checker's.
#include "sim/invariants/chosen_options.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/catalogue/overrides.h"

namespace vfstock::sim::invariants {
namespace {

std::string option_name() {
  return *rc::gen::element<std::string>("Memory", "RAM|Memory", "Extra RAM", "CPU Cores", "vCPUs",
                                        "CPU type", "Storage", "Disk space", "Second disk",
                                        "Storage Type", "Backup storage", "IPv4", "IP addresses",
                                        "Additional IPv4", "IPv6", "Package", "Location",
                                        "Location|Disk", "Operating system", "Ramp", "", "|Memory");
}

std::string value_name() {
  const auto number = std::to_string(*rc::gen::element<std::int64_t>(
      0, 1, 2, 16, 100, 1000, 1023, 1024, 1025, 16384, 4'000'000'000));
  const std::string before = *rc::gen::element<std::string>("", "", " ", "+", " + ", "-", "x");
  const std::string after = *rc::gen::element<std::string>(
      "", "", " GB", "GB", " MB", "mib", " TB", "|16 GB", ".5 GB", ",0 GB", ".x", " cores", " G B");
  return before + number + after;
}

void expect_same(const catalogue::LargestChoice& engine, const ChosenOptions::Largest& checker) {
  RC_ASSERT(engine.in_place == checker.whole);
  RC_ASSERT(engine.on_top == checker.more);
}

RC_GTEST_PROP(OptionsThatOverride, AreReadAlikeByEngineAndChecker, ()) {
  Row row;
  std::vector<catalogue::OptionValue> options;
  const int count = *rc::gen::inRange(0, 9);
  for (int i = 0; i < count; ++i) {
    row.options.emplace_back(option_name(), value_name());
    options.push_back({row.options.back().first, row.options.back().second});
  }
  const catalogue::Overrides engine = catalogue::largest_overrides(options, "Location");
  const ChosenOptions checker = chosen_options(row, "Location");
  expect_same(engine.memory_mb, checker.memory_mb);
  expect_same(engine.cores, checker.cores);
  expect_same(engine.storage_gb, checker.storage_gb);
  expect_same(engine.ipv4_addresses, checker.addresses);
  RC_ASSERT(engine.packages == checker.packages);
  RC_ASSERT(engine.storage_profiles == checker.profiles);
}

}  // namespace
}  // namespace vfstock::sim::invariants
