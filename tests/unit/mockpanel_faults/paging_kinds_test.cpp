#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/mockpanel_faults/faulty_panel.h"

namespace vfstock::mockpanel::faults {
namespace {

using nlohmann::json;

std::vector<int> ids(const json& document) {
  std::vector<int> found;
  for (const json& entry : document["data"]) found.push_back(entry["hypervisor"]["id"].get<int>());
  return found;
}

json listed(const Kind& kind, int number, int results = 3) {
  FaultyPanel panel;
  return parsed(panel.under(kind, page(number, results)));
}

TEST(PagingKinds, APageIsRepeatedUnderItsOwnNumber) {
  EXPECT_EQ(ids(listed(Kind::named("page-repeated"), 1)), (std::vector<int>{1, 2, 3}));
  const json second = listed(Kind::named("page-repeated"), 2);
  EXPECT_EQ(ids(second), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(second["current_page"], 2);
  EXPECT_EQ(second["total"], 7);
}

TEST(PagingKinds, ItemsDriftFromTheSecondPageOn) {
  EXPECT_EQ(ids(listed(Kind::named("items-drift"), 1)), (std::vector<int>{1, 2, 3}));
  const json second = listed(Kind::named("items-drift"), 2);
  EXPECT_EQ(ids(second), (std::vector<int>{5, 6, 7}));
  EXPECT_EQ(second["total"], 6);
  EXPECT_EQ(second["last_page"], 2);
  EXPECT_TRUE(ids(listed(Kind::named("items-drift"), 3)).empty());
}

TEST(PagingKinds, TheLastPageAndTheTotalLie) {
  EXPECT_EQ(listed(Kind::named("last-page-lies"), 1)["last_page"], 2);
  EXPECT_EQ(listed(Kind::named("last-page-lies"), 1, 20)["last_page"], 2);
  EXPECT_EQ(listed(Kind::named("total-lies"), 1)["total"], 8);
  FaultyPanel panel;
  Rule rule;
  rule.kind = &Kind::named("last-page-lies");
  rule.value = -4;
  EXPECT_EQ(parsed(panel.under(rule, page(1)))["last_page"], -4);
  rule.kind = &Kind::named("total-lies");
  rule.value = 0;
  EXPECT_EQ(parsed(panel.under(rule, page(1)))["total"], 0);
}

TEST(PagingKinds, EndlessPagesAreFullAndNeverRepeatARecord) {
  std::set<int> seen;
  for (int number = 1; number <= 5; ++number) {
    const json document = listed(Kind::named("endless-pages"), number);
    EXPECT_EQ(document["last_page"], 1'000'000);
    EXPECT_EQ(document["total"], 3'000'000);
    for (const int id : ids(document)) EXPECT_TRUE(seen.insert(id).second) << id;
  }
  EXPECT_EQ(seen.size(), 15U);
}

TEST(PagingKinds, ResultsAreIgnoredOrClamped) {
  EXPECT_EQ(listed(Kind::named("results-ignored"), 1)["per_page"], 20);
  EXPECT_EQ(listed(Kind::named("results-clamped"), 1, 200)["per_page"], 5);
  EXPECT_EQ(ids(listed(Kind::named("results-clamped"), 2, 200)), (std::vector<int>{6, 7}));
  EXPECT_EQ(listed(Kind::named("results-clamped"), 1, 3)["per_page"], 3);
}

TEST(StateKinds, AHypervisorComesTwiceAndIsCounted) {
  const json document = listed(Kind::named("hypervisor-twice"), 1, 20);
  EXPECT_EQ(ids(document), (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 1}));
  EXPECT_EQ(document["total"], 8);
}

TEST(StateKinds, FiguresAndFlagsLie) {
  const auto first = [](const Kind& kind) { return listed(kind, 1)["data"][0]; };
  EXPECT_EQ(first(Kind::named("free-above-max"))["resources"]["memory"]["free"], 9192);
  EXPECT_EQ(first(Kind::named("flags-flip"))["hypervisor"]["enabled"], false);
  EXPECT_EQ(first(Kind::named("flags-flip"))["resources"]["localStorage"]["enabled"], 0);
  EXPECT_EQ(first(Kind::named("all-zero"))["resources"]["memory"]["free"], 0);
  EXPECT_EQ(first(Kind::named("all-times-1000"))["resources"]["memory"]["free"], 7'168'000);
  FaultyPanel panel;
  EXPECT_EQ(parsed(panel.under(Kind::named("flags-flip"), package))["data"]["enabled"], false);
  EXPECT_EQ(parsed(panel.under(Kind::named("all-times-1000"), package))["data"]["memory"],
            1'024'000);
}

TEST(StateKinds, FiguresAreMultipliedByWhatTheRuleSays) {
  FaultyPanel panel;
  Rule rule;
  rule.kind = &Kind::named("all-times-1000");
  rule.value = 3;
  EXPECT_EQ(parsed(panel.under(rule, package))["data"]["memory"], 3072);
}

TEST(StateKinds, TheRecordThatIsAskedForGoes) {
  FaultyPanel panel;
  EXPECT_EQ(panel.under(Kind::named("record-deleted"), package).response.status, 404);
  EXPECT_EQ(panel.right(package).response.status, 404);
  EXPECT_EQ(panel.under(Kind::named("record-deleted"), page(2)).response.status, 404);
  EXPECT_FALSE(panel.world().groups.contains(1));
  panel.under(Kind::named("record-deleted"), "/compute/hypervisors/3");
  EXPECT_FALSE(panel.world().hypervisors.contains(3));
  EXPECT_EQ(panel.world().hypervisors.size(), 6U);
  panel.under(Kind::named("record-deleted"), "/packages");
  EXPECT_EQ(panel.world().hypervisors.size(), 6U);
}

}  // namespace
}  // namespace vfstock::mockpanel::faults
