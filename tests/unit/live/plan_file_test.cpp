// Plan files, those included that the first releases wrote.
#include "engine/live/plan_file.h"

#include <fstream>

#include <gmock/gmock.h>

#include "engine/live/settings.h"

namespace vfstock::live {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;

json plan_of_before() {
  std::ifstream stream(VFSTOCK_PLAN_OF_BEFORE);
  return json::parse(stream);
}

std::string refusal(const json& document) {
  try {
    plan_from(document);
  } catch (const SettingsError& refused) {
    return refused.what();
  }
  return "accepted";
}

TEST(PlanFile, OfBeforeIsRead) {
  const SyncPlan plan = plan_from(plan_of_before());
  EXPECT_EQ(plan.shop, "sqlite:/srv/shop.db");
  EXPECT_TRUE(plan.scope.is_all());
  EXPECT_EQ(plan::policy_from(plan.policy).brake_percent, 60);
  ASSERT_THAT(plan.lines, SizeIs(2));
  EXPECT_EQ(plan.lines[0].seen.row.id.value, 1);
  EXPECT_EQ(plan.lines[0].action, "write");
  EXPECT_EQ(plan.lines[0].now, 20);
  EXPECT_EQ(plan.lines[0].next, 31);
  EXPECT_EQ(plan.lines[0].binding, "cores");
  EXPECT_EQ(plan.lines[1].action, "unchanged");
  ASSERT_TRUE(plan.answers.contains("/packages/1"));
  EXPECT_EQ(plan.answers.at("/packages/1").status, 200);
  EXPECT_THAT(plan.answers.at("/packages/1").body, HasSubstr("\"memory\""));
}

TEST(PlanFile, IsWrittenAsItIsRead) {
  const json before = plan_of_before();
  EXPECT_EQ(json(plan_json(plan_from(before))), before);
}

TEST(PlanFile, KeepsTheProductsThatItIsAbout) {
  json document = plan_of_before();
  document["only"] = {2};
  const SyncPlan plan = plan_from(document);
  EXPECT_FALSE(plan.scope.is_all());
  EXPECT_TRUE(plan.scope.contains({2}));
  EXPECT_FALSE(plan.scope.contains({1}));
  EXPECT_EQ(json(plan_json(plan))["only"], json({2}));
}

TEST(PlanFile, OfAnotherKindIsRefused) {
  EXPECT_THAT(refusal(json::array()), HasSubstr("is no plan of vfstock sync --out"));
  json document = plan_of_before();
  document["format"] = 2;
  EXPECT_THAT(refusal(document), HasSubstr("newer format"));
  document = plan_of_before();
  document["answers"]["/packages/1"]["body"] = "%";
  EXPECT_THAT(refusal(document), HasSubstr("is no plan"));
  document = plan_of_before();
  document["policy"]["brake"] = "half";
  EXPECT_THAT(refusal(document), HasSubstr("--brake: expected a number from 0 to 100"));
}

}  // namespace
}  // namespace vfstock::live
