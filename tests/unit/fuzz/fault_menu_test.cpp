// Every sample is a fault that scenarios can hold, under a name of its own.
#include "sim/fuzz/fault_menu.h"

#include <set>

#include <gtest/gtest.h>

#include "mockpanel/faults/rule_json.h"

namespace vfstock::sim::fuzz {
namespace {

TEST(FaultMenu, HoldsRulesUnderNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const FaultSample& sample : fault_menu()) {
    EXPECT_TRUE(names.insert(sample.name).second) << sample.name;
    EXPECT_NO_THROW((void)mockpanel::faults::rule_from_json(sample.fail)) << sample.name;
    // The table cuts an id at " #".
    EXPECT_EQ(sample.name.find(" #"), std::string_view::npos) << sample.name;
  }
}

TEST(FaultMenu, HasEveryKindButWhatIsCostlyAndWhatNeedsTls) {
  std::set<std::string> kinds;
  for (const FaultSample& sample : fault_menu()) kinds.insert(sample.fail["kind"]);
  std::set<std::string_view> left_out;
  for (const auto* const kind : mockpanel::faults::Kind::all()) {
    if (!kinds.contains(std::string(kind->name))) left_out.insert(kind->name);
  }
  EXPECT_EQ(left_out, (std::set<std::string_view>{"endless-header", "many-headers", "gzip-bomb",
                                                  "tls-expired", "tls-self-signed",
                                                  "tls-wrong-name", "tls-plaintext", "tls-reset"}));
}

TEST(FaultMenu, KnowsThatWhatLiesInAListShowsNowhereElse) {
  for (const FaultSample& sample : fault_menu()) {
    const std::string field = sample.fail.value("field", "");
    const bool lies_in_a_list = field.starts_with("/data/0/") || sample.fault_class == "paging";
    EXPECT_TRUE(!lies_in_a_list || sample.bites == Bites::groups) << sample.name;
    EXPECT_TRUE(sample.bites != Bites::everything || sample.fail["kind"] == "latency");
  }
}

TEST(FaultMenu, NamesEachClassOnce) {
  const auto& classes = fault_classes();
  EXPECT_EQ(std::set<std::string_view>(classes.begin(), classes.end()).size(), classes.size());
  EXPECT_GE(classes.size(), 8U);
}

}  // namespace
}  // namespace vfstock::sim::fuzz
