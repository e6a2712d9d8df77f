// Groups: hypervisor records and pages.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Group 1 answers with these pages, one after the other.
TraceWriter after_pages(const std::vector<Json>& pages) {
  TraceWriter trace;
  trace.begins().package();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    trace.group(1, pages[i], static_cast<std::int64_t>(i) + 1);
  }
  return trace;
}

MATCHER(MakeTheGroupUnavailable, "make the group unavailable") {
  const auto written = after_pages(arg).sets(0).ends().findings();
  return after_pages(arg).keeps().ends().findings().empty() &&
         written == std::vector<std::string>{"keep-on-unavailable"};
}

std::vector<Json> two_pages() {
  return {page_json({hypervisor_json(1, 2), hypervisor_json(2, 2)}, 1, 2, 3),
          page_json({hypervisor_json(3, 3)}, 2, 2, 3)};
}

TEST(GroupPages, AddUpOverAllPages) {
  EXPECT_THAT([] { return after_pages(two_pages()); }, AsksFor(7));
}

TEST(GroupPages, MayBeSmallerThanAskedFor) {
  EXPECT_THAT([] { return after_pages({page_json({hypervisor_json(1, 9)}, 1, 20)}); }, AsksFor(9));
}

TEST(GroupPages, MayBeEmptyTogether) {
  EXPECT_THAT([] { return after_pages({page_json({})}); }, AsksFor(0));
}

TEST(GroupPages, MakeTheGroupUnavailableWhenALaterOneFails) {
  const auto trace = [] {
    TraceWriter written = after_pages({two_pages().front()});
    written.answers(TraceWriter::group_target(1, 2), 503, "");
    return written;
  };
  EXPECT_THAT(trace().keeps().ends().findings(), IsEmpty());
  EXPECT_EQ(trace().sets(4).ends().story(),
            "product 3: qty 5 -> 4 although group 1's page 2 answered 503 at 5m0.03s");
}

TEST(GroupPages, MakeTheGroupUnavailableWhenALaterOneIsNotFound) {
  TraceWriter trace = after_pages({two_pages().front()});
  trace.group_gone(1, 2).connected();
  EXPECT_THAT(trace.sets(0).ends().findings(), ElementsAre("keep-on-unavailable"));
}

TEST(GroupPages, CountAgainWhenTheGroupIsReadAgain) {
  const auto trace = [] {
    TraceWriter again = after_pages(two_pages());
    again.hook("AfterModuleCreate").group(1, page_json({hypervisor_json(1, 2)}));
    return again;
  };
  EXPECT_THAT(trace, AsksFor(2));
}

class PagingThatIsWorthless : public ::testing::TestWithParam<std::pair<std::string, std::string>> {
};

TEST_P(PagingThatIsWorthless, MakesTheGroupUnavailable) {
  Json page = page_json({hypervisor_json(1, 2)});
  page[GetParam().first] = Json::parse(GetParam().second);
  EXPECT_THAT(std::vector<Json>{page}, MakeTheGroupUnavailable());
}

INSTANTIATE_TEST_SUITE_P(
    Every, PagingThatIsWorthless,
    ::testing::Values(std::pair("last_page", "0"), std::pair("last_page", "\"1\""),
                      std::pair("last_page", "null"), std::pair("last_page", "2"),
                      std::pair("last_page", "501"), std::pair("last_page", "-1"),
                      std::pair("total", "2"), std::pair("total", "0"), std::pair("total", "-1"),
                      std::pair("current_page", "2"), std::pair("current_page", "null"),
                      std::pair("per_page", "0"), std::pair("per_page", "201"),
                      std::pair("data", "{}"), std::pair("data", "null")));

TEST(GroupPages, NeedEveryPagingField) {
  for (const char* const field : {"current_page", "last_page", "per_page", "total", "data"}) {
    Json page = page_json({hypervisor_json(1, 2)});
    page.erase(field);
    EXPECT_THAT(std::vector<Json>{page}, MakeTheGroupUnavailable()) << field;
  }
}

TEST(GroupPages, MustAgreeWithEachOther) {
  std::vector<Json> shrinking = two_pages();
  shrinking[1]["last_page"] = 1;
  EXPECT_THAT(shrinking, MakeTheGroupUnavailable());
  std::vector<Json> repeated = two_pages();
  repeated[1] = repeated[0];
  EXPECT_THAT(repeated, MakeTheGroupUnavailable());
  std::vector<Json> drifted = two_pages();
  drifted[1]["data"] = Json::array({hypervisor_json(2, 2)});
  EXPECT_THAT(drifted, MakeTheGroupUnavailable());
}

TEST(GroupPages, MustBeAsManyAsTheTotalFills) {
  std::vector<Json> one_too_many{page_json({hypervisor_json(1, 2)}, 1, 1, 1),
                                 page_json({}, 2, 1, 1)};
  for (Json& page : one_too_many) page["last_page"] = 2;
  EXPECT_THAT(one_too_many, MakeTheGroupUnavailable());
}

TEST(GroupRecords, WithAHypervisorTwiceAreUnavailable) {
  const std::vector<Json> pages{page_json({hypervisor_json(1, 2), hypervisor_json(1, 2)})};
  EXPECT_THAT(pages, MakeTheGroupUnavailable());
}

Json without(const std::string& pointer) {
  Json hypervisor = hypervisor_json(1, 2);
  const Json::json_pointer place(pointer);
  hypervisor[place.parent_pointer()].erase(place.back());
  return hypervisor;
}

Json changed(const std::string& pointer, const Json& value) {
  Json hypervisor = hypervisor_json(1, 2);
  hypervisor[Json::json_pointer(pointer)] = value;
  return hypervisor;
}

TEST(GroupRecords, NeedEveryFieldThatIsCounted) {
  for (const char* const field :
       {"/hypervisor/id", "/hypervisor/enabled", "/hypervisor/prohibit", "/hypervisor/commissioned",
        "/resources/memory", "/resources/memory/max", "/resources/memory/free",
        "/resources/cpuCores", "/resources/cpuCores/free", "/resources/localStorage/enabled",
        "/resources/localStorage/storageType", "/resources/localStorage/max",
        "/resources/localStorage/free"}) {
    EXPECT_THAT(std::vector<Json>{page_json({without(field)})}, MakeTheGroupUnavailable()) << field;
  }
}

TEST(GroupRecords, ReadNeitherNullNorNegativeQuotasAsZero) {
  EXPECT_THAT(std::vector<Json>{page_json({changed("/resources/memory/free", nullptr)})},
              MakeTheGroupUnavailable());
  EXPECT_THAT(std::vector<Json>{page_json({changed("/resources/memory/max", -1)})},
              MakeTheGroupUnavailable());
}

TEST(GroupRecords, OfIneligibleHypervisorsMayCarryFlagsAlone) {
  Json bare = hypervisor_json(2, 50);
  bare["hypervisor"]["prohibit"] = 1;
  bare.erase("resources");
  EXPECT_THAT([&] { return after_pages({page_json({hypervisor_json(1, 2), bare})}); }, AsksFor(2));
}

TEST(GroupRecords, MayLackStorageBlocksAndAddresses) {
  const Json bare = without("/resources/otherStorage");
  EXPECT_THAT([&] { return after_pages({page_json({bare})}); }, AsksFor(2));
  const Json nowhere_to_store = without("/resources/localStorage");
  EXPECT_THAT([&] { return after_pages({page_json({nowhere_to_store})}); }, AsksFor(0));
}

TEST(GroupRecords, NeedServersOnlyWhereSlotsCount) {
  const Json page = page_json({without("/resources/servers")});
  EXPECT_THAT([&] { return refresh_of(page); }, AsksFor(2));
  Expectations enforce;
  enforce.server_slots = "enforce";
  EXPECT_THAT(refresh_of(page, enforce).sets(2).ends().findings(),
              ElementsAre("keep-on-unavailable"));
}

TEST(GroupRecords, NeedPoolIdsOnlyWherePoolsAreNamedById) {
  const Json page =
      page_json({changed("/resources/otherStorage", Json::array({storage(0, 10, 10)}))});
  EXPECT_THAT([&] { return refresh_of(page); }, AsksFor(2));
  Expectations by_id;
  by_id.storage_match = "pool-id";
  EXPECT_THAT(refresh_of(page, by_id).sets(2).ends().story(),
              HasSubstr("/data/0/resources/otherStorage/0/id is missing"));
}

TEST(GroupRecords, LeaveAMistypedAddressFigureToTheClient) {
  const Json page =
      page_json({changed("/resources/network", Json::parse(R"({"total":{"ipv4":{"free":"x"}}})"))});
  EXPECT_THAT(refresh_of(page).keeps().ends().findings(), IsEmpty());
  EXPECT_THAT(refresh_of(page).sets(2).ends().findings(), IsEmpty());
  EXPECT_THAT(refresh_of(page).sets(1).ends().findings(), ElementsAre("truth-on-found"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
