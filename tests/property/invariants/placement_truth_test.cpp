// What the engine sells of a panel that tells everything, against what the panel's own model can
// place: never more, and never less.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/capacity/capacity_batch.h"
#include "engine/panel/http_panel.h"
#include "engine/plan/decider.h"
#include "engine/schedule/panel_options.h"
#include "mockpanel/model/flow.h"
#include "tests/property/invariants/any_world.h"

namespace vfstock::sim {
namespace {

/// Over all runs of a property; printed at the end.
struct Totals {
  std::int64_t excess = 0, shortfall = 0, room = 0;

  void add(std::int64_t too_many, std::int64_t too_few, std::int64_t places) {
    excess += too_many;
    shortfall += too_few;
    room += places;
  }
  ~Totals() {
    if (room == 0) return;
    std::printf("without block routes: of %lld places %lld oversold, %lld not sold\n",
                static_cast<long long>(room), static_cast<long long>(excess),
                static_cast<long long>(shortfall));
  }
};
Totals totals;

struct Counted {
  std::int64_t sold = 0;
  model::Placeable room;
};

/// A product of package 1 in these groups; nullopt where nothing limits it.
std::optional<Counted> count(model::World& world, const std::vector<std::int64_t>& groups,
                             api::Release release) {
  const plan::Policy policy = *plan::preset("default");
  const FixedClock clock;
  InProcess transport(world, release);
  panel::HttpPanel panel(transport, clock, schedule::panel_options(policy));
  plan::Terms terms;
  terms.package = {1};
  for (const std::int64_t group : groups) terms.groups.push_back({group});
  terms.counting = {capacity::Percent{0}, policy.storage_match, policy.ipv4_cap,
                    policy.server_slots, policy.shared_storage};
  const panel::Answers answers = panel.ask({{{1}}, terms.groups}, Milliseconds{1000});
  const panel::LookupResults results(answers);
  capacity::CapacityBatch batch;
  const plan::Decision decision = plan::Decider(policy, batch).decide(terms, results, {});
  const plan::SetQty* const set = decision.if_set();
  const model::Package& package = world.packages.at(1);
  const model::Placeable room = model::placeable(
      world, groups,
      {package.memory_mb, package.cores, package.storage_gb, package.storage_profile, 1});
  if (set == nullptr) {
    RC_ASSERT(decision.why().cause == plan::Cause::unbounded);
    RC_ASSERT(!room.at_most);
    return std::nullopt;
  }
  RC_ASSERT(room.at_most.has_value());
  return Counted{set->set.qty(), room};
}

// A hundred times so many worlds.
constexpr int worlds = 200;

RC_GTEST_PROP(PlacementTruth, IsWhatIsSoldOfAPanelThatTellsAll, ()) {
  for (int i = 0; i < worlds; ++i) {
    model::World world = any_world();
    const auto counted = count(world, {1, 2}, api::Release::v7_1);
    if (counted) RC_ASSERT(counted->sold == *counted->room.at_most);
  }
}

RC_GTEST_PROP(PlacementTruth, IsNeverExceededInOneGroupOfAPanelThatTellsNoBlocks, ()) {
  for (int i = 0; i < worlds; ++i) {
    model::World world = any_world();
    const auto counted = count(world, {1}, api::Release::v7_0);
    if (counted) RC_ASSERT(counted->sold <= *counted->room.at_least);
  }
}

/// What a panel without block routes costs, for people: it cannot be asserted to be nothing.
RC_GTEST_PROP(PlacementTruth, IsMissedBySomeWithoutBlocksOverTwoGroups, ()) {
  std::int64_t excess = 0, shortfall = 0, room = 0;
  for (int i = 0; i < worlds; ++i) {
    model::World world = any_world();
    const auto counted = count(world, {1, 2}, api::Release::v7_0);
    if (!counted) continue;
    room += *counted->room.at_most;
    excess += std::max<std::int64_t>(0, counted->sold - *counted->room.at_most);
    shortfall += std::max<std::int64_t>(0, *counted->room.at_most - counted->sold);
  }
  RC_CLASSIFY(excess > 0, "oversold");
  RC_ASSERT(excess <= room);
  RC_ASSERT(shortfall <= room);
  totals.add(excess, shortfall, room);
}

}  // namespace
}  // namespace vfstock::sim
