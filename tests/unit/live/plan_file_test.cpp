// Plan files, those included that the first releases wrote.
#include "engine/live/plan_file.h"

#include <fstream>
#include <limits>

#include <gmock/gmock.h>

#include "engine/live/settings.h"

namespace vfstock::live {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
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

TEST(PlanFile, SaysNothingThatIsNotUnderstood) {
  const auto with = [](const char* pointer, const json& value) {
    json document = plan_of_before();
    document[json::json_pointer(pointer)] = value;
    return refusal(document);
  };
  EXPECT_THAT(with("/forse", true), HasSubstr("unknown member 'forse'"));
  EXPECT_THAT(with("/products/0/qty", 5), HasSubstr("unknown member 'qty'"));
  EXPECT_THAT(with("/answers/~1packages~11/stauts", 200), HasSubstr("unknown member 'stauts'"));
  json without = plan_of_before();
  without.erase("panel_host");
  EXPECT_THAT(refusal(without), HasSubstr("member 'panel_host' is missing"));
  EXPECT_THAT(with("/answers", 5), Not(HasSubstr("json.exception")));
}

TEST(PlanFile, HoldsWholeNumbersOfTheirKind) {
  const auto with = [](const char* pointer, const json& value) {
    json document = plan_of_before();
    document[json::json_pointer(pointer)] = value;
    return refusal(document);
  };
  const char* const status = "/answers/~1packages~11/status";
  for (const json& value : {json(200.9), json((std::int64_t{1} << 32) + 200), json(-1), json("200"),
                            json(true), json(std::numeric_limits<std::uint64_t>::max())}) {
    EXPECT_THAT(with(status, value), HasSubstr("status: expected a whole number")) << value;
  }
  EXPECT_THAT(with("/products/0/next", 31.5), HasSubstr("next: expected a whole number"));
  EXPECT_THAT(with("/products/0/next", -1), HasSubstr("next: expected a whole number"));
  EXPECT_THAT(with("/made", -5), HasSubstr("made: expected a whole number"));
}

std::string staleness(std::chrono::minutes age) {
  SyncPlan plan;
  const WallTime now{std::chrono::hours{500'000}};
  plan.made = now - age;
  try {
    refuse_stale(plan, now, std::chrono::hours{1});
  } catch (const SettingsError& refused) {
    return refused.what();
  }
  return "fresh";
}

TEST(PlanFile, AgesAndIsNeverOfTheFuture) {
  using std::chrono::days;
  using std::chrono::minutes;
  EXPECT_EQ(staleness(minutes{60}), "fresh");
  EXPECT_THAT(staleness(minutes{61}), HasSubstr("61 minutes old"));
  EXPECT_THAT(staleness(days{90}), HasSubstr("at most 60"));
  EXPECT_EQ(staleness(minutes{-1}), "fresh") << "clocks differ a little";
  EXPECT_THAT(staleness(days{-365}), HasSubstr("in the future"));
}

TEST(PlanFile, IsOfOnePanel) {
  SyncPlan plan;
  plan.panel_host = "CP.example:443";
  EXPECT_NO_THROW(refuse_other_panel(plan, "cp.example"));
  EXPECT_THROW(refuse_other_panel(plan, "other.example"), SettingsError);
}

}  // namespace
}  // namespace vfstock::live
