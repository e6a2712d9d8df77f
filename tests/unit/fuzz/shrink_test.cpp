// What is left of a document is what matters, and nothing else.
#include "sim/fuzz/shrink.h"

#include <gtest/gtest.h>

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

Json with_steps(int count) {
  Json json;
  json["panel"]["groups"] = {{{"id", 1}}, {{"id", 2}}};
  json["shop"]["products"] = Json::array();
  json["timeline"] = Json::array();
  for (int n = 0; n < count; ++n) {
    Json step;
    step["at"] = std::to_string(n * 600) + "s";
    step["step"] = n;
    step["count"] = 1000 + n;
    json["timeline"].push_back(std::move(step));
  }
  return json;
}

bool holds(const Json& json, int number) {
  for (const Json& step : json["timeline"]) {
    if (step.contains("step") && step["step"] == number) return true;
  }
  return false;
}

TEST(Shrink, LeavesTheStepsThatMatterAndNothingElse) {
  const StillFails judge = [](const Json& json) -> std::optional<Json> {
    if (!holds(json, 3) || !holds(json, 47)) return std::nullopt;
    return json;
  };
  const Shrunk shrunk = shrink(with_steps(60), judge);
  EXPECT_EQ(shrunk.document["timeline"].size(), 2U);
  EXPECT_TRUE(holds(shrunk.document, 3));
  EXPECT_TRUE(holds(shrunk.document, 47));
  EXPECT_FALSE(shrunk.document["timeline"][0].contains("count"));
  EXPECT_FALSE(shrunk.document["panel"].contains("groups"));
}

TEST(Shrink, BringsStepsTogetherAndMakesNumbersSmall) {
  const StillFails judge = [](const Json& json) -> std::optional<Json> {
    if (json["timeline"].size() != 2) return std::nullopt;
    for (const Json& step : json["timeline"]) {
      if (!step.contains("at") || !step.contains("count") || step["count"] < 7) return std::nullopt;
    }
    return json;
  };
  const Json timeline = shrink(with_steps(2), judge).document["timeline"];
  EXPECT_EQ(timeline[1]["at"], timeline[0]["at"]);
  EXPECT_EQ(timeline[0]["count"], 10);
}

TEST(Shrink, TakesTheTidiedDocumentOfTheJudge) {
  const StillFails judge = [](const Json& json) -> std::optional<Json> {
    if (!holds(json, 1)) return std::nullopt;
    Json tidied = json;
    tidied["tidied"] = true;
    return tidied;
  };
  EXPECT_EQ(shrink(with_steps(9), judge).document["tidied"], true);
}

TEST(Shrink, StopsAfterSoManyTries) {
  std::int64_t asked = 0;
  const StillFails judge = [&](const Json&) -> std::optional<Json> {
    ++asked;
    return std::nullopt;
  };
  EXPECT_EQ(shrink(with_steps(30), judge, 5).tried, 5);
  EXPECT_EQ(asked, 5);
}

}  // namespace
}  // namespace vfstock::sim::fuzz
