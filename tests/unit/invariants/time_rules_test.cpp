// The invariants of time: what is too old, asked too often, done too soon, or never done.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A sweep by the cron that reads everything at `at` and finds room for five.
TraceWriter swept_at(seconds at) {
  TraceWriter trace;
  trace.at(at).refreshes("AfterCronJob").package().group(1, page_json({hypervisor_json(1, 5)}));
  trace.sets(5).ends();
  return trace;
}

TEST(Fresh, LetsARefreshRestOnWhatAnEarlierOneLearnt) {
  TraceWriter trace = swept_at(hours{1});
  trace.at(hours{1} + seconds{110}).refreshes("ClientAreaPageCart", 3).sets(5).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Fresh, IsViolatedByADecisionOnAGroupThatIsTooOld) {
  TraceWriter trace = swept_at(hours{1});
  trace.at(hours{1} + seconds{125}).refreshes("ClientAreaPageCart", 3).sets(5).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
  EXPECT_THAT(trace.story(), HasSubstr("too long ago"));
}

TEST(Fresh, GivesAPackageTenMinutes) {
  TraceWriter trace = swept_at(hours{1});
  const auto with_group = [&](seconds after) {
    trace.at(hours{1} + after).refreshes("ClientAreaPageCart", 3);
    trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends();
  };
  with_group(seconds{590});
  EXPECT_THAT(trace.findings(), IsEmpty());
  with_group(seconds{720});
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
}

TEST(Fresh, IsViolatedByAWriteThatRestsOnWhatAnEventMadeForgotten) {
  TraceWriter trace = swept_at(hours{1});
  trace.at(hours{1} + seconds{50}).hook("AfterModuleCreate");
  trace.refreshes("AfterModuleCreate").writes(4);
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
  EXPECT_THAT(trace.story(), HasSubstr("forget"));
}

TEST(Fresh, IsViolatedByAKeepThatDoesNotAskAgain) {
  TraceWriter trace = swept_at(hours{1});
  trace.at(hours{1} + seconds{50}).hook("AfterModuleCreate");
  trace.refreshes("AfterModuleCreate").keeps().ends();
  EXPECT_THAT(trace.findings(), testing::Contains("fresh"));
}

TEST(Fresh, NeverLetsAFailureLiveOnIntoTheNextRefresh) {
  TraceWriter trace;
  trace.at(hours{1}).refreshes("AfterCronJob").silent("/packages/7").keeps().ends();
  trace.at(hours{1} + seconds{5}).refreshes("ClientAreaPageCart", 3).keeps().ends();
  EXPECT_THAT(trace.findings(), ElementsAre("truth-on-found"))
      << "nothing was asked, so nothing hindered";
}

TEST(Fresh, IsViolatedByAnEventThatNoSweepFollows) {
  TraceWriter trace;
  trace.at(hours{1}).hook("AfterModuleCreate").step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty()) << "the step's own sweep may still come";
  trace.at(hours{1} + seconds{1}).step_ends();
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
  EXPECT_THAT(trace.story(), AllOf(HasSubstr("AfterModuleCreate"), HasSubstr("1h0m0s")));
}

TEST(Fresh, GivesAnEventInsideAWindowTimeUntilTheWindowEnds) {
  const auto second_event_swept_after = [](seconds after) {
    TraceWriter trace;
    const auto sweep = [&](const std::string& trigger) {
      trace.refreshes(trigger).package().group(1, page_json({hypervisor_json(1, 5)}));
      trace.sets(5).ends();
    };
    trace.at(hours{1}).hook("AfterModuleCreate");
    sweep("AfterModuleCreate");
    trace.at(hours{1} + seconds{10}).hook("AfterModuleChangePackage").step_ends();
    trace.at(hours{1} + after).refreshes("trailing");
    trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends().step_ends();
    auto findings = trace.findings();
    std::erase(findings, "budget");
    return findings;
  };
  EXPECT_THAT(second_event_swept_after(seconds{30}), IsEmpty());
  EXPECT_THAT(second_event_swept_after(seconds{31}), ElementsAre("fresh"));
}

TEST(Fresh, LetsAWindowBeginAnewAtAStartWhoseCalendarWasSet) {
  const auto event_swept_after = [](bool calendar_set, seconds after) {
    TraceWriter trace;
    const auto sweep = [&](const std::string& trigger) {
      trace.refreshes(trigger).package().group(1, page_json({hypervisor_json(1, 5)}));
      trace.sets(5).ends();
    };
    trace.at(hours{1}).hook("AfterModuleCreate");
    sweep("AfterModuleCreate");
    if (calendar_set) trace.clock_steps(-minutes{1});
    trace.at(hours{1} + seconds{5}).restarts(false);
    // The beginning still lies ahead of the calendar when it is read a second time.
    trace.at(hours{1} + seconds{9}).restarts(false).hook("AfterModuleCreate").step_ends();
    trace.at(hours{1} + after);
    sweep("trailing");
    auto findings = trace.step_ends().findings();
    std::erase(findings, "budget");
    return findings;
  };
  EXPECT_THAT(event_swept_after(false, seconds{30}), IsEmpty());
  EXPECT_THAT(event_swept_after(false, seconds{39}), ElementsAre("fresh"));
  EXPECT_THAT(event_swept_after(true, seconds{39}), IsEmpty());
  EXPECT_THAT(event_swept_after(true, seconds{40}), ElementsAre("fresh"));
}

TEST(Fresh, WantsASweepWhenADeletionHasTakenEffect) {
  TraceWriter trace;
  trace.at(hours{1}).hook("AfterModuleTerminate");
  trace.refreshes("AfterModuleTerminate").package();
  trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends().step_ends();
  trace.at(hours{1} + minutes{5} + seconds{30}).step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  trace.at(hours{1} + minutes{5} + seconds{31}).step_ends();
  EXPECT_THAT(trace.findings(), ElementsAre("fresh"));
  EXPECT_THAT(trace.story(), HasSubstr("grace"));
}

TEST(Fresh, LetsAClientBeSilentWhoseCalendarWasSetWhileItWasToBePatient) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 429;
  throttled.whole = true;
  throttled.headers = {{"Retry-After", "5"}};
  Expectations without_retries;
  without_retries.retry_unavailable = false;
  const auto kept_after = [&](bool calendar_set, minutes after) {
    TraceWriter trace(without_retries);
    trace.at(hours{1}).refreshes("AfterCronJob").exchanged(throttled).keeps().ends();
    if (calendar_set) trace.clock_steps(-hours{4});
    trace.restarts(false).at(hours{1} + after).refreshes("ClientAreaPageCart", 3).keeps().ends();
    return trace.findings();
  };
  EXPECT_THAT(kept_after(false, minutes{10}), ElementsAre("truth-on-found"));
  EXPECT_THAT(kept_after(true, minutes{10}), IsEmpty());
  EXPECT_THAT(kept_after(true, minutes{16}), ElementsAre("truth-on-found"));
}

TEST(Budget, IsBrokenByAskingForWhatIsKnown) {
  TraceWriter trace = swept_at(hours{1});
  trace.at(hours{1} + seconds{100}).refreshes("ClientAreaPageCart", 3);
  trace.group(1, page_json({hypervisor_json(1, 5)}));
  EXPECT_THAT(trace.findings(), ElementsAre("budget"));
  EXPECT_THAT(trace.story(), HasSubstr("needless"));
}

TEST(Budget, IsBrokenByAskingTwiceInOneRefresh) {
  TraceWriter trace;
  trace.begins().package().package();
  EXPECT_THAT(trace.findings(), ElementsAre("budget"));
}

TEST(Budget, AllowsToAskAgainForWhatFailedOrIsTooOldOrForgotten) {
  TraceWriter failed;
  failed.at(hours{1}).refreshes("AfterCronJob").silent("/packages/7").keeps().ends();
  failed.at(hours{1} + seconds{2}).refreshes("ClientAreaPageCart", 3).package();
  EXPECT_THAT(failed.findings(), IsEmpty());
  TraceWriter old = swept_at(hours{1});
  old.at(hours{1} + seconds{121}).refreshes("ClientAreaPageCart", 3);
  old.group(1, page_json({hypervisor_json(1, 5)}));
  EXPECT_THAT(old.findings(), IsEmpty());
  TraceWriter forgotten = swept_at(hours{1});
  forgotten.at(hours{1} + seconds{5}).hook("AfterModuleCreate").refreshes("AfterModuleCreate");
  forgotten.group(1, page_json({hypervisor_json(1, 5)}));
  EXPECT_THAT(forgotten.findings(), IsEmpty());
}

TEST(Budget, ForgetsOnlyTheGroupsOfTheEventsProduct) {
  TraceWriter trace = swept_at(hours{1});
  Row elsewhere = usual_row();
  elsewhere.id = 4;
  elsewhere.configoption1 = "2";
  trace.rows().push_back(elsewhere);
  trace.at(hours{1} + seconds{5}).hook("AfterModuleCreate", 4).refreshes("AfterModuleCreate");
  trace.group(1, page_json({hypervisor_json(1, 5)}));
  EXPECT_THAT(trace.findings(), ElementsAre("budget"));
}

/// A product of groups 1 and 2 is swept, then comes an event of it, and the next sweep asks for one
/// of the groups.
std::vector<std::string> asked_after_event(const std::string& forget, std::int64_t group) {
  Expectations expectations;
  expectations.forget = forget;
  TraceWriter trace(expectations);
  Row row = usual_row();
  row.options = {{"Location", "2|Berlin"}};
  trace.rows() = {row};
  trace.at(hours{1}).refreshes("AfterCronJob").package();
  trace.group(1, page_json({hypervisor_json(1, 3)})).group(2, page_json({hypervisor_json(2, 2)}));
  trace.sets(5).ends().at(hours{1} + seconds{5}).hook("AfterModuleCreate");
  trace.refreshes("AfterModuleCreate").group(group, page_json({hypervisor_json(group, 3)}));
  return trace.findings();
}

TEST(Budget, ForgetsWithAnEventWhatThePolicySays) {
  EXPECT_THAT(asked_after_event("all-groups", 1), IsEmpty());
  EXPECT_THAT(asked_after_event("all-groups", 2), IsEmpty());
  EXPECT_THAT(asked_after_event("default-group", 1), IsEmpty());
  EXPECT_THAT(asked_after_event("default-group", 2), ElementsAre("budget"));
  EXPECT_THAT(asked_after_event("none", 1), ElementsAre("budget"));
  EXPECT_THAT(asked_after_event("none", 2), ElementsAre("budget"));
}

TEST(Fresh, LetsADecisionRestOnWhatThePolicyDoesNotForget) {
  const auto written_after_event = [](const std::string& forget) {
    Expectations expectations;
    expectations.forget = forget;
    TraceWriter trace(expectations);
    trace.at(hours{1}).refreshes("AfterCronJob").package();
    trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends();
    trace.at(hours{1} + seconds{5}).hook("AfterModuleCreate");
    trace.shop_changes(3, [](Row& row) { row.qty = 4; });
    return trace.refreshes("AfterModuleCreate").sets(5).ends().findings();
  };
  EXPECT_THAT(written_after_event("none"), IsEmpty());
  EXPECT_THAT(written_after_event("default-group"), ElementsAre("fresh"));
  EXPECT_THAT(written_after_event("all-groups"), ElementsAre("fresh"));
}

TEST(Budget, ForgetsEverythingAgainAfterADeletionWhoseGroupsCouldNotBeRead) {
  const auto asked_after_deletion = [](bool readable) {
    TraceWriter trace = swept_at(hours{1});
    trace.shop_answers({readable, readable}).hook("AfterModuleTerminate").shop_answers({});
    trace.refreshes("AfterModuleTerminate").package().group(1, page_json({hypervisor_json(1, 5)}));
    trace.sets(5).ends().at(hours{1} + minutes{5} + seconds{1});
    trace.refreshes("delayed deletion").package();
    trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends();
    return trace.findings();
  };
  EXPECT_THAT(asked_after_deletion(false), IsEmpty());
  EXPECT_THAT(asked_after_deletion(true), AllOf(Not(IsEmpty()), Each("budget")))
      << "the package is known";
}

/// A product's termination at an hour and a start 4 min later; its group is then read at `learnt`
/// and once more half a minute after that. The times count from the termination.
std::vector<std::string> asked_again_after_deletion(seconds learnt, bool calendar_set,
                                                    bool readable = true, bool second_set = false) {
  TraceWriter trace;
  trace.at(hours{1}).shop_answers({readable, readable}).hook("AfterModuleTerminate");
  if (calendar_set) trace.clock_steps(-seconds{25});
  trace.at(hours{1} + minutes{4}).restarts(false);
  if (second_set) trace.clock_steps(-seconds{25}).at(hours{1} + minutes{8}).restarts(false);
  for (const seconds after : {learnt, learnt + seconds{30}}) {
    trace.at(hours{1} + after).refreshes("stockRecalculate");
    if (after == learnt || !readable) trace.package();
    trace.group(1, page_json({hypervisor_json(1, 5)})).sets(5).ends();
  }
  auto findings = trace.findings();
  std::erase_if(findings, [](const std::string& each) { return each != "budget"; });
  return findings;
}

TEST(Budget, ExpectsADeletionWhoseCalendarWasSetAtAnyMomentOfAGraceAfterTheStart) {
  EXPECT_THAT(asked_again_after_deletion(minutes{9}, false), ElementsAre("budget"));
  EXPECT_THAT(asked_again_after_deletion(minutes{9}, true), IsEmpty());
  EXPECT_THAT(asked_again_after_deletion(minutes{9} + seconds{1}, true), ElementsAre("budget"));
  EXPECT_THAT(asked_again_after_deletion(minutes{10}, true, true, true), IsEmpty())
      << "it was set once more";
}

TEST(Budget, ExpectsSuchADeletionToForgetPackagesOnlyWhereItsGroupsCouldNotBeRead) {
  EXPECT_THAT(asked_again_after_deletion(minutes{9}, true, false), IsEmpty());
  TraceWriter trace;
  trace.at(hours{1}).hook("AfterModuleTerminate").clock_steps(-seconds{25}).restarts(false);
  trace.refreshes("stockRecalculate").package().ends();
  trace.refreshes("stockRecalculate").package().ends();
  EXPECT_THAT(trace.findings(), testing::Contains("budget"));
}

Accepting usual_call() {
  Accepting call;
  call.order = 8;
  call.status = "Pending";
  call.provisioned = 1;
  call.accepted = true;
  return call;
}

TEST(AcceptOnce, AllowsOneCallForAPendingOrderThatHasItsServers) {
  TraceWriter trace;
  EXPECT_THAT(trace.accepting(usual_call()).findings(), IsEmpty());
  Accepting lower_case = usual_call();
  lower_case.order = 9;
  lower_case.status = "pending";
  EXPECT_THAT(trace.accepting(lower_case).findings(), IsEmpty());
}

TEST(AcceptOnce, IsViolatedByASecondCallAfterASuccess) {
  TraceWriter trace;
  trace.at(hours{1}).accepting(usual_call()).accepting(usual_call());
  EXPECT_THAT(trace.findings(), ElementsAre("accept-once"));
  EXPECT_EQ(trace.story(), "order 8 was accepted at 1h0m0s already");
}

TEST(AcceptOnce, LetsAFailedCallBeMadeAgain) {
  Accepting failed = usual_call();
  failed.accepted = false;
  TraceWriter trace;
  EXPECT_THAT(trace.accepting(failed).accepting(usual_call()).findings(), IsEmpty());
}

TEST(AcceptOnce, IsViolatedByAnOrderThatIsNotDue) {
  const auto findings_of = [](auto change, const std::string& accept_when = "all-provisioned") {
    Accepting call = usual_call();
    change(call);
    Expectations expectations;
    expectations.accept_when = accept_when;
    TraceWriter trace(expectations);
    return trace.accepting(call).findings();
  };
  const std::vector<std::string> violated{"accept-once"};
  EXPECT_EQ(findings_of([](Accepting& call) { call.status = "Active"; }), violated);
  EXPECT_EQ(findings_of([](Accepting& call) { call.autosetup = true; }), violated);
  EXPECT_EQ(findings_of([](Accepting& call) { call.provisioned = 0; }), violated);
  EXPECT_EQ(findings_of([](Accepting& call) { call.waiting = 2; }), violated);
  EXPECT_THAT(findings_of([](Accepting& call) { call.waiting = 2; }, "first-provisioned"),
              IsEmpty());
}

/// A shop that shows 5 where the panel has room for any number up to a ceiling of 9, and a cron
/// every two hours that finds nothing to ask, for `quiet`.
TraceWriter left_wrong_for(hours quiet, bool crons = true) {
  Expectations expectations;
  expectations.qty_ceiling = 9;
  TraceWriter trace(expectations);
  trace.rows() = {usual_row()};
  for (hours at{2}; at <= hours{2} + quiet; at += hours{2}) {
    trace.at(at);
    if (crons) trace.cron();
    trace.step_ends();
  }
  return trace;
}

TEST(Converges, IsViolatedByAWrongQtyAfterTwoQuietCronIntervals) {
  EXPECT_THAT(left_wrong_for(hours{4}).findings(), IsEmpty());
  EXPECT_THAT(left_wrong_for(hours{6}).findings(), ElementsAre("converges"));
  EXPECT_THAT(left_wrong_for(hours{6}).story(), HasSubstr("qty is 5 and the truth 9"));
}

TEST(Converges, AsksNothingOfAShopWhoseCronDoesNotRun) {
  EXPECT_THAT(left_wrong_for(hours{12}, false).findings(), IsEmpty());
}

TEST(Converges, BeginsToCountAnewWithEveryDisturbance) {
  TraceWriter trace = left_wrong_for(hours{4});
  trace.at(hours{7}).disturbed(hours{7});
  trace.at(hours{8}).cron().step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  trace.at(hours{10}).cron().step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
  trace.at(hours{12}).cron().step_ends();
  EXPECT_THAT(trace.findings(), ElementsAre("converges"));
}

TEST(Converges, WaitsForTheEndOfAFaultThatLasts) {
  TraceWriter trace = left_wrong_for(hours{2});
  trace.at(hours{4} + minutes{1}).disturbed(hours{100});
  trace.at(hours{6}).cron().at(hours{8}).cron().at(hours{10}).cron().step_ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

}  // namespace
}  // namespace vfstock::sim::invariants
