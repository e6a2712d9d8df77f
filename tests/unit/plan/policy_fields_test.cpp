#include "engine/plan/policy_fields.h"

#include <set>
#include <stdexcept>

#include <gmock/gmock.h>

namespace vfstock::plan {
namespace {

using ::testing::HasSubstr;

std::string refusal(const PolicyWords& words) {
  try {
    policy_from(words);
  } catch (const std::invalid_argument& refused) {
    return refused.what();
  }
  return "accepted";
}

TEST(PolicyFields, HaveNamesOfTheirOwnAndASentenceForTheHelp) {
  std::set<std::string_view> names;
  for (const PolicyField& field : policy_fields) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_FALSE(field.help.empty()) << field.name;
    EXPECT_EQ(field_of_option(option_name(field)), &field);
    EXPECT_EQ(policy_field(field.name), &field);
  }
  EXPECT_EQ(field_of_option("storage_match"), nullptr);
  EXPECT_EQ(policy_field("storage-match"), nullptr);
}

TEST(PolicyFields, AreReadBackAsTheyAreWritten) {
  for (const std::string_view name : presets) {
    const Policy before = *preset(name);
    for (const PolicyField& field : policy_fields) {
      const std::string text = value_text(before, field);
      if (text.empty()) continue;
      Policy after;
      EXPECT_EQ(set(after, field, text), std::nullopt) << field.name;
      EXPECT_EQ(value_text(after, field), text) << field.name;
    }
  }
}

TEST(PolicyFields, OfEveryPresetAreReadable) {
  for (const PolicyField& field : policy_fields) {
    for (const std::string_view text : {field.strict, field.classic}) {
      Policy policy;
      if (text.empty()) continue;
      EXPECT_EQ(set(policy, field, text), std::nullopt) << field.name;
    }
  }
}

TEST(PolicyFields, ChangeNothingWhenTheyAreRefused) {
  Policy policy;
  for (const auto& [name, text] :
       std::map<std::string_view, std::string_view>{{"storage_match", "pool"},
                                                    {"brake", "101"},
                                                    {"brake", "5 "},
                                                    {"qty_ceiling", "-1"},
                                                    {"sweep_deadline", "0s"},
                                                    {"sweep_deadline", "2h"},
                                                    {"group_ttl", "-1s"},
                                                    {"reserve_pending", "yes"},
                                                    {"concurrency", "0"},
                                                    {"node_caps", "3"},
                                                    {"node_caps", "3=x"},
                                                    {"node_caps", "0=4"},
                                                    {"node_caps", "3=4,3=5"},
                                                    {"location_option", ""}}) {
    const PolicyField& field = *policy_field(name);
    EXPECT_NE(set(policy, field, text), std::nullopt) << name;
    EXPECT_EQ(value_text(policy, field), value_text({}, field)) << name;
  }
}

TEST(PolicyFields, ReadTheCapsOfNodesAsAList) {
  Policy policy;
  const PolicyField& caps = *policy_field("node_caps");
  EXPECT_EQ(set(policy, caps, "7=2,3=35"), std::nullopt);
  EXPECT_EQ(policy.node_caps, (capacity::NodeCaps{{3, 35}, {7, 2}}));
  EXPECT_EQ(value_text(policy, caps), "3=35,7=2");
  EXPECT_EQ(set(policy, caps, ""), std::nullopt);
  EXPECT_TRUE(policy.node_caps.empty());
}

TEST(PolicyWords, AreAPresetAndOptions) {
  const Policy policy =
      policy_from({{"policy", "classic"}, {"brake", "7"}, {"storage-match", "storage-type-other"}});
  EXPECT_EQ(policy.brake_percent, 7);
  EXPECT_EQ(policy.storage_match, capacity::StorageMatch::storage_type_other);
  EXPECT_TRUE(policy.first_page_only);
}

TEST(PolicyWords, AreRefusedWithTheOptionAndWhatWasExpected) {
  EXPECT_THAT(refusal({{"policy", "lax"}}), HasSubstr("--policy: 'lax' is none of default"));
  EXPECT_THAT(refusal({{"ipv4-cap", "none"}}),
              HasSubstr("--ipv4-cap: 'none' is none of exact, group-nested, nested"));
  EXPECT_THAT(refusal({{"brake", "half"}}), HasSubstr("--brake: expected a number from 0 to 100"));
  EXPECT_THAT(refusal({{"request-deadline", "2h"}}), HasSubstr("at most 1h"));
  EXPECT_THAT(refusal({{"ipv4_cap", "nested"}}), HasSubstr("no part of a policy"));
}

}  // namespace
}  // namespace vfstock::plan
