// provisionable: what is promised can be placed in the panel's true state.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace model = mockpanel::model;

/// Hypervisor 1 of group 1 truly takes `places` servers of package 7.
model::World world_for(std::int64_t places) {
  model::World world = roomy_world();
  model::Quota& memory = world.hypervisors[1].memory_mb;
  memory.max = 1024 * places + 1;
  memory.base = 1;
  return world;
}

Expectations strict() {
  Expectations expectations;
  expectations.oversell_violates = true;
  return expectations;
}

TraceWriter promise(std::int64_t qty, model::World truth, Expectations expectations) {
  TraceWriter trace(std::move(expectations));
  trace.truth(std::move(truth)).begins().package();
  trace.group(1, page_json({hypervisor_json(1, qty)})).sets(qty).ends();
  return trace;
}

TEST(Provisionable, HoldsUpToTheLastPlace) {
  const TraceWriter trace = promise(4, world_for(4), strict());
  EXPECT_THAT(trace.findings(), IsEmpty());
  EXPECT_THAT(trace.checker().oversells(), IsEmpty());
}

TEST(Provisionable, HoldsWhereNothingLimits) {
  EXPECT_THAT(promise(4000, roomy_world(), strict()).findings(), IsEmpty());
}

TEST(Provisionable, IsViolatedByOnePlaceTooMany) {
  const TraceWriter trace = promise(9, world_for(4), strict());
  EXPECT_EQ(trace.story(),
            "product 3: qty 5 -> 9 although the panel's true state at 5m0.02s takes at most 4");
}

TEST(Provisionable, TakesAddressesAsTheyWereWhenTheirGroupAnswered) {
  model::World before = world_for(4);
  before.hypervisors[1].reports_ipv4 = true;
  before.hypervisors[1].blocks = {1};
  before.blocks[1].id = 1;
  before.blocks[1].base_free = 4;
  before.hypervisors.erase(2);
  model::World after = before;
  after.blocks[1].held = 4;
  Row row = usual_row();
  row.options = {{"Location", "2"}};
  const auto promise = [&](const model::World& first) {
    TraceWriter trace(strict());
    trace.begins({row}).package().truth(first);
    trace.group(1, page_json({hypervisor_json(1, 4)})).truth(after);
    trace.group(2, page_json({})).sets(4).ends();
    return trace.findings();
  };
  EXPECT_THAT(promise(before), IsEmpty());
  EXPECT_THAT(promise(after), ElementsAre("provisionable"));
}

TEST(Provisionable, TakesThePackageAsItWasWhenItAnswered) {
  model::World heavier = world_for(4);
  heavier.packages[7].memory_mb *= 2;
  TraceWriter trace(strict());
  trace.truth(world_for(4)).refreshes("AfterCronJob").package();
  trace.group(1, page_json({hypervisor_json(1, 4)})).sets(4).ends();
  trace.at(std::chrono::minutes{9}).truth(heavier).row(3).qty = 3;
  trace.refreshes("ClientAreaPageCart", 3);
  trace.group(1, page_json({hypervisor_json(1, 4)})).sets(4).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Provisionable, OnlyReportsOversellWhereThePolicyAllowsIt) {
  const TraceWriter trace = promise(9, world_for(4), {});
  EXPECT_THAT(trace.findings(), IsEmpty());
  ASSERT_EQ(trace.checker().oversells().size(), 1U);
  EXPECT_EQ(trace.checker().oversells().front().product, 3);
  EXPECT_EQ(trace.checker().oversells().front().qty, 9);
  EXPECT_EQ(trace.checker().oversells().front().placeable, 4);
}

TEST(Provisionable, NeverObjectsToZero) {
  TraceWriter trace(strict());
  trace.truth(world_for(4)).begins().package().group(1, page_json({})).sets(0).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Provisionable, JudgesByTheNewestAnswerThatTheQtyRestsOn) {
  TraceWriter trace(strict());
  trace.truth(world_for(4)).begins().package();
  trace.truth(world_for(9)).group(1, page_json({hypervisor_json(1, 9)}));
  trace.truth(world_for(0)).silent("/packages/8").sets(9).ends();
  EXPECT_THAT(trace.findings(), IsEmpty());
}

TEST(Provisionable, JudgesAGroupByTheMomentOfItsOwnAnswer) {
  TraceWriter right(strict());
  right.truth(world_for(9)).begins().group(1, page_json({hypervisor_json(1, 9)}));
  right.truth(world_for(4)).package().sets(9).ends();
  EXPECT_THAT(right.findings(), IsEmpty());
  TraceWriter wrong(strict());
  wrong.truth(world_for(4)).begins().group(1, page_json({hypervisor_json(1, 9)}));
  wrong.truth(world_for(9)).package().sets(9).ends();
  EXPECT_THAT(wrong.findings(), ElementsAre("provisionable"));
}

TEST(Provisionable, FindsNoPlaceForAPackageThatIsTrulyGoneOrDisabled) {
  model::World gone = roomy_world();
  gone.packages.clear();
  EXPECT_THAT(promise(4, gone, strict()).findings(), ElementsAre("provisionable"));
  model::World disabled = roomy_world();
  disabled.packages[7].enabled = false;
  EXPECT_THAT(promise(4, disabled, strict()).findings(), ElementsAre("provisionable"));
}

TEST(Provisionable, CountsTheAddressesThatHypervisorsShare) {
  model::World world = roomy_world();
  world.blocks[1].id = 1;
  world.blocks[1].base_free = 6;
  world.hypervisors[1].reports_ipv4 = true;
  world.hypervisors[1].blocks = {1};
  EXPECT_THAT(promise(6, world, strict()).findings(), IsEmpty());
  EXPECT_THAT(promise(7, world, strict()).findings(), ElementsAre("provisionable"));
}

TEST(Provisionable, IsUnknownWithoutTheTruth) {
  TraceWriter trace(strict());
  trace.truth_unknown().begins().package();
  trace.group(1, page_json({hypervisor_json(1, 4)})).sets(4).ends();
  EXPECT_THAT(trace.findings(), ElementsAre("provisionable?"));
}

}  // namespace
}  // namespace vfstock::sim::invariants
