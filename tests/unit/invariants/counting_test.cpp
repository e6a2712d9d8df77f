// truth-on-found: the recount, against hand-made answers, and the wrong engines that it must catch.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// 10 GB of memory of which `free_gb` are free.
Json ten_gb(std::int64_t id, std::int64_t free_gb) {
  Json hypervisor = hypervisor_json(id, 0);
  hypervisor["resources"]["memory"] = quota(10 * 1024, free_gb * 1024);
  return hypervisor;
}

Row row_with_buffer(const std::string& buffer) {
  Row row = usual_row();
  row.configoption7 = buffer;
  return row;
}

TEST(TruthOnFound, HoldsForTheSmallestDimensionOfEachHypervisor) {
  Json hypervisor = hypervisor_json(1, 9);
  hypervisor["resources"]["cpuCores"] = quota(8, 4);
  const Json page = page_json({hypervisor, hypervisor_json(2, 3)});
  EXPECT_THAT([&] { return refresh_of(page); }, AsksFor(7));
}

TEST(TruthOnFound, CatchesTheSumInsteadOfTheMinimum) {
  Json hypervisor = hypervisor_json(1, 9);
  hypervisor["resources"]["cpuCores"] = quota(8, 4);
  EXPECT_THAT(refresh_of(page_json({hypervisor})).sets(9 + 4).ends().findings(),
              ElementsAre("truth-on-found"));
}

TEST(TruthOnFound, CatchesAProhibitedHypervisorThatIsCounted) {
  Json prohibited = hypervisor_json(2, 3);
  prohibited["hypervisor"]["prohibit"] = true;
  const Json page = page_json({hypervisor_json(1, 4), prohibited});
  EXPECT_THAT(refresh_of(page).sets(4).ends().findings(), IsEmpty());
  EXPECT_EQ(refresh_of(page).sets(7).ends().story(),
            "product 3: qty 5 -> 7 instead of 4: the panel's answers leave room for 4");
}

TEST(TruthOnFound, CountsNeitherDisabledNorUncommissionedHypervisors) {
  Json disabled = hypervisor_json(2, 3);
  disabled["hypervisor"]["enabled"] = 0;
  Json raw = hypervisor_json(3, 3);
  raw["hypervisor"]["commissioned"] = false;
  EXPECT_THAT([&] { return refresh_of(page_json({disabled, raw})); }, AsksFor(0));
}

TEST(TruthOnFound, TakesTheBufferAsAShareOfTheQuota) {
  const Json page = page_json({ten_gb(1, 5)});
  EXPECT_THAT([&] { return refresh_of(page, {}, row_with_buffer("20")); }, AsksFor(3));
  constexpr std::int64_t by_share_of_free = 4;
  EXPECT_THAT(refresh_of(page, {}, row_with_buffer("20")).sets(by_share_of_free).ends().findings(),
              ElementsAre("truth-on-found"));
}

TEST(TruthOnFound, RoundsTheReserveUp) {
  Json hypervisor = hypervisor_json(1, 0);
  hypervisor["resources"]["memory"] = quota(0, 0);
  hypervisor["resources"]["cpuCores"] = quota(15, 15);
  const Json page = page_json({hypervisor});
  EXPECT_THAT([&] { return refresh_of(page, {}, row_with_buffer("10")); }, AsksFor(13));
  EXPECT_THAT([&] { return refresh_of(page, {}, row_with_buffer("not a number")); }, AsksFor(13));
}

TEST(TruthOnFound, ReadsNegativeFreeAsNothing) {
  EXPECT_THAT([] { return refresh_of(page_json({ten_gb(1, -3), ten_gb(2, 2)})); }, AsksFor(2));
  constexpr std::int64_t wrapped_and_cut = 2147483647;
  EXPECT_THAT(refresh_of(page_json({ten_gb(1, -3)})).sets(wrapped_and_cut).ends().findings(),
              ElementsAre("truth-on-found"));
}

TEST(TruthOnFound, ReadsADigitStringAsItsNumber) {
  Json hypervisor = hypervisor_json(1, 4);
  hypervisor["resources"]["memory"]["free"] = "4096";
  EXPECT_THAT([&] { return refresh_of(page_json({hypervisor})); }, AsksFor(4));
}

TEST(Addresses, CapAGroupAtTheFigureOfWhoSeesMost) {
  const Json page = page_json({with_ipv4(hypervisor_json(1, 50), 6),
                               with_ipv4(hypervisor_json(2, 50), 9), hypervisor_json(3, 50)});
  EXPECT_THAT([&] { return refresh_of(page); }, AsksFor(9));
  constexpr std::int64_t summed = 15;
  EXPECT_THAT(refresh_of(page).sets(summed).ends().findings(), ElementsAre("truth-on-found"));
}

TEST(Addresses, AreDividedAmongVpsesWithSeveral) {
  Row row = usual_row();
  row.configoption3 = " 4|four";
  const Json page = page_json({with_ipv4(hypervisor_json(1, 50), 11)});
  EXPECT_THAT([&] { return refresh_of(page, {}, row); }, AsksFor(2));
}

TEST(Addresses, DoNotLimitWithoutAnyFigure) {
  EXPECT_THAT([] { return refresh_of(page_json({hypervisor_json(1, 4)})); }, AsksFor(4));
}

TEST(Addresses, ThatOnlyAnIneligibleHypervisorSeesAreNone) {
  Json prohibited = with_ipv4(hypervisor_json(2, 3), 100);
  prohibited["hypervisor"]["prohibit"] = true;
  EXPECT_THAT(
      [&] {
        return refresh_of(page_json({hypervisor_json(1, 4), prohibited}));
      },
      AsksFor(0));
}

TEST(Addresses, CountAsOneUnlessThePolicyTakesZeroForNone) {
  Row row = usual_row();
  row.configoption3 = "0";
  const Json page = page_json({with_ipv4(hypervisor_json(1, 4), 3)});
  EXPECT_THAT([&] { return refresh_of(page, {}, row); }, AsksFor(3));
  Expectations none;
  none.ipv4_zero = "none";
  EXPECT_THAT([&] { return refresh_of(page, none, row); }, AsksFor(4));
  row.configoption3 = "";
  EXPECT_THAT([&] { return refresh_of(page, none, row); }, AsksFor(3));
}

TEST(Addresses, NestedFillTheHypervisorsThatSeeLeastFirst) {
  Expectations nested;
  nested.ipv4_cap = "nested";
  const Json page = page_json({with_ipv4(hypervisor_json(1, 10), 8),
                               with_ipv4(hypervisor_json(2, 2), 5), hypervisor_json(3, 7)});
  EXPECT_THAT([&] { return refresh_of(page, nested); }, AsksFor(8));
  const Json little =
      page_json({with_ipv4(hypervisor_json(1, 3), 8), with_ipv4(hypervisor_json(2, 9), 4)});
  EXPECT_THAT([&] { return refresh_of(little, nested); }, AsksFor(7));
}

TEST(Addresses, NestedAreSharedByAllGroupsOfTheProduct) {
  Expectations nested;
  nested.ipv4_cap = "nested";
  Row row = usual_row();
  row.options = {{"Location", "2"}};
  const auto trace = [&] {
    TraceWriter writer(nested);
    writer.begins({row}).package();
    writer.group(1, page_json({with_ipv4(hypervisor_json(1, 9), 4)}));
    writer.group(2, page_json({with_ipv4(hypervisor_json(2, 9), 6)}));
    return writer;
  };
  EXPECT_THAT(trace, AsksFor(6));
}

Json stored_on(const Json& local, const Json& others) {
  Json hypervisor = hypervisor_json(1, 1000);
  hypervisor["resources"]["localStorage"] = local;
  hypervisor["resources"]["otherStorage"] = others;
  return page_json({hypervisor});
}

Json pool(std::int64_t id, std::int64_t type, std::int64_t free) {
  Json block = storage(type, 1000, free);
  block["id"] = id;
  return block;
}

Json package_of_profile(std::int64_t profile) {
  Json package = package_json();
  package["data"]["primaryStorageProfile"] = profile;
  return package;
}

TEST(StorageOfAProfile, IsTheRoomiestOfItsType) {
  const Json page =
      stored_on(storage(2, 1000, 30), {pool(1, 2, 70), pool(2, 1, 900), pool(9, 2, 50)});
  EXPECT_THAT([&] { return refresh_of(page, {}, usual_row(), package_of_profile(2)); }, AsksFor(7));
}

TEST(StorageOfAProfile, MayExcludeTheDefaultMountpoint) {
  const Json page = stored_on(storage(2, 1000, 90), Json::array({pool(1, 2, 70)}));
  Expectations others_only;
  others_only.storage_match = "storage-type-other";
  EXPECT_THAT([&] { return refresh_of(page, others_only, usual_row(), package_of_profile(2)); },
              AsksFor(7));
}

TEST(StorageOfAProfile, MayNameOnePoolById) {
  const Json page = stored_on(storage(2, 1000, 90), {pool(1, 2, 70), pool(2, 5, 40)});
  Expectations by_id;
  by_id.storage_match = "pool-id";
  EXPECT_THAT([&] { return refresh_of(page, by_id, usual_row(), package_of_profile(2)); },
              AsksFor(4));
  EXPECT_THAT([&] { return refresh_of(page, by_id, usual_row(), package_of_profile(3)); },
              AsksFor(0));
}

TEST(StorageOfAProfile, IsNothingWhereItIsDisabled) {
  Json disabled = storage(0, 1000, 500);
  disabled["enabled"] = 0;
  EXPECT_THAT([&] { return refresh_of(stored_on(disabled, Json::array({pool(1, 0, 500)}))); },
              AsksFor(0));
}

TEST(StorageOfNoProfile, IsTheDefaultMountpointAlone) {
  EXPECT_THAT(
      [] { return refresh_of(stored_on(storage(0, 1000, 30), Json::array({pool(1, 0, 500)}))); },
      AsksFor(3));
}

TEST(ServerSlots, CountOnlyWhereEnforced) {
  Json hypervisor = hypervisor_json(1, 9);
  hypervisor["resources"]["servers"] = quota(10, 2);
  const Json page = page_json({hypervisor});
  EXPECT_THAT([&] { return refresh_of(page); }, AsksFor(9));
  Expectations enforce;
  enforce.server_slots = "enforce";
  EXPECT_THAT([&] { return refresh_of(page, enforce); }, AsksFor(2));
}

Json unlimited_page() { return page_json({hypervisor_json(1, 0)}); }

TEST(Unbounded, IsKept) {
  EXPECT_THAT([] { return refresh_of(unlimited_page()); }, AsksToKeep());
}

TEST(Unbounded, IsTheCeilingWhereThereIsOne) {
  Expectations with_ceiling;
  with_ceiling.qty_ceiling = 50;
  EXPECT_THAT([&] { return refresh_of(unlimited_page(), with_ceiling); }, AsksFor(50));
}

TEST(Unbounded, IsBoundedByAddresses) {
  EXPECT_THAT([] { return refresh_of(page_json({with_ipv4(hypervisor_json(1, 0), 12)})); },
              AsksFor(12));
}

TEST(Ceiling, CutsWhatTheGroupsGive) {
  Expectations with_ceiling;
  with_ceiling.qty_ceiling = 3;
  EXPECT_THAT([&] { return refresh_of(page_json({hypervisor_json(1, 9)}), with_ceiling); },
              AsksFor(3));
}

TEST(Ceiling, IsTheColumnsLimitWithoutAPolicy) {
  Json hypervisor = hypervisor_json(1, 0);
  hypervisor["resources"]["cpuCores"] = quota(std::int64_t{1} << 53, std::int64_t{1} << 53);
  const Json page = page_json({hypervisor});
  EXPECT_THAT(refresh_of(page).sets(2147483647).ends().findings(), IsEmpty());
  EXPECT_THAT(refresh_of(page).sets(2147483646).ends().findings(), ElementsAre("truth-on-found"));
}

TEST(TruthOnFound, IsViolatedByAQtyThatIsLeftWrong) {
  EXPECT_EQ(refresh_of(page_json({hypervisor_json(1, 4)})).keeps().ends().story(),
            "product 3: qty stayed 5 instead of 4 although the panel's answers leave room for 4");
}

TEST(TruthOnFound, HoldsForAQtyThatIsRightAlready) {
  EXPECT_THAT(refresh_of(page_json({hypervisor_json(1, 5)})).sets(5).ends().findings(), IsEmpty());
}

/// One order is on its way when the refresh begins, and gone before it is decided.
TraceWriter order_lost_in_a_refresh() {
  Expectations reserving;
  reserving.reserve_pending = true;
  TraceWriter trace(reserving);
  trace.orders({{.service = 1, .product = 3, .qty = 1, .ordered = {}, .option = {}}});
  trace.begins().package().group(1, page_json({hypervisor_json(1, 9)}));
  trace.orders({}).shop_changes(3, [](Row&) {});
  return trace;
}

TEST(TruthOnFound, TakesAnOrderThatVanishesMeanwhileAsThereOrAsGone) {
  EXPECT_THAT(order_lost_in_a_refresh().sets(8).ends().findings(), IsEmpty());
  EXPECT_THAT(order_lost_in_a_refresh().sets(9).ends().findings(), IsEmpty());
  EXPECT_THAT(order_lost_in_a_refresh().sets(7).ends().findings(), ElementsAre("truth-on-found"));
  EXPECT_THAT(order_lost_in_a_refresh().keeps().ends().findings(), ElementsAre("truth-on-found"));
}

TEST(TruthOnFound, ForgivesAKeepWhenSomebodyElseChangedTheQty) {
  TraceWriter trace = refresh_of(page_json({hypervisor_json(1, 4)}));
  trace.shop_changes(3, [](Row& row) { row.qty = 4 + 2; }).keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

/// Whether the checker calls keeping right, and a write a breach of the fail-safe.
template <class Make>
bool is_unavailable(Make make) {
  TraceWriter kept = make();
  TraceWriter written = make();
  return kept.keeps().ends().findings().empty() &&
         written.sets(0).ends().findings() == std::vector<std::string>{"keep-on-unavailable"};
}

TEST(Counting, RefusesWhatAPanelCannotHave) {
  for (const auto& [field, value] : {std::pair{"free", 6 * 1024 + 1}, std::pair{"max", -1}}) {
    Json hypervisor = hypervisor_json(1, 6);
    hypervisor["resources"]["memory"][field] = value;
    EXPECT_TRUE(is_unavailable([&] { return refresh_of(page_json({hypervisor})); })) << field;
  }
  for (const char* need : {"memory", "cpuCores", "primaryStorage"}) {
    Json package = package_json();
    package["data"][need] = 0;
    EXPECT_TRUE(is_unavailable([&] {
      return refresh_of(page_json({hypervisor_json(1, 6)}), {}, usual_row(), package);
    })) << need;
  }
}

TEST(Counting, TakesTheSmallerOfWhatIsFreeAndWhatIsNotAllocated) {
  Json hypervisor = hypervisor_json(1, 6);
  hypervisor["resources"]["memory"]["allocated"] = 4 * 1024;
  EXPECT_THAT([&] { return refresh_of(page_json({hypervisor})); }, AsksFor(2));
}

TEST(Counting, TakesAbsentPartsHoweverTheyAreSpelled) {
  for (const Json& nothing : {Json(nullptr), Json::array(), Json::object()}) {
    Json hypervisor = hypervisor_json(1, 6);
    hypervisor["resources"]["otherStorage"] = nothing;
    hypervisor["resources"]["network"] = nothing;
    EXPECT_THAT([&] { return refresh_of(page_json({hypervisor})); }, AsksFor(6)) << nothing;
  }
}

TEST(Counting, TakesPackagesFromTheList) {
  const auto listed = [](const Json& data) {
    TraceWriter trace;
    trace.begins().answers("/packages", 200, Json{{"data", data}}.dump());
    return trace;
  };
  const Json seven = package_json()["data"];
  EXPECT_THAT(
      [&] {
        TraceWriter trace = listed(Json::array({package_json(8)["data"], seven}));
        trace.group(1, page_json({hypervisor_json(1, 6)}));
        return trace;
      },
      AsksFor(6));
  TraceWriter unlisted = listed(Json::array({package_json(8)["data"]}));
  unlisted.group(1, page_json({hypervisor_json(1, 6)})).sets(0).ends();
  EXPECT_THAT(unlisted.findings(), ::testing::ElementsAre("never-partial"));
}

TEST(Counting, BelievesNoAnswerAboutAnotherAddressAndNoOldOne) {
  Json page = page_json({hypervisor_json(1, 6)});
  page["path"] = "https://panel.example/api/v1/compute/hypervisors/groups/2/resources";
  TraceWriter other = refresh_of(page);
  EXPECT_THAT(other.sets(6).ends().findings(), ::testing::ElementsAre("keep-on-unavailable"));
  for (const auto& [name, value] :
       {std::pair{"Age", "86400"}, std::pair{"warning", "110 - \"Response is Stale\""}}) {
    TraceWriter old;
    old.begins().package();
    old.exchanged({.target = TraceWriter::group_target(1),
                   .status = 200,
                   .headers = {{"content-type", "application/json"}, {name, value}},
                   .body = page_json({hypervisor_json(1, 6)}).dump(),
                   .whole = true,
                   .fault = {},
                   .truth = {}});
    EXPECT_THAT(old.sets(6).ends().findings(), ::testing::ElementsAre("keep-on-unavailable"))
        << name;
  }
}

TEST(Counting, BelievesNeitherOfTwoGroupsThatListTheSameHypervisor) {
  Row row = usual_row();
  row.options = {{"Location", "2|Berlin"}};
  TraceWriter trace;
  trace.begins({row}).package().group(1, page_json({hypervisor_json(1, 6)}));
  trace.group(2, page_json({hypervisor_json(1, 6)})).sets(12).ends();
  EXPECT_THAT(trace.findings(), ::testing::ElementsAre("keep-on-unavailable"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
