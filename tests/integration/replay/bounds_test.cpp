// No kind of fault makes a refresh take more than its time, more than 64 MB, or write what it must
// not.
//
// Over real sockets, with the mock panel in the same process: what the panel needs to send an
// endless answer counts too, so the engine stays further below the bound than it seems. ctest runs
// each kind in a process of its own.
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/kind.h"
#include "sim/scenario/replay.h"
#include "tests/integration/replay/sweep_under.h"

namespace vfstock::sim::scenario {
namespace {

constexpr std::int64_t extra_kib_max = 64 * 1024;

#if !defined(__has_feature)
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool memory_is_the_programs_own = false;
#else
constexpr bool memory_is_the_programs_own = true;
#endif

/// "VmHWM" (the most so far), "VmRSS" (now), in KiB.
std::int64_t memory_kib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return std::stoll(line.substr(name.size() + 1));
  }
  ADD_FAILURE() << "/proc/self/status has no " << name;
  return 0;
}

/// From now on VmHWM is the most since this moment.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

class EveryKindIsBounded : public ::testing::TestWithParam<std::string_view> {};

// The invariants "bounded" and "keep-on-unavailable" watch the time, which is the virtual clock's,
// and the writes.
TEST_P(EveryKindIsBounded, InTimeMemoryAndWrites) {
  for (const char* const where :
       {R"("path": "/packages/*")", R"("path": "/compute/hypervisors/groups/*/resources")"}) {
    SCOPED_TRACE(where);
    const ScenarioFile file("bounds-" + std::string(GetParam()),
                            timeline_under(GetParam(), where, "default"));
    const Scenario scenario = read_scenario(file.path());
    forget_peak();
    const std::int64_t before = memory_kib("VmRSS");
    const report::ScenarioResult result = replay(scenario, TransportKind::http);
    for (const auto& violation : result.violations) {
      ADD_FAILURE() << violation.at << " " << violation.invariant << ": " << violation.detail;
    }
    if (memory_is_the_programs_own) {
      EXPECT_LE(memory_kib("VmHWM") - before, extra_kib_max);
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKindIsBounded,
                         ::testing::ValuesIn(mockpanel::faults::kind_names()), test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
