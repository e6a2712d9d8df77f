// Six transcripts, word for word and with their virtual times, over both transports.
//
// A change that is meant to alter one: `vfstock replay --transport direct --transcript SCENARIO`
// prints it; put its lines, without the last two, into golden/.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "sim/scenario/replay.h"

namespace vfstock::sim::scenario {
namespace {

std::string golden(const std::string& name) {
  const auto file = std::filesystem::path(VFSTOCK_GOLDEN_FOLDER) / (name + ".txt");
  std::ifstream stream(file);
  EXPECT_TRUE(stream.good()) << file;
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string transcript(const std::string& folder, const std::string& name, TransportKind kind) {
  const auto file = std::filesystem::path(VFSTOCK_SCENARIO_FOLDER) / folder / (name + ".json");
  const report::ScenarioResult result = replay(read_scenario(file), kind);
  std::string text = result.name + "\n";
  for (const std::string& line : result.transcript) text += "  " + line + "\n";
  return text;
}

using Named = std::pair<std::string, std::string>;

class Golden : public ::testing::TestWithParam<Named> {};

TEST_P(Golden, TranscriptIsTheSameOverBothTransports) {
  const auto [folder, name] = GetParam();
  EXPECT_EQ(transcript(folder, name, TransportKind::direct), golden(name));
  EXPECT_EQ(transcript(folder, name, TransportKind::http), golden(name));
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, Golden,
    ::testing::Values(Named("incidents", "a-burst-of-twelve-orders"),
                      std::pair("classic",
                                "a-burst-of-twelve-orders-leaves-the-qty-wrong-for-two-hours"),
                      Named("rules", "an-order-of-three-services-is-accepted-with-the-last"),
                      Named("rules", "the-brake-withholds-mass-zeroing"),
                      Named("rules", "an-outage-is-tried-again-without-any-trigger"),
                      Named("rules", "a-deletion-is-counted-when-its-grace-has-passed")),
    [](const auto& golden_case) {
      std::string name = golden_case.param.second;
      for (char& c : name) c = c == '-' ? '_' : c;
      return name;
    });

}  // namespace
}  // namespace vfstock::sim::scenario
