// bounded: how long a refresh may take, how many pages are read, and when what failed is tried
// again.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Bounded, IsViolatedByARefreshThatTakesTooLong) {
  TraceWriter in_time;
  in_time.at(hours{1}).refreshes("AfterCronJob").at(hours{1} + seconds{120}).keeps().ends();
  EXPECT_THAT(in_time.findings(), IsEmpty());
  TraceWriter late;
  late.at(hours{1}).refreshes("AfterCronJob").at(hours{1} + seconds{122}).keeps().ends();
  EXPECT_THAT(late.findings(), ElementsAre("bounded"));
  EXPECT_THAT(late.story(), HasSubstr("past its 2m0s"));
}

TEST(Bounded, IsViolatedByAPageTooMany) {
  const auto asked_for = [](std::int64_t page) {
    TraceWriter trace;
    trace.begins().silent(TraceWriter::group_target(1, page));
    return trace.findings();
  };
  EXPECT_THAT(asked_for(500), IsEmpty());
  EXPECT_THAT(asked_for(501), ElementsAre("bounded"));
}

TEST(Bounded, IsViolatedByARetryWithinAMinute) {
  const auto retried_after = [](seconds after) {
    TraceWriter trace;
    trace.at(hours{1}).refreshes("AfterCronJob").silent("/packages/7").keeps().ends();
    trace.at(hours{1} + after).refreshes("retry", 3).silent("/packages/7").keeps().ends();
    return trace.findings();
  };
  EXPECT_THAT(retried_after(seconds{59}), ElementsAre("bounded"));
  EXPECT_THAT(retried_after(seconds{60}), IsEmpty());
}

TEST(Bounded, LetsATryThatSurvivedARestartComeWhenItWasDue) {
  const auto retried = [](bool state_lost) {
    TraceWriter trace;
    trace.at(hours{1}).refreshes("AfterCronJob").silent("/packages/7").keeps().ends();
    trace.restarts(state_lost).at(hours{1} + seconds{20});
    trace.refreshes("stockRecalculate").silent("/packages/7").keeps().ends();
    trace.at(hours{1} + seconds{60}).refreshes("retry", 3).silent("/packages/7").keeps().ends();
    return trace.findings();
  };
  EXPECT_THAT(retried(false), IsEmpty());
  EXPECT_THAT(retried(true), ElementsAre("bounded"));
}

TEST(Bounded, CountsATryForWhichTheShopCouldNotBeRead) {
  TraceWriter trace;
  trace.at(hours{1}).shop_answers({false, false}).refreshes("ClientAreaPageCart", 3).ends();
  trace.at(hours{1} + seconds{30}).shop_answers({}).refreshes("stockRecalculate");
  trace.silent("/packages/7").keeps().ends();
  trace.at(hours{1} + seconds{60}).refreshes("retry", 3).silent("/packages/7").keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

/// Asked for in vain, and told so.
TraceWriter& fails(TraceWriter& trace, const std::string& trigger,
                   std::optional<std::int64_t> product = {}) {
  trace.refreshes(trigger, product).silent("/packages/7");
  trace.journals(Journalled{.product = 3,
                            .is_set = false,
                            .cause = "package unavailable",
                            .text = "text",
                            .outcome = "kept",
                            .old_qty = 5,
                            .new_qty = 5});
  return trace.ends().step_ends();
}

/// The package fails in a sweep at an hour and in a retry after each of `waits`; then nothing
/// happens for a last one.
std::vector<std::string> failing_after(const std::vector<seconds>& waits, seconds last,
                                       Expectations expectations = {}) {
  TraceWriter trace(std::move(expectations));
  std::chrono::milliseconds now = hours{1};
  fails(trace.at(now), "AfterCronJob");
  for (const seconds wait : waits) fails(trace.at(now += wait), "retry", 3);
  trace.at(now + last).step_ends();
  return trace.findings();
}

TEST(Bounded, WantsWhatFailedTriedAgainWithinAMinute) {
  EXPECT_THAT(failing_after({}, seconds{60}), IsEmpty());
  EXPECT_THAT(failing_after({}, seconds{61}), ElementsAre("bounded"));
}

TEST(Bounded, LetsEachWaitBeTwiceAsLongAsTheOneBeforeUpToAQuarterOfAnHour) {
  const std::vector<seconds> doubling{seconds{60}, seconds{120}, seconds{240}, seconds{480}};
  EXPECT_THAT(failing_after({seconds{60}}, seconds{120}), IsEmpty());
  EXPECT_THAT(failing_after({seconds{60}}, seconds{121}), ElementsAre("bounded"));
  EXPECT_THAT(failing_after(doubling, seconds{900}), IsEmpty());
  EXPECT_THAT(failing_after(doubling, seconds{901}), ElementsAre("bounded"));
}

TEST(Bounded, WantsEachWaitTwiceAsLongAsTheOneBefore) {
  const std::vector<seconds> doubling{seconds{60}, seconds{120}, seconds{240}, seconds{480}};
  const auto with_last = [&](seconds last) {
    std::vector<seconds> waits = doubling;
    waits.push_back(last);
    return failing_after(waits, seconds{0});
  };
  EXPECT_THAT(failing_after({seconds{60}, seconds{119}}, seconds{0}), ElementsAre("bounded"));
  EXPECT_THAT(with_last(seconds{899}), ElementsAre("bounded"));
  EXPECT_THAT(with_last(seconds{900}), IsEmpty());
}

TEST(Bounded, LetsAWaitThatIsNamedNotGrow) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 429;
  throttled.whole = true;
  throttled.headers = {{"Retry-After", "0"}};
  TraceWriter trace;
  std::chrono::milliseconds now = hours{1};
  trace.at(now).refreshes("AfterCronJob").exchanged(throttled).keeps().ends();
  trace.at(now += seconds{60}).refreshes("retry", 3).exchanged(throttled).keeps().ends();
  trace.at(now += seconds{60}).refreshes("retry", 3).exchanged(throttled).keeps().ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Bounded, StartsAtAMinuteAgainAfterASuccess) {
  TraceWriter trace;
  std::chrono::milliseconds now = hours{1};
  fails(trace.at(now), "AfterCronJob");
  fails(trace.at(now += seconds{60}), "retry", 3);
  trace.at(now += seconds{120}).refreshes("retry", 3).package();
  trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends();
  trace.at(now += minutes{11});
  fails(trace, "stockRecalculate");
  fails(trace.at(now += seconds{60}), "retry", 3);
  EXPECT_THAT(trace.findings(), IsEmpty());
}

/// A sweep for which the shop could not be read, and a retry of everything after each of `waits`,
/// the last of which reads it.
TraceWriter shop_fails_until(const std::vector<seconds>& waits) {
  TraceWriter trace;
  std::chrono::milliseconds now = hours{1};
  trace.at(now).shop_answers({false, false}).refreshes("AfterCronJob").ends().step_ends();
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (i + 1 == waits.size()) trace.shop_answers({});
    trace.at(now += waits[i]).refreshes("retry").silent("/packages/7");
    if (i + 1 == waits.size()) trace.keeps(3, "package unavailable");
    trace.ends();
  }
  return trace;
}

TEST(Bounded, WantsASweepWithinAMinuteOfAShopThatCouldNotBeRead) {
  const auto idle_for = [](seconds last) {
    return shop_fails_until({}).at(hours{1} + last).step_ends().findings();
  };
  EXPECT_THAT(idle_for(seconds{60}), IsEmpty());
  EXPECT_THAT(idle_for(seconds{61}), ElementsAre("bounded"));
  EXPECT_THAT(shop_fails_until({seconds{60}, seconds{120}}).findings(), IsEmpty());
  EXPECT_THAT(shop_fails_until({seconds{60}, seconds{121}}).findings(), ElementsAre("bounded"));
}

TEST(Bounded, WantsNoSweepTriedAgainThatDidNotFail) {
  TraceWriter trace;
  fails(trace.at(hours{1}), "AfterCronJob");
  fails(trace.at(hours{1} + seconds{60}), "retry");
  EXPECT_THAT(trace.findings(), ElementsAre("bounded"));
}

TEST(Bounded, WantsNoTryWhereRetriesAreOff) {
  Expectations without_retries;
  without_retries.retry_unavailable = false;
  EXPECT_THAT(failing_after({}, hours{1}, without_retries), IsEmpty());
}

TEST(Bounded, WantsNoTryOfWhatIsKeptByARule) {
  const auto kept = [](TraceWriter trace, const std::string& cause) {
    return trace.keeps(3, cause).ends().step_ends().at(hours{2}).step_ends().findings();
  };
  Row nameless = usual_row();
  nameless.configoption2 = "";
  TraceWriter without_package;
  without_package.begins({nameless});
  EXPECT_THAT(kept(std::move(without_package), "no package"), IsEmpty());
  EXPECT_THAT(kept(refresh_of(page_json({hypervisor_json(1, 0)})), "unbounded"), IsEmpty());
}

TEST(Bounded, TakesAnyRefreshOfTheProductForATry) {
  TraceWriter trace;
  fails(trace.at(hours{1}), "AfterCronJob");
  trace.at(hours{1} + seconds{30}).refreshes("ClientAreaPageCart", 3).package();
  trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends().at(hours{2}).step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Bounded, LetsATryWaitForAsLongAsThePanelAsks) {
  const auto idle_for = [](seconds last) {
    Exchanged throttled = TraceWriter::nothing_from("/packages/7");
    throttled.status = 429;
    throttled.whole = true;
    throttled.headers = {{"Retry-After", "200"}};
    TraceWriter trace;
    trace.at(hours{1}).refreshes("AfterCronJob").exchanged(throttled);
    trace.journals(Journalled{.product = 3,
                              .cause = "package unavailable",
                              .text = "text",
                              .outcome = "kept",
                              .old_qty = 5,
                              .new_qty = 5});
    return trace.ends().step_ends().at(hours{1} + last).step_ends().findings();
  };
  EXPECT_THAT(idle_for(seconds{201}), IsEmpty());
  EXPECT_THAT(idle_for(seconds{202}), ElementsAre("bounded"));
}

TEST(Bounded, LetsATryThatACalendarMovedComeAQuarterOfAnHourAfterTheStart) {
  const auto idle_for = [](seconds last) {
    TraceWriter trace;
    fails(trace.at(hours{1}), "AfterCronJob").clock_steps(-hours{1});
    trace.at(hours{1} + seconds{10}).restarts(false).at(hours{1} + last).step_ends();
    return trace.findings();
  };
  EXPECT_THAT(idle_for(seconds{910}), IsEmpty());
  EXPECT_THAT(idle_for(seconds{911}), ElementsAre("bounded"));
}

TEST(Bounded, LetsATryFollowTheProbeThatKeptItBackWhoeverProbedMeanwhile) {
  const auto tried_after_probe = [](seconds wait) {
    Row other = usual_row();
    other.id = 4;
    TraceWriter trace;
    trace.truth_unknown();
    trace.rows() = {usual_row(), other};
    trace.at(hours{1}).refreshes("AfterCronJob").package_gone().connected().sets(0, 3).sets(0, 4);
    trace.ends().at(hours{1} + minutes{1} - wait).refreshes("stockRecalculate").package_gone();
    trace.keeps(3).keeps(4).ends();
    trace.at(hours{1} + seconds{61}).refreshes("ClientAreaPageCart", 4).package_gone();
    trace.connected().sets(0, 4).ends().refreshes("retry", 3).sets(0, 3).ends();
    auto findings = trace.findings();
    std::erase_if(findings, [](const std::string& each) { return each != "bounded"; });
    return findings;
  };
  EXPECT_THAT(tried_after_probe(seconds{10}), IsEmpty());
  EXPECT_THAT(tried_after_probe(seconds{-1}), ElementsAre("bounded"))
      << "no probe kept it back by then";
}

}  // namespace
}  // namespace vfstock::sim::invariants
