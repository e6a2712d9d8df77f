#include "engine/panel/decorators/confirming_panel.h"

#include <string>

#include <gtest/gtest.h>

#include "engine/panel/http_panel.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"
#include "tests/unit/panel/fake_transport.h"

namespace vfstock::panel {
namespace {

constexpr Milliseconds budget{120'000};
constexpr std::chrono::seconds minute{60};

template <class T>
std::string outcome(const Told<T>& told) {
  return told.lookup.match([](const T&) { return std::string("found"); },
                           [](Missing) { return std::string("missing"); },
                           [](const Unavailable& why) { return std::string(name(why.reason)); });
}

class ConfirmingPanelTest : public testing::Test {
 protected:
  std::string ask_package(std::int64_t id) {
    return outcome(panel.ask({{PackageId{id}}, {}}, budget).packages.at(PackageId{id}));
  }

  FakeClock clock;
  FakePanel inner;
  ConfirmingPanel panel{inner, clock, minute};
};

TEST_F(ConfirmingPanelTest, LetsMissingThroughWhenThePanelVouchesForIt) {
  const Answers answers = panel.ask({{PackageId{1}}, {GroupId{2}}}, budget);
  EXPECT_EQ(outcome(answers.packages.at(PackageId{1})), "missing");
  EXPECT_EQ(outcome(answers.groups.at(GroupId{2})), "missing");
  std::vector<std::string> evidence;
  for (const Exchange& each : answers.packages.at(PackageId{1}).evidence) {
    evidence.push_back(each.target);
  }
  EXPECT_EQ(evidence, (std::vector<std::string>{"package 1", "/connect", "package 1"}));
}

TEST_F(ConfirmingPanelTest, SharesOneProbeAmongTheMissingOfABatch) {
  (void)panel.ask({{PackageId{1}, PackageId{2}}, {GroupId{2}, GroupId{3}}}, budget);
  EXPECT_EQ(inner.probes, 1);
}

TEST_F(ConfirmingPanelTest, AsksForWhatIsMissingOnceMoreAndForNothingElse) {
  inner.set(PackageId{2}, Lookup<Package>::found({}));
  (void)panel.ask({{PackageId{1}, PackageId{2}}, {GroupId{3}}}, budget);
  ASSERT_EQ(inner.asked.size(), 2U);
  EXPECT_TRUE(inner.asked[1].afresh);
  EXPECT_EQ(inner.asked[1].packages, std::vector{PackageId{1}});
  EXPECT_EQ(inner.asked[1].groups, std::vector{GroupId{3}});
}

TEST_F(ConfirmingPanelTest, BelievesNeitherOfTwoAnswersThatContradictEachOther) {
  for (const Lookup<Package>& second :
       {Lookup<Package>::found({}), Lookup<Package>(Unavailable{Reason::server_error, "503"})}) {
    inner.asked.clear();
    inner.on_ask = [&] {
      if (inner.asked.size() == 2) inner.set(PackageId{1}, second);
    };
    inner.forget(PackageId{1});
    EXPECT_EQ(ask_package(1), "unconfirmed");
    clock.advance(minute);
  }
}

TEST_F(ConfirmingPanelTest, ProbesAtAnyTimeWhileAPersonAsks) {
  EXPECT_EQ(ask_package(1), "missing");
  panel.let_probe_at_any_time(true);
  EXPECT_EQ(ask_package(1), "missing");
  EXPECT_EQ(inner.probes, 2);
  panel.let_probe_at_any_time(false);
  EXPECT_EQ(ask_package(1), "probe pending");
}

TEST_F(ConfirmingPanelTest, DoesNotProbeWhenNothingIsMissing) {
  inner.set(PackageId{1}, Lookup<Package>::found({}));
  inner.set(PackageId{2}, Unavailable{Reason::deadline, ""});
  EXPECT_EQ(ask_package(1), "found");
  EXPECT_EQ(ask_package(2), "deadline");
  EXPECT_EQ(inner.probes, 0);
}

TEST_F(ConfirmingPanelTest, TakesAMissingBackWhenThePanelDoesNotVouchForIt) {
  inner.set_connected(Unavailable{Reason::throttled, "429 from /connect", std::chrono::seconds{9}});
  inner.set(PackageId{2}, Lookup<Package>::found({}));
  const Answers answers = panel.ask({{PackageId{1}, PackageId{2}}, {}}, budget);
  const Unavailable* why = answers.packages.at(PackageId{1}).lookup.if_unavailable();
  ASSERT_NE(why, nullptr);
  EXPECT_EQ(why->reason, Reason::unconfirmed);
  EXPECT_EQ(why->detail, "404, but the panel did not vouch for it: 429 from /connect");
  EXPECT_EQ(why->retry_after, std::chrono::seconds{9});
  EXPECT_EQ(outcome(answers.packages.at(PackageId{2})), "found");
}

TEST_F(ConfirmingPanelTest, ProbesAtMostOnceAMinuteAndIsUnavailableMeanwhile) {
  EXPECT_EQ(ask_package(1), "missing");
  clock.advance(minute - Milliseconds{1});
  EXPECT_EQ(ask_package(1), "probe pending");
  EXPECT_EQ(inner.probes, 1);
  clock.advance(Milliseconds{1});
  EXPECT_EQ(ask_package(1), "missing");
  EXPECT_EQ(inner.probes, 2);
}

TEST_F(ConfirmingPanelTest, WaitsAMinuteAfterAFailedProbeToo) {
  inner.set_connected(Unavailable{Reason::no_connection, ""});
  EXPECT_EQ(ask_package(1), "unconfirmed");
  inner.set_connected(Lookup<Connected>::found({}));
  EXPECT_EQ(ask_package(1), "probe pending");
  clock.advance(minute);
  EXPECT_EQ(ask_package(1), "missing");
}

TEST_F(ConfirmingPanelTest, DoesNotSpendItsProbeWhenNoTimeIsLeft) {
  inner.on_ask = [this] { clock.advance(budget); };
  EXPECT_EQ(ask_package(1), "deadline");
  EXPECT_EQ(inner.probes, 0);
  inner.on_ask = nullptr;
  EXPECT_EQ(ask_package(1), "missing");
}

TEST_F(ConfirmingPanelTest, DoesNotSpendItsProbeWhenNoneWasSent) {
  inner.hold_probes_back(Unavailable{Reason::backing_off, "", std::chrono::seconds{5}});
  EXPECT_EQ(ask_package(1), "unconfirmed");
  inner.let_probes_through();
  EXPECT_EQ(ask_package(1), "missing");
}

TEST(ConfirmingPanelOverHttp, SendsTheProbeAfterTheAnswersThatItConfirms) {
  FakeClock clock;
  FakeTransport transport(clock);
  transport.set("/connect", answer_with(200, "[]"));
  HttpPanel http(transport, clock, {});
  ConfirmingPanel panel(http, clock, minute);
  const Answers answers = panel.ask({{PackageId{1}}, {GroupId{2}}}, budget);
  EXPECT_EQ(outcome(answers.groups.at(GroupId{2})), "missing");
  ASSERT_EQ(transport.batches.size(), 3U);
  EXPECT_EQ(transport.batches[1], std::vector<std::string>{"/connect"});
  EXPECT_EQ(transport.batches[2], transport.batches[0]);
}

TEST(ConfirmingPanelOverHttp, HoldsBackA404FromAWrongAddress) {
  FakeClock clock;
  FakeTransport transport(clock);  // answers 404 to everything, /connect included
  HttpPanel http(transport, clock, {});
  ConfirmingPanel panel(http, clock, minute);
  const Answers answers = panel.ask({{PackageId{1}}, {}}, budget);
  EXPECT_EQ(outcome(answers.packages.at(PackageId{1})), "unconfirmed");
}

}  // namespace
}  // namespace vfstock::panel
