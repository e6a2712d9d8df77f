// 404 and disabled packages: when they empty a shelf and when they must not.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

mockpanel::model::World world_without_package() {
  auto world = roomy_world();
  world.packages.clear();
  return world;
}

mockpanel::model::World world_without_group(std::int64_t id) {
  auto world = roomy_world();
  world.groups.erase(id);
  return world;
}

TEST(ZeroOnMissing, HoldsWhenAConfirmedMissingPackageEmptiesTheShelf) {
  TraceWriter trace;
  trace.begins().package_gone().connected().sets(0).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(ZeroOnMissing, IsViolatedWhenAConfirmedMissingPackageKeepsItsQty) {
  TraceWriter trace;
  trace.begins().package_gone().connected().keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("zero-on-missing"));
  EXPECT_EQ(trace.story(),
            "product 3: qty stayed 5 instead of 0 although package 7 answered 404 at 5m0.03s");
}

TEST(ZeroOnMissing, IsViolatedWhenAMissingPackageIsSoldOn) {
  TraceWriter trace;
  trace.begins().package_gone().connected().sets(7).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("zero-on-missing"));
}

TEST(ZeroOnMissing, IsViolatedWhenADisabledPackageKeepsItsQty) {
  Json package = package_json();
  package["data"]["enabled"] = false;
  TraceWriter kept;
  kept.begins().package(package).keeps().ends();
  EXPECT_THAT(kept.findings(), ElementsAre("zero-on-missing"));
  TraceWriter zeroed;
  zeroed.begins().package(package).sets(0).ends();
  EXPECT_THAT(zeroed.findings(), IsEmpty());
}

TEST(ZeroOnMissing, AsksForNoGroupsOfADisabledPackage) {
  Json package = package_json();
  package["data"]["enabled"] = false;
  TraceWriter trace;
  trace.begins().package(package).answers(TraceWriter::group_target(1), 503, "");
  EXPECT_THAT(trace.sets(0).ends().findings(), IsEmpty());
}

TEST(Missing, WithoutAProbeIsNoReasonToWriteWhilePackageAndTruthDisagree) {
  TraceWriter trace;
  trace.begins().package_gone().sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable"));
  EXPECT_THAT(trace.story(), HasSubstr("no GET /connect vouched"));
}

TEST(Missing, ThatAProbeRefutesIsUnavailable) {
  for (const int status : {404, 500, 401}) {
    TraceWriter trace;
    trace.truth(world_without_package()).begins().package_gone();
    trace.answers("/connect", status, "[]").sets(0).ends();
    EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable")) << status;
  }
}

TEST(Missing, IsNotVouchedForByAnEarlierProbe) {
  for (const milliseconds time : {milliseconds{10}, milliseconds{0}}) {
    TraceWriter trace;
    trace.exchanges_take(time).begins().connected().package_gone().sets(0).ends();
    EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable")) << time.count();
  }
}

TEST(Missing, IsVouchedForByAProbeAfterItThatTakesNoTime) {
  TraceWriter trace;
  trace.exchanges_take(milliseconds{0}).begins().package_gone().connected().sets(0).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Missing, NeedsASecond404BehindTheProbe) {
  TraceWriter once;
  once.begins().package_gone().vouched().sets(0).ends();
  EXPECT_THAT(once.findings(), ElementsAre("keep-on-unavailable"));
  EXPECT_THAT(once.story(), HasSubstr("was not asked for once more"));
  TraceWriter before;
  before.begins().package_gone().package_gone().vouched().sets(0).ends();
  EXPECT_THAT(before.findings(), ElementsAre("budget", "keep-on-unavailable"));
  TraceWriter neglected;
  neglected.truth(world_without_package()).begins().package_gone().vouched().keeps().ends();
  EXPECT_THAT(neglected.findings(), ElementsAre("zero-on-missing"));
}

TEST(Missing, IsUnavailableWhereTheSecondAnswerSaysOtherwise) {
  TraceWriter zeroed;
  zeroed.begins().package_gone().vouched().package().sets(0).ends();
  EXPECT_THAT(zeroed.findings(), ElementsAre("keep-on-unavailable"));
  TraceWriter kept;
  kept.begins().package_gone().vouched().package().keeps().ends();
  EXPECT_THAT(kept.findings(), IsEmpty());
  TraceWriter group;
  group.begins().package().group_gone(1).vouched().group(1, page_json({hypervisor_json(1, 6)}));
  EXPECT_THAT(group.sets(6).ends().findings(), ElementsAre("keep-on-unavailable"));
}

TEST(Missing, IsNoWordAboutARouteOrFromAnotherService) {
  for (const char* body :
       {"", "{}", "gone", R"({"message":"The route could not be found."})",
        R"({"message":"Not Found"})", R"({"error":"not found"})",
        R"({"code":404,"msg":"package not found"})", R"({"msg":"package not found"} x)"}) {
    TraceWriter trace;
    trace.truth(world_without_package()).begins().answers("/packages/7", 404, body);
    EXPECT_THAT(trace.connected().sets(0).ends().findings(), Contains("keep-on-unavailable"))
        << body;
  }
  for (const char* body : {R"({"msg":"not found"})", R"({"errors":["package not found"]})"}) {
    TraceWriter trace;
    trace.truth(world_without_package()).begins().answers("/packages/7", 404, body);
    EXPECT_THAT(trace.connected().sets(0).ends().findings(), IsEmpty()) << body;
  }
}

TEST(Missing, IsNotVouchedForByAPanelInTrouble) {
  for (const char* body : {R"({"maintenance":true})", R"({"message":"x"})", "0", "null", "\"\""}) {
    TraceWriter trace;
    trace.truth(world_without_package()).begins().package_gone().answers("/connect", 200, body);
    EXPECT_THAT(trace.package_gone().sets(0).ends().findings(), Contains("keep-on-unavailable"))
        << body;
  }
}

TEST(Missing, IsNotVouchedForByAWebPage) {
  TraceWriter trace;
  trace.begins().package_gone();
  trace.answers("/connect", 200, "<html></html>", "text/html").sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable"));
}

TEST(Missing, InHtmlIsUnavailableWhateverTheProbeSays) {
  TraceWriter trace;
  trace.begins().answers("/packages/7", 404, "<!doctype html><p>Not here", "text/html");
  // Besides, there was nothing to probe for.
  EXPECT_THAT(trace.connected().sets(0).ends().findings(), Contains("keep-on-unavailable"));
}

TEST(Missing, MayWaitForTheNextProbeThatIsAllowed) {
  TraceWriter trace;
  trace.truth(world_without_package());
  Row other = usual_row();
  other.id = 4;
  other.configoption2 = "8";
  const auto other_gone = [&](seconds after) -> TraceWriter& {
    trace.at(minutes{4} + after).refreshes("stockRecalculate", 4);
    return trace.answers("/packages/8", 404, R"({"msg":"package not found"})");
  };
  trace.at(minutes{4}).begins({usual_row(), other}, 3).package_gone().connected().sets(0).ends();
  other_gone(seconds{30}).keeps(4).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  other_gone(seconds{50}).sets(0, 4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable"))
      << "true, but nothing vouched for it";
}

TEST(Missing, MayWaitForTheNextTryWhereThatMomentCameDuringTheRefresh) {
  const auto told_after = [](seconds answered, seconds told) {
    TraceWriter trace;
    trace.truth(world_without_package()).at(minutes{4}).refreshes("stockRecalculate");
    trace.package_gone().connected().sets(0).ends();
    trace.shop_changes(3, [](Row& row) { row.qty = 4; }).at(minutes{5} + answered);
    trace.refreshes("stockRecalculate").package_gone().at(minutes{5} + told).keeps().ends();
    auto findings = trace.findings();
    std::erase(findings, "budget");
    return findings;
  };
  EXPECT_THAT(told_after(-seconds{5}, seconds{20}), IsEmpty());
  EXPECT_THAT(told_after(seconds{5}, seconds{20}), ElementsAre("zero-on-missing"));
}

TEST(Missing, WithoutAProbeIsNoReasonToWriteEvenWhereItIsTrue) {
  TraceWriter package;
  package.truth(world_without_package()).begins().package_gone().sets(0).ends();
  EXPECT_THAT(package.findings(), ElementsAre("keep-on-unavailable"));
  TraceWriter group;
  group.truth(world_without_group(1)).begins().package().group_gone(1).sets(0).ends();
  EXPECT_THAT(group.findings(), ElementsAre("keep-on-unavailable"));
}

TEST(Missing, MustBeProbedAsSoonAsThatIsAllowed) {
  TraceWriter trace;
  trace.truth(world_without_package()).begins().package_gone().keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("zero-on-missing"));
  EXPECT_THAT(trace.story(), HasSubstr("nothing hindered"));
}

TEST(Missing, MayWaitAMinuteAfterAStartWhoseCalendarWasSet) {
  const auto kept_after = [](bool calendar_set, seconds after) {
    TraceWriter trace;
    trace.truth(world_without_package()).begins().package_gone().connected().sets(0).ends();
    trace.shop_changes(3, [](Row& row) { row.qty = 4; });
    if (calendar_set) trace.clock_steps(-minutes{20});
    // The probe still lies ahead of the calendar when it is read a second time.
    trace.at(minutes{9}).restarts(false).at(minutes{10}).restarts(false);
    trace.at(minutes{10} + after).refreshes("stockRecalculate").package_gone().keeps().ends();
    return trace.findings();
  };
  EXPECT_THAT(kept_after(false, seconds{1}), ElementsAre("zero-on-missing"));
  EXPECT_THAT(kept_after(true, seconds{1}), IsEmpty());
  EXPECT_THAT(kept_after(true, seconds{59}), IsEmpty());
  EXPECT_THAT(kept_after(true, seconds{61}), ElementsAre("zero-on-missing"));
}

/// A package was confirmed as gone; `after` that its product, which somebody has filled, is
/// refreshed.
TraceWriter refreshed_after_the_end(seconds after) {
  TraceWriter trace;
  trace.truth(world_without_package()).at(minutes{4}).refreshes("stockRecalculate");
  trace.package_gone().connected().sets(0).ends();
  trace.shop_changes(3, [](Row& row) { row.qty = 4; });
  return std::move(trace.at(minutes{4} + after).refreshes("stockRecalculate"));
}

TEST(Missing, IsKnownForAMinute) {
  EXPECT_THAT(refreshed_after_the_end(seconds{59}).sets(0).ends().findings(), IsEmpty());
  EXPECT_THAT(refreshed_after_the_end(seconds{61}).sets(0).ends().findings(), ElementsAre("fresh"));
  EXPECT_THAT(refreshed_after_the_end(seconds{59}).package_gone().findings(),
              ElementsAre("budget"));
  EXPECT_THAT(refreshed_after_the_end(seconds{60}).package_gone().findings(), IsEmpty());
}

TEST(Missing, NeedsNoProbeWherePolicyAsksForNone) {
  Expectations unconfirmed;
  unconfirmed.confirm_missing = false;
  TraceWriter gone(unconfirmed);
  gone.truth(world_without_package()).begins().package_gone().sets(0).ends();
  EXPECT_THAT(gone.findings(), IsEmpty());
  TraceWriter lied_to(unconfirmed);
  lied_to.begins().package_gone().sets(0).ends();
  EXPECT_THAT(lied_to.findings(), ElementsAre("keep-on-unavailable"));
}

TEST(MissingGroup, CountsAsNothingWhileTheOthersStillCount) {
  Row row = usual_row();
  row.options = {{"Location", "2|Berlin"}};
  const auto trace = [&] {
    TraceWriter writer;
    writer.truth(world_without_group(1)).begins({row}).package().group_gone(1);
    writer.group(2, page_json({hypervisor_json(1, 6)})).connected();
    return writer;
  };
  EXPECT_THAT(trace, AsksFor(6));
}

TEST(MissingGroup, DoesNotHideAnUnavailableOne) {
  Row row = usual_row();
  row.options = {{"Location", "2|Berlin"}};
  TraceWriter trace;
  trace.truth(world_without_group(1)).begins({row}).package().group_gone(1);
  trace.silent(TraceWriter::group_target(2)).connected().sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable"));
}

TEST(MissingGroup, MustBeProbedAsSoonAsThatIsAllowed) {
  TraceWriter trace;
  trace.truth(world_without_group(1)).begins().package().group_gone(1).keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"));
}

TEST(MissingGroup, NeedsNoProbeBesideOneThatFailed) {
  Row row = usual_row();
  row.options = {{"Location", "2|Berlin"}};
  TraceWriter trace;
  trace.truth(world_without_group(1)).begins({row}).package().group_gone(1);
  trace.silent(TraceWriter::group_target(2)).keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(MissingGroup, UnvouchedWhereTheTruthHasItIsUnavailable) {
  TraceWriter trace;
  trace.begins().package().group_gone(1).sets(0).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("keep-on-unavailable"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
