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

TEST(FaultMenu, HasAKindOfEverySortThatNeedsNoSocketOfItsOwn) {
  std::set<std::string> kinds;
  for (const FaultSample& sample : fault_menu()) kinds.insert(sample.fail["kind"]);
  for (const char* kind : {"status", "cut", "no-answer", "refused", "latency", "field-null",
                           "number-as-text", "last-page-lies", "page-repeated", "another-panel"}) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
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
