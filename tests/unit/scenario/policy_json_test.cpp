#include "sim/scenario/policy_json.h"

#include <gmock/gmock.h>

#include "engine/plan/policy_fields.h"
#include "sim/document/schemas.h"
#include "tests/unit/document/refusal.h"

namespace vfstock::sim::scenario {
namespace {

using document::Json;
using document::testing::refusal;
using ::testing::HasSubstr;

plan::Policy read(const Json& json) { return read_policy(json, {"s.json", "/policy"}); }

/// The lines that the schema of scenarios must hold of the policy's fields.
std::string schema_lines(const Json& properties) {
  std::string lines;
  for (const auto& [name, schema] : properties.items()) {
    lines += "\"" + name + "\": " + schema.dump() + ",\n";
  }
  return lines;
}

TEST(PolicySchema, SaysOfEveryFieldWhatTheTableSays) {
  const Json schema = document::parse(document::schema_text("scenario.schema.json"), "schema");
  Json published = schema["definitions"]["policy"]["properties"];
  published.erase("panel_host");  // the scenario's own
  Json wanted{{"preset", {{"enum", plan::presets}}}};
  for (const plan::PolicyField& field : plan::policy_fields) {
    if (is_for_scenarios(field)) wanted[std::string(field.name)] = policy_schema(field);
  }
  EXPECT_EQ(published, wanted) << "scenario.schema.json must hold:\n" << schema_lines(wanted);
}

TEST(PolicyJson, IsAPresetAndWhatDiffersFromIt) {
  const plan::Policy policy = read({{"preset", "classic"},
                                    {"confirm_missing", true},
                                    {"qty_ceiling", 7},
                                    {"group_ttl", "1500ms"},
                                    {"forget", "none"}});
  EXPECT_TRUE(policy.confirm_missing);
  EXPECT_EQ(policy.qty_ceiling, 7);
  EXPECT_EQ(policy.group_ttl, std::chrono::seconds{2});
  EXPECT_EQ(policy.forget, plan::Forget::none);
  EXPECT_EQ(policy.brake_percent, 0);
}

TEST(PolicyJson, RefusesWhatIsOutOfRangeWithItsPlace) {
  EXPECT_THAT(refusal([] {
                read({{"sweep_deadline", "2h"}});
              }),
              HasSubstr("s.json: /policy/sweep_deadline: '2h' is no time"));
}

TEST(PolicyJson, WritesWhatItReads) {
  for (const plan::PolicyField& field : plan::policy_fields) {
    if (!is_for_scenarios(field)) continue;
    const plan::Policy classic = *plan::preset("classic");
    const std::string text = plan::value_text(classic, field);
    if (text.empty()) continue;
    const plan::Policy again = read({{std::string(field.name), policy_value(field, text)}});
    EXPECT_EQ(plan::value_text(again, field), text) << field.name;
  }
}

}  // namespace
}  // namespace vfstock::sim::scenario
