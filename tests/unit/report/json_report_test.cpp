#include "sim/report/json_report.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/report/hostile_result.h"

namespace vfstock::sim::report {
namespace {

TEST(JsonReport, HasTheDocumentedFields) {
  const std::vector results{passed_result(), failed_result()};
  const auto json = replay_json(results);
  EXPECT_EQ(json.at("format"), 1);
  EXPECT_EQ(json.at("passed"), 1);
  EXPECT_EQ(json.at("failed"), 1);
  EXPECT_EQ(json.at("scenarios").at(0).dump(),
            R"({"name":"A quiet day","file":"scenarios/quiet.json","passed":true,"events":4,)"
            R"("violations":[],"products":[{"id":3,"qty":12,"writes":1},)"
            R"({"id":4,"qty":null,"writes":0}],"panel_requests":9,"oversold_places":0,)"
            R"("fingerprint":"00ff"})");
  EXPECT_EQ(json.at("scenarios").at(1).at("violations").at(0).dump(),
            R"({"at":"5m","invariant":"keep-on-unavailable","verdict":"violated",)"
            R"("detail":"product 3: qty 12 -> 0"})");
}

TEST(JsonReport, CanBeWrittenWhateverTheNames) {
  EXPECT_NO_THROW((void)replay_json(std::vector{hostile_result()}).dump());
}

}  // namespace
}  // namespace vfstock::sim::report
