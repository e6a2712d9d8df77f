// The calls of the shop's own module under every kind of fault: bounded as the engine's requests
// are, told, and the same over both links.
#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/kind.h"
#include "sim/scenario/panel_link.h"

namespace vfstock::sim::scenario {
namespace {

using namespace std::chrono_literals;
namespace faults = mockpanel::faults;

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

using MakeLink = std::unique_ptr<PanelLink> (*)(PanelSide&, VirtualClock&, plan::Bounds,
                                                PanelLink::Onlooker);

struct Called {
  shop::ModuleAnswer created, again;
  std::chrono::milliseconds taken{};
  std::size_t servers = 0;
};

/// A server is created under the fault, and another one after it.
Called create_under(MakeLink make, const faults::Kind& kind) {
  PanelSide side(world_with_room(), {.tokens = {{.secret = replay_token}}});
  VirtualClock clock;
  const auto link = make(side, clock, {}, [](const invariants::Exchanged&) {});
  faults::Rule rule;
  rule.id = "f";
  rule.kind = &kind;
  rule.count = 1;
  rule.method = "POST";
  side.faults().add(rule);
  const shop::ModuleCall call{"POST", "/servers",
                              R"({"packageId": 1, "userId": 1, "hypervisorId": 1, "ipv4": 0})"};
  Called called;
  called.created = link->call(call, [&](Instant end) { called.taken = end; });
  called.servers = side.world().servers.size();
  called.again = link->call(call, [](Instant) {});
  return called;
}

class EveryKindOnACall : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryKindOnACall, IsToldAlike) {
  const faults::Kind& kind = faults::Kind::named(GetParam());
  const Called direct = create_under(direct_link, kind);
  const Called socket = create_under(socket_link, kind);
  EXPECT_EQ(direct.created.arrived, socket.created.arrived);
  EXPECT_EQ(direct.created.ending, socket.created.ending);
  EXPECT_EQ(direct.created.ending.empty(), direct.created.arrived);
  EXPECT_EQ(direct.created.status, socket.created.status);
  EXPECT_EQ(direct.created.body, socket.created.body);
  EXPECT_EQ(direct.taken, socket.taken);
  EXPECT_EQ(direct.servers, socket.servers);
  for (const Called* called : {&direct, &socket}) {
    EXPECT_TRUE(called->again.arrived) << called->again.ending;
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKindOnACall, ::testing::ValuesIn(faults::kind_names()),
                         test_name);

TEST(ModuleCall, SaysWhatEndedIt) {
  EXPECT_EQ(create_under(socket_link, faults::Kind::named("long-reason")).created.ending,
            "head too large");
  EXPECT_EQ(create_under(socket_link, faults::Kind::named("endless-header")).created.ending,
            "head too large");
  EXPECT_EQ(create_under(socket_link, faults::Kind::named("tls-expired")).created.ending,
            "TLS failed");
}

}  // namespace
}  // namespace vfstock::sim::scenario
