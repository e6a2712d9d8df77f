#include "engine/panel/pages.h"

#include <string>

#include <gtest/gtest.h>

namespace vfstock::panel {
namespace {

Lookup<SharedPage> page(Paging paging, const std::vector<std::int64_t>& ids) {
  GroupPage made;
  made.paging = paging;
  for (const std::int64_t id : ids) {
    capacity::Hypervisor hypervisor;
    hypervisor.id = id;
    made.hypervisors.push_back(hypervisor);
  }
  return Lookup<SharedPage>::found(std::make_shared<const GroupPage>(std::move(made)));
}

std::string verdict(const GroupPages& pages) {
  return pages.whole().match(
      [](const std::vector<SharedPage>& whole) {
        std::string ids;
        for (const auto& one : whole) {
          for (const auto& hypervisor : one->hypervisors)
            ids += std::to_string(hypervisor.id) + " ";
        }
        return ids;
      },
      [](Missing) { return std::string("missing"); },
      [](const Unavailable& why) { return std::string(name(why.reason)); });
}

std::string verdict_of_first(Paging paging, const std::vector<std::int64_t>& ids) {
  GroupPages pages(GroupId{7}, {});
  pages.add(1, page(paging, ids));
  return verdict(pages);
}

std::string verdict_of_second(Paging paging, const std::vector<std::int64_t>& ids) {
  GroupPages pages(GroupId{7}, {});
  pages.add(1, page({1, 2, 2, 3}, {1, 2}));
  pages.add(2, page(paging, ids));
  return verdict(pages);
}

TEST(GroupPages, AsksForTheLargestPages) {
  EXPECT_EQ(GroupPages(GroupId{7}, {}).target(3),
            "/compute/hypervisors/groups/7/resources?results=200&page=3");
}

TEST(GroupPages, AreWholeAfterTheLastPage) {
  GroupPages pages(GroupId{7}, {});
  EXPECT_EQ(pages.last_page(), 1);
  pages.add(1, page({1, 3, 2, 5}, {5, 4}));
  EXPECT_EQ(pages.last_page(), 3);
  EXPECT_EQ(verdict(pages), "inconsistent");
  pages.add(2, page({2, 3, 2, 5}, {3, 2}));
  EXPECT_EQ(verdict(pages), "inconsistent");
  pages.add(3, page({3, 3, 2, 5}, {1}));
  EXPECT_EQ(verdict(pages), "5 4 3 2 1 ");
}

TEST(GroupPages, MayBeEmpty) { EXPECT_EQ(verdict_of_first({1, 1, 200, 0}, {}), ""); }

TEST(GroupPages, AcceptFewerPerPageThanAskedForButNotMore) {
  EXPECT_EQ(verdict_of_first({1, 1, 20, 1}, {1}), "1 ");
  EXPECT_EQ(verdict_of_first({1, 1, 201, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, 0, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, -1, 1}, {1}), "inconsistent");
}

TEST(GroupPages, MustSayWhichPageTheyAre) {
  EXPECT_EQ(verdict_of_first({2, 1, 200, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_second({1, 2, 2, 3}, {3}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 2, 2, 3}, {3}), "1 2 3 ");
}

TEST(GroupPages, MustAgreeOnTheirNumber) {
  EXPECT_EQ(verdict_of_first({1, 0, 200, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, -1, 200, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 2, 200, 1}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, 200, 201}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 1, 2, 3}, {3}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 3, 2, 5}, {3}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 2, 2, 4}, {3, 4}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 2, 3, 4}, {3}), "inconsistent");
}

TEST(GroupPages, MustBeAsManyAsTheirTotalFills) {
  GroupPages one_too_many(GroupId{7}, {});
  one_too_many.add(1, page({1, 2, 200, 2}, {1, 2}));
  one_too_many.add(2, page({2, 2, 200, 2}, {}));
  EXPECT_EQ(verdict(one_too_many), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, 1, 2}, {1, 2}), "inconsistent");
}

TEST(GroupPages, MustHoldAsManyHypervisorsAsTheTotalSays) {
  EXPECT_EQ(verdict_of_first({1, 1, 200, 2}, {1}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, 200, 1}, {1, 2}), "inconsistent");
  EXPECT_EQ(verdict_of_first({1, 1, 200, -1}, {}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 2, 2, 3}, {}), "inconsistent");
}

TEST(GroupPages, MustNotListAHypervisorTwice) {
  EXPECT_EQ(verdict_of_first({1, 1, 200, 2}, {4, 4}), "inconsistent");
  EXPECT_EQ(verdict_of_second({2, 2, 2, 3}, {1}), "inconsistent");
}

TEST(GroupPages, AreMissingOnlyWhenTheFirstPageIs) {
  GroupPages first(GroupId{7}, {});
  first.add(1, Missing{});
  EXPECT_EQ(verdict(first), "missing");
  GroupPages second(GroupId{7}, {});
  second.add(1, page({1, 2, 2, 3}, {1, 2}));
  second.add(2, Missing{});
  EXPECT_EQ(verdict(second), "unexpected status");
}

TEST(GroupPages, AreUnavailableWhenAnyPageIs) {
  GroupPages pages(GroupId{7}, {});
  pages.add(1, page({1, 3, 1, 3}, {1}));
  pages.add(2, Unavailable{Reason::server_error, "503"});
  pages.add(3, page({3, 3, 1, 3}, {3}));
  EXPECT_EQ(verdict(pages), "server error");
}

TEST(GroupPages, PassOnTheLongestPatienceThatAnyOfThemAsksFor) {
  using std::chrono::seconds;
  GroupPages pages(GroupId{7}, {});
  pages.add(1, page({1, 4, 1, 4}, {1}));
  pages.add(2, Unavailable{Reason::server_error, "500"});
  pages.add(3, Unavailable{Reason::throttled, "429", seconds{90}});
  pages.add(4, Unavailable{Reason::throttled, "429", seconds{30}});
  const auto whole = pages.whole();
  ASSERT_NE(whole.if_unavailable(), nullptr);
  EXPECT_EQ(whole.if_unavailable()->detail, "500");
  EXPECT_EQ(whole.if_unavailable()->retry_after, seconds{90});
}

TEST(GroupPages, StopAtTheCapWithoutAskingFurther) {
  GroupPages pages(GroupId{7}, {.pages_max = 3});
  pages.add(1, page({1, 4, 1, 4}, {1}));
  EXPECT_EQ(pages.last_page(), 1);
  EXPECT_EQ(verdict(pages), "too large");
  GroupPages at_the_cap(GroupId{7}, {.pages_max = 3});
  at_the_cap.add(1, page({1, 3, 1, 3}, {1}));
  EXPECT_EQ(at_the_cap.last_page(), 3);
}

TEST(GroupPages, BelieveTheFirstPageWhenToldSo) {
  GroupPages pages(GroupId{7}, {.first_page_only = true});
  EXPECT_EQ(pages.target(1), "/compute/hypervisors/groups/7/resources");
  pages.add(1, page({1, 3, 2, 5}, {1, 2}));
  EXPECT_EQ(pages.last_page(), 1);
  EXPECT_EQ(verdict(pages), "1 2 ");
}

TEST(GroupPages, WithoutPagingFieldsAreOnePageOnlyWhereThatIsAllowed) {
  const auto unpaged = Lookup<SharedPage>::found(std::make_shared<const GroupPage>());
  GroupPages live(GroupId{7}, {});
  live.add(1, unpaged);
  EXPECT_EQ(verdict(live), "malformed");
  GroupPages file(GroupId{7}, {.paging_needed = false});
  file.add(1, unpaged);
  EXPECT_EQ(verdict(file), "");
}

}  // namespace
}  // namespace vfstock::panel
