// Windows of triggers, probes and requests for patience: who may begin when.
#include <functional>

#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

/// Two sweeps without a question, by `first` and then, `after` that, by `second`.
std::vector<std::string> limits_of(const std::string& first, const std::string& second,
                                   seconds after, std::optional<std::int64_t> product = {},
                                   std::optional<bool> restart_loses = {}) {
  TraceWriter trace;
  trace.at(hours{10}).refreshes(first, product).ends();
  if (restart_loses) trace.restarts(*restart_loses);
  trace.at(hours{10} + after).refreshes(second, product);
  auto findings = trace.findings();
  std::erase_if(findings, [](const std::string& each) { return each != "limits"; });
  return findings;
}

TEST(Limits, KeepEventSweepsThirtySecondsApart) {
  EXPECT_THAT(limits_of("AfterModuleCreate", "AfterModuleTerminate", seconds{29}),
              ElementsAre("limits"));
  EXPECT_THAT(limits_of("AfterModuleCreate", "trailing", seconds{29}), ElementsAre("limits"));
  EXPECT_THAT(limits_of("AfterModuleCreate", "AfterModuleTerminate", seconds{30}), IsEmpty());
}

TEST(Limits, KeepCronSweepsTwoHoursApart) {
  EXPECT_THAT(limits_of("AfterCronJob", "AfterCronJob", seconds{7199}), ElementsAre("limits"));
  EXPECT_THAT(limits_of("AfterCronJob", "AfterCronJob", seconds{7200}), IsEmpty());
}

TEST(Limits, KeepCartViewsOfOneProductAMinuteApart) {
  const std::string cart = "ClientAreaPageCart";
  EXPECT_THAT(limits_of(cart, cart, seconds{59}, 3), ElementsAre("limits"));
  EXPECT_THAT(limits_of(cart, cart, seconds{60}, 3), IsEmpty());
  TraceWriter two;
  two.at(hours{1}).refreshes(cart, 3).ends().refreshes(cart, 4).ends();
  EXPECT_THAT(two.findings(), Not(testing::Contains("limits")));
}

TEST(Limits, AreNotSharedBetweenKindsOfTriggersAndLeaveSomeAlone) {
  EXPECT_THAT(limits_of("AfterModuleCreate", "AfterCronJob", seconds{1}), IsEmpty());
  EXPECT_THAT(limits_of("stockRecalculate", "stockRecalculate", seconds{1}), IsEmpty());
  EXPECT_THAT(limits_of("retry", "retry", seconds{1}), IsEmpty());
}

/// What `calls` and a refresh by `trigger` of `product` right after them amount to.
template <class Calls>
std::vector<std::string> named_itself(Calls calls, const std::string& trigger,
                                      std::optional<std::int64_t> product = {}) {
  TraceWriter trace;
  trace.at(hours{10});
  calls(trace);
  auto findings = trace.begins_as(trigger, product).findings();
  std::erase_if(findings, [](const std::string& each) { return each != "limits"; });
  return findings;
}

TEST(Limits, LetNoSweepBeCalledARecalculationThatNobodyAskedFor) {
  const std::string name = "stockRecalculate";
  const std::vector<std::string> usurped{"limits"};
  const auto nobody = [](TraceWriter&) {};
  EXPECT_EQ(named_itself(nobody, name), usurped);
  EXPECT_EQ(named_itself([](auto& trace) { trace.hook("AfterModuleCreate"); }, name), usurped);
  EXPECT_THAT(named_itself([&](auto& trace) { trace.called(name); }, name), IsEmpty());
  EXPECT_EQ(named_itself([&](auto& trace) { trace.called(name).begins_as(name).ends(); }, name),
            usurped)
      << "one call, two sweeps";
  EXPECT_EQ(named_itself([&](auto& trace) { trace.called(name).at(hours{11}); }, name), usurped);
}

TEST(Limits, LetAViewOfACartRefreshItsProductAndNothingElse) {
  const std::string name = "ClientAreaPageCart";
  const auto viewed = [&](auto& trace) { trace.called(name, 3); };
  EXPECT_THAT(named_itself(viewed, name, 3), IsEmpty());
  EXPECT_THAT(named_itself(viewed, name, 4), ElementsAre("limits"));
  EXPECT_THAT(named_itself(viewed, name), ElementsAre("limits")) << "a sweep";
  const auto after_what_was_due = [&](auto& trace) {
    trace.called(name, 3).begins_as("trailing").at(hours{10} + seconds{5}).ends();
  };
  EXPECT_THAT(named_itself(after_what_was_due, name, 3), IsEmpty());
}

TEST(Limits, AllowOneFirstSweepAMinuteAfterAStartWithoutState) {
  const auto started = [](bool state_lost, seconds before) {
    return [=](auto& trace) { trace.restarts(state_lost).at(hours{10} + before); };
  };
  EXPECT_THAT(named_itself(started(true, seconds{60}), "first sweep"), IsEmpty());
  EXPECT_THAT(named_itself(started(true, seconds{59}), "first sweep"), ElementsAre("limits"));
  EXPECT_THAT(named_itself(started(false, seconds{60}), "first sweep"), ElementsAre("limits"));
  const auto swept = [](auto& trace) { trace.begins_as("first sweep").ends(); };
  EXPECT_THAT(named_itself(swept, "first sweep"), ElementsAre("limits"));
}

TEST(Limits, AllowASecondLookOnlyWhileTheBrakeHolds) {
  const auto swept = [](const std::string& outcome) {
    return [=](auto& trace) { trace.refreshes("AfterCronJob").journals(outcome, 5, 5).ends(); };
  };
  EXPECT_THAT(named_itself(swept("held"), "brake"), IsEmpty());
  EXPECT_THAT(named_itself(swept("kept"), "brake"), ElementsAre("limits"));
  const auto released = [&](auto& trace) {
    swept("held")(trace);
    trace.begins_as("brake").journals("unchanged", 5, 5).ends();
  };
  EXPECT_THAT(named_itself(released, "brake"), ElementsAre("limits"));
}

TEST(Limits, KnowNoOtherTrigger) {
  const auto nobody = [](TraceWriter&) {};
  EXPECT_THAT(named_itself(nobody, "curiosity"), ElementsAre("limits"));
  EXPECT_THAT(named_itself(nobody, "trailing"), IsEmpty());
}

TEST(Limits, OutliveARestart) {
  EXPECT_THAT(limits_of("AfterCronJob", "AfterCronJob", minutes{1}, {}, false),
              ElementsAre("limits"));
  EXPECT_THAT(limits_of("AfterModuleCreate", "AfterCronJob", minutes{1}, {}, true),
              ElementsAre("limits"))
      << "without state every window begins at the start";
}

/// Two probes, the second `after` the first.
std::vector<std::string> probed_again(seconds after, std::optional<bool> restart_loses = {},
                                      bool calendar_set = false, Expectations expectations = {},
                                      const char* again = "ClientAreaPageCart") {
  TraceWriter trace(std::move(expectations));
  trace.at(hours{1}).refreshes("AfterCronJob").connected().ends();
  if (calendar_set) trace.clock_steps(-minutes{2});
  if (restart_loses) trace.restarts(*restart_loses);
  trace.at(hours{1} + after).refreshes(again).connected();
  auto findings = trace.findings();
  std::erase_if(findings, [](const std::string& each) { return each != "limits"; });
  return findings;
}

TEST(Limits, KeepProbesAMinuteApart) {
  EXPECT_THAT(probed_again(seconds{59}), ElementsAre("limits"));
  EXPECT_THAT(probed_again(seconds{60}), IsEmpty());
  EXPECT_THAT(probed_again(seconds{1}, {}, false, {}, "stockRecalculate"), IsEmpty())
      << "a person may always ask";
  Expectations unconfirmed;
  unconfirmed.confirm_missing = false;
  EXPECT_THAT(probed_again(seconds{1}, {}, false, unconfirmed), IsEmpty())
      << "then a probe is no rule's";
}

TEST(Limits, OfProbesOutliveARestartThatLosesNothing) {
  EXPECT_THAT(probed_again(seconds{59}, false), ElementsAre("limits"));
  EXPECT_THAT(probed_again(seconds{1}, true), IsEmpty());
  EXPECT_THAT(probed_again(seconds{1}, false, true), IsEmpty()) << "the calendar was set";
}

TEST(Limits, KeepSilenceUntilARetryAfterHasPassed) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 429;
  throttled.whole = true;
  throttled.headers = {{"Retry-After", "90"}};
  const auto asked_after = [&](seconds after) {
    TraceWriter trace;
    trace.at(hours{1}).refreshes("AfterCronJob").exchanged(throttled).keeps().ends();
    trace.at(hours{1} + after).refreshes("ClientAreaPageCart", 3).package();
    return trace.findings();
  };
  EXPECT_THAT(asked_after(seconds{89}), ElementsAre("limits"));
  EXPECT_THAT(asked_after(seconds{91}), IsEmpty());
}

TEST(Limits, KeepSilenceUntilTheDateOfARetryAfter) {
  Exchanged throttled = TraceWriter::nothing_from("/packages/7");
  throttled.status = 503;
  throttled.whole = true;
  throttled.headers = {{"Retry-After", "Thu, 01 Jan 2026 01:01:30 GMT"}};
  const auto asked_after = [&](seconds after, seconds calendar_set) {
    TraceWriter trace;
    trace.clock_steps(calendar_set).at(hours{1}).refreshes("AfterCronJob").exchanged(throttled);
    trace.keeps().ends().at(hours{1} + after).refreshes("ClientAreaPageCart", 3).package();
    return trace.findings();
  };
  EXPECT_THAT(asked_after(seconds{89}, seconds{0}), ElementsAre("limits"));
  EXPECT_THAT(asked_after(seconds{90}, seconds{0}), IsEmpty());
  EXPECT_THAT(asked_after(seconds{119}, seconds{-30}), ElementsAre("limits"));
  EXPECT_THAT(asked_after(seconds{120}, seconds{-30}), IsEmpty());
}

}  // namespace
}  // namespace vfstock::sim::invariants
