// One request under every kind of fault: both links report the same answer, and after it the next
// request is answered right.
#include <string>

#include <gtest/gtest.h>

#include "mockpanel/faults/kind.h"
#include "sim/scenario/panel_link.h"

namespace vfstock::sim::scenario {
namespace {

using namespace std::chrono_literals;
namespace faults = mockpanel::faults;

mockpanel::model::World small_world() {
  mockpanel::model::World world;
  world.packages[1].id = 1;
  world.groups[1].id = 1;
  for (std::int64_t id = 1; id <= 7; ++id) {
    auto& hypervisor = world.hypervisors[id];
    hypervisor.id = id;
    hypervisor.group = 1;
    hypervisor.memory_mb.max = 8192;
    hypervisor.local.emplace();
  }
  return world;
}

using MakeLink = std::unique_ptr<PanelLink> (*)(PanelSide&, VirtualClock&, plan::Bounds,
                                                PanelLink::Onlooker);

struct Told {
  panel::Answer faulty, healthy;
  invariants::Exchanged traced;
  std::chrono::milliseconds taken{};
};

/// A first request that opens a connection, one under the fault, one after it.
Told ask(MakeLink make, const faults::Kind& kind, const std::string& target) {
  PanelSide side(small_world(), {.tokens = {{.secret = replay_token}}});
  VirtualClock clock;
  Told told;
  invariants::Exchanged last;
  const auto link = make(side, clock, {}, [&](const invariants::Exchanged& seen) { last = seen; });
  const panel::Request request{target};
  link->fetch({&request, 1}, 30s);
  faults::Rule rule;
  rule.id = "f";
  rule.kind = &kind;
  rule.count = 1;
  side.faults().add(rule);
  const auto begun = clock.now();
  told.faulty = link->fetch({&request, 1}, 30s).front();
  told.taken = clock.now() - begun;
  told.traced = last;
  told.healthy = link->fetch({&request, 1}, 30s).front();
  return told;
}

class EveryKindOnALink : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EveryKindOnALink, IsReportedAlike) {
  const faults::Kind& kind = faults::Kind::named(GetParam());
  for (const std::string& target :
       {std::string("/packages/1"),
        std::string("/compute/hypervisors/groups/1/resources?results=3&page=2")}) {
    SCOPED_TRACE(target);
    const Told direct = ask(direct_link, kind, target);
    const Told socket = ask(socket_link, kind, target);
    EXPECT_EQ(panel::name(direct.faulty.ending), panel::name(socket.faulty.ending))
        << socket.faulty.detail;
    EXPECT_EQ(direct.faulty.status, socket.faulty.status);
    EXPECT_EQ(direct.faulty.body, socket.faulty.body);
    EXPECT_EQ(direct.faulty.header("Content-Type"), socket.faulty.header("Content-Type"));
    EXPECT_EQ(direct.taken, socket.taken);
    EXPECT_EQ(direct.traced.whole, direct.faulty.ending == panel::Ending::complete);
    EXPECT_EQ(direct.traced.fault, "f");
    EXPECT_EQ(direct.traced.body, socket.traced.body);
    for (const Told* told : {&direct, &socket}) {
      EXPECT_EQ(told->healthy.ending, panel::Ending::complete) << told->healthy.detail;
      EXPECT_EQ(told->healthy.status, kind.name == "record-deleted" ? 404 : 200);
    }
    EXPECT_EQ(direct.healthy.body, socket.healthy.body);
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryKindOnALink, ::testing::ValuesIn(faults::kind_names()),
                         test_name);

}  // namespace
}  // namespace vfstock::sim::scenario
