#include "sim/scenario/panel_side.h"

#include <gtest/gtest.h>

#include "sim/scenario/panel_link.h"

namespace vfstock::sim::scenario {
namespace {

using namespace std::chrono_literals;
using mockpanel::faults::End;
using mockpanel::faults::Kind;
using mockpanel::faults::Rule;

mockpanel::model::World world_with_room() {
  mockpanel::model::World world;
  world.packages[1].id = 1;
  world.groups[1].id = 1;
  auto& hypervisor = world.hypervisors[1];
  hypervisor.id = 1;
  hypervisor.group = 1;
  hypervisor.reports_ipv4 = false;
  hypervisor.local.emplace();
  return world;
}

class PanelSideTest : public ::testing::Test {
 protected:
  PanelSide side_{world_with_room(), {.tokens = {{.secret = replay_token}}}};

  void fail(const Kind& kind, std::chrono::milliseconds delay = 0ms) {
    Rule rule;
    rule.id = "f";
    rule.kind = &kind;
    rule.delay = delay;
    side_.faults().add(rule);
  }
  bool announce(const mockpanel::api::Request& request) {
    return side_.announce(request, 0ms, "2026-01-01T00:00:00+00:00", 30s);
  }
  static mockpanel::api::Request create() {
    return arriving("POST", "/servers",
                    R"({"packageId": 1, "userId": 1, "hypervisorId": 1, "ipv4": 0})");
  }
};

TEST_F(PanelSideTest, AnswersAsThePanelDoes) {
  const auto request = arriving("GET", "/packages/1");
  EXPECT_FALSE(announce(request));
  EXPECT_EQ(side_.deliver(request).response.status, 200);
  EXPECT_TRUE(side_.take().fault.empty());
}

TEST_F(PanelSideTest, DecidesOnARefusedConnectionBeforeAnythingIsSent) {
  fail(Kind::named("refused"));
  EXPECT_TRUE(announce(arriving("GET", "/packages/1")));
  const Played played = side_.take();
  EXPECT_EQ(played.delivery.end, End::refused);
  EXPECT_EQ(played.fault, "f");
}

TEST_F(PanelSideTest, HoldsBackWhatComesAfterTheClientsPatience) {
  fail(Kind::named("latency"), 30s);
  const auto request = arriving("GET", "/packages/1");
  announce(request);
  EXPECT_EQ(side_.deliver(request).end, End::no_answer);
}

TEST_F(PanelSideTest, CarriesOutARequestWhoseAnswerIsSpoiledOnTheWay) {
  fail(Kind::named("cut"));
  announce(create());
  side_.deliver(create());
  EXPECT_EQ(side_.world().servers.size(), 1u);
}

TEST_F(PanelSideTest, DoesNotCarryOutARequestThatItRefusesOrNeverReads) {
  for (const char* const kind : {"status", "reset", "no-answer"}) {
    side_.faults().clear();
    fail(Kind::named(kind));
    announce(create());
    side_.deliver(create());
  }
  EXPECT_TRUE(side_.world().servers.empty());
}

TEST_F(PanelSideTest, PlaysTheSameFaultToAClientThatRetries) {
  Rule once;
  once.id = "once";
  once.kind = &Kind::named("reset");
  once.count = 1;
  side_.faults().add(once);
  const auto request = arriving("GET", "/packages/1");
  announce(request);
  EXPECT_EQ(side_.deliver(request).end, End::reset);
  EXPECT_EQ(side_.deliver(request).end, End::reset);
  announce(request);
  EXPECT_EQ(side_.deliver(request).end, End::whole);
}

TEST_F(PanelSideTest, SharesOneTruthUntilThePanelChanges) {
  const auto request = arriving("GET", "/packages/1");
  announce(request);
  const auto first = side_.take().truth;
  announce(request);
  EXPECT_EQ(side_.take().truth, first);
  side_.world().packages.at(1).enabled = false;
  side_.world().touch();
  announce(request);
  EXPECT_FALSE(side_.take().truth->packages.at(1).enabled);
  EXPECT_TRUE(first->packages.at(1).enabled);
}

}  // namespace
}  // namespace vfstock::sim::scenario
