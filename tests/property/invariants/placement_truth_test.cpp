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
#include "mockpanel/api/api.h"
#include "mockpanel/model/flow.h"

namespace vfstock::sim {
namespace {

namespace api = mockpanel::api;
namespace model = mockpanel::model;

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

std::int64_t among(std::int64_t low, std::int64_t high) {
  constexpr int whole_range = 100;  // a smaller size would narrow it
  return *rc::gen::resize(whole_range, rc::gen::inRange(low, high + 1));
}

class FixedClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  WallTime wall() const override { return {}; }
};

/// The mock panel without sockets.
class InProcess final : public panel::Transport {
 public:
  InProcess(model::World& world, api::Release release) : api_(world, options_of(release)) {}

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds) override {
    std::vector<panel::Answer> answers;
    for (const panel::Request& request : requests) {
      api::Request asked{
          .method = "GET",
          .path = {},
          .query = {},
          .headers = {{"Accept", "application/json"}, {"Authorization", "Bearer any"}},
          .body = {}};
      api::set_target(asked, request.target);
      const api::Response response = api_.handle(asked, {}, "2025-01-20T14:00:47+00:00");
      panel::Answer answer;
      answer.ending = panel::Ending::complete;
      answer.status = response.status;
      for (const auto& [name, value] : response.headers) answer.headers.push_back({name, value});
      answer.body = response.body;
      answers.push_back(std::move(answer));
    }
    return answers;
  }

 private:
  static api::Options options_of(api::Release release) {
    api::Options options;
    options.release = release;
    return options;
  }

  api::Api api_;
};

model::Quota any_quota(std::vector<std::int64_t> sizes) {
  const std::int64_t max = *rc::gen::elementOf(sizes);
  return {max, max == 0 ? among(0, 4) : among(0, max), 0};
}

model::Hypervisor any_hypervisor(std::int64_t id, std::int64_t blocks) {
  model::Hypervisor made;
  made.id = id;
  made.group = among(1, 2);
  made.prohibit = among(0, 7) == 0;
  made.enabled = among(0, 9) != 0;
  made.memory_mb = any_quota({8, 16, 24});
  made.cores = any_quota({0, 8, 16});
  made.servers = any_quota({0, 0, 3, 9});
  made.local.emplace();
  made.local->enabled = among(0, 3) != 0;
  made.local->storage_type = among(1, 2);
  made.local->gigabytes = any_quota({0, 40, 100});
  if (among(0, 1) == 0) {
    model::Pool pool;
    pool.id = 100 + id;
    pool.name = among(0, 1) == 0 ? "rbd" : "ssd";
    pool.is_datastore = true;
    // A pool of each type at most: which of several holds a disk is another rule's matter.
    pool.storage_type = 3 - made.local->storage_type;
    pool.gigabytes = any_quota({40, 100, 200});
    made.others.push_back(pool);
  }
  for (std::int64_t block = 1; block <= blocks; ++block) {
    if (among(0, 1) == 0) made.blocks.push_back(block);
  }
  return made;
}

model::World any_world() {
  model::World world;
  model::Package& package = world.packages[1];
  package.id = 1;
  package.storage_profile = among(1, 2);
  package.memory_mb = among(1, 4);
  package.storage_gb = among(5, 20);
  for (const std::int64_t group : {1, 2}) world.groups[group].id = group;
  const std::int64_t blocks = among(1, 3);
  for (std::int64_t id = 1; id <= blocks; ++id) {
    model::Block& block = world.blocks[id];
    block.id = id;
    block.enabled = among(0, 5) != 0;
    block.base_free = among(0, 9);
  }
  const std::int64_t hypervisors = among(1, 5);
  for (std::int64_t id = 1; id <= hypervisors; ++id) {
    world.hypervisors[id] = any_hypervisor(id, blocks);
  }
  world.touch();
  return world;
}

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
