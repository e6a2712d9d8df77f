// The columns against the mock panel's own model: the same requests, step by step, on random
// fleets, land on the same hypervisors and leave the same figures; and what can be sold, kept up to
// date step by step, is what a look at everything finds.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "mockpanel/model/placement.h"
#include "sim/forecast/availability.h"
#include "sim/forecast/fleet_columns.h"
#include "sim/forecast/scene.h"

namespace vfstock::sim::forecast {
namespace {

namespace model = mockpanel::model;

std::int64_t upto(std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); }
bool coin() { return upto(1) == 1; }

model::Quota quota(std::int64_t most) {
  model::Quota made;
  made.max = upto(3) == 0 ? 0 : upto(most);
  made.base = upto(3);
  return made;
}

model::Pool pool(std::int64_t id) {
  model::Pool made;
  made.id = id;
  made.enabled = upto(4) > 0;
  made.storage_type = upto(2);
  made.gigabytes = quota(40);
  return made;
}

model::World arbitrary_world() {
  model::World world;
  world.placement = static_cast<model::Placement>(upto(2));
  for (std::int64_t id = 1; id <= 3; ++id) {
    world.blocks[id] = {id, "", upto(4) > 0, upto(12), 0, 0, {}};
    model::Package& package = world.packages[id];
    package.id = id;
    package.memory_mb = upto(4);
    package.cores = upto(3);
    package.storage_gb = upto(6);
    package.storage_profile = upto(2);
  }
  for (std::int64_t id = 1; id <= 2; ++id) world.groups[id].id = id;
  const std::int64_t size = 1 + upto(6);
  for (std::int64_t id = 1; id <= size; ++id) {
    model::Hypervisor& row = world.hypervisors[id];
    row.id = id;
    row.group = 1 + upto(1);
    row.enabled = upto(6) > 0;
    row.prohibit = upto(6) == 0;
    row.memory_mb = quota(30);
    row.cores = quota(20);
    row.servers = quota(12);
    if (upto(5) > 0) row.local = pool(0);
    for (std::int64_t n = upto(2); n > 0; --n) row.others.push_back(pool(10 * id + n));
    row.reports_ipv4 = upto(3) > 0;
    for (std::int64_t block = 1; block <= 3; ++block) {
      if (coin()) row.blocks.push_back(block);
    }
  }
  return world;
}

void expect_same_figures(const model::World& world, const FleetColumns& columns) {
  for (const auto& [id, row] : world.hypervisors) {
    const std::int32_t h = columns.hypervisor_index(id);
    RC_ASSERT(columns.memory_mb(h).allocated == row.memory_mb.allocated());
    RC_ASSERT(columns.cores(h).allocated == row.cores.allocated());
    RC_ASSERT(columns.servers(h).allocated == row.servers.allocated());
    RC_ASSERT(columns.ipv4_free(h) == world.ipv4_free(row));
    for (const auto& mine : columns.pools(h)) {
      const auto theirs = std::find_if(row.others.begin(), row.others.end(),
                                       [&](const model::Pool& p) { return p.id == mine.id; });
      const model::Pool& same = mine.local ? *row.local : *theirs;
      RC_ASSERT(mine.gigabytes.allocated == same.gigabytes.allocated());
    }
  }
}

RC_GTEST_PROP(FleetColumns, PlaceAndGiveBackAsTheModelDoes, ()) {
  model::World world = arbitrary_world();
  FleetColumns columns(world, {});
  std::vector<std::pair<std::int64_t, Held>> running;
  for (int request = 0; request < 40; ++request) {
    if (!running.empty() && upto(3) == 0) {
      const auto gone = running.begin() + upto(static_cast<std::int64_t>(running.size()) - 1);
      world.remove(gone->first, std::chrono::minutes{0}, model::Time{0});
      columns.give_back(gone->second);
      running.erase(gone);
    } else {
      const model::Package& package = world.packages.at(1 + upto(2));
      const std::int64_t group = 1 + upto(1), ipv4 = 1 + upto(2);
      const Need need{package.memory_mb, package.cores, package.storage_gb, package.storage_profile,
                      ipv4};
      const std::int32_t chosen = columns.choose(columns.group_index(group), need);
      model::CreateRequest asked;
      asked.package = package.id;
      asked.group = group;
      asked.ipv4 = ipv4;
      const auto created = world.create(asked, false, "").server;
      RC_ASSERT(created.has_value() == (chosen >= 0));
      if (!created) continue;
      RC_ASSERT(columns.hypervisor_id(chosen) == created->hypervisor);
      Held held;
      columns.take(chosen, need, held);
      running.emplace_back(created->id, std::move(held));
    }
    expect_same_figures(world, columns);
  }
}

// One can be placed without a reserve exactly where the count says that at least one fits.
RC_GTEST_PROP(FleetColumns, CountAndPlacementAgreeOnTheLastOne, ()) {
  const model::World world = arbitrary_world();
  const FleetColumns columns(world, {});
  for (const auto& [id, package] : world.packages) {
    const Need need{package.memory_mb, package.cores, package.storage_gb, package.storage_profile,
                    1};
    for (std::int32_t group = 0; group < 2; ++group) {
      RC_ASSERT((columns.count(group, need, nullptr) != 0) == (columns.choose(group, need) >= 0));
    }
  }
}

/// In which addresses are what runs out.
model::World world_short_of_addresses() {
  model::World world = arbitrary_world();
  for (auto& [id, block] : world.blocks) {
    block.enabled = true;
    block.base_free = upto(3);
  }
  for (auto& [id, row] : world.hypervisors) {
    row.reports_ipv4 = true;
    row.local = model::Pool{};
    row.memory_mb = row.cores = row.servers = model::Quota{};
  }
  return world;
}

/// Each package of the world, sold in one of its groups with or without a buffer.
Plan plan_of(const model::World& world) {
  Plan plan;
  plan.panel = world;
  for (const auto& [id, package] : world.packages) {
    catalogue::Product product;
    product.id = {id};
    product.servertype = "VirtFusionDirect";
    product.stockcontrol = 1;
    product.configoption1 = std::to_string(1 + upto(1));
    product.configoption2 = std::to_string(id);
    product.configoption7 = coin() ? "0" : "20";
    plan.shop.products.push_back(product);
  }
  return plan;
}

void expect_as_looked_at_anew(const Availability& kept, const Scene& scene,
                              const FleetColumns& fleet, Time now) {
  Availability anew;
  anew.begin(scene, fleet, scene.offers, now);
  for (std::int32_t product = 0; product < 3; ++product) {
    for (std::int32_t group = 0; group < 2; ++group) {
      RC_ASSERT(kept.in_stock(product, group) == anew.in_stock(product, group));
    }
  }
}

RC_GTEST_PROP(Availability, IsKeptUpToDateByWhatIsTakenAndGivenBack, ()) {
  const Plan plan = plan_of(coin() ? arbitrary_world() : world_short_of_addresses());
  const Scene scene(plan);
  FleetColumns fleet = scene.fleet;
  Availability kept;
  kept.begin(scene, fleet, scene.offers, 0);
  std::vector<Held> running;
  for (Time now = 1; now <= 40; ++now) {
    if (!running.empty() && upto(3) == 0) {
      const auto gone = running.begin() + upto(static_cast<std::int64_t>(running.size()) - 1);
      const std::int32_t hypervisor = gone->hypervisor;
      fleet.give_back(*gone);
      running.erase(gone);
      kept.released(hypervisor, now);
    } else {
      const Need& need = scene.offers[static_cast<std::size_t>(upto(2))].need;
      const std::int32_t chosen = fleet.choose(static_cast<std::int32_t>(upto(1)), need);
      if (chosen < 0) continue;
      fleet.take(chosen, need, running.emplace_back());
      kept.taken(chosen, now);
    }
    expect_as_looked_at_anew(kept, scene, fleet, now);
  }
}

}  // namespace
}  // namespace vfstock::sim::forecast
