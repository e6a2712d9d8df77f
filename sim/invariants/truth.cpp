#include "sim/invariants/truth.h"

#include <algorithm>
#include <memory>
#include <string>

namespace vfstock::sim::invariants {
namespace {

namespace model = mockpanel::model;

Quota quota_of(const model::Quota& quota) { return {quota.max, quota.free()}; }

Storage storage_of(const model::Pool& pool) {
  return {pool.id, pool.enabled, pool.storage_type, quota_of(pool.gigabytes),
          pool.is_datastore ? pool.name : std::string()};
}

HypervisorFacts facts_of(const model::World& world, const model::Hypervisor& hypervisor) {
  HypervisorFacts facts;
  facts.id = hypervisor.id;
  facts.eligible = hypervisor.placeable();
  facts.memory_mb = quota_of(hypervisor.memory_mb);
  facts.cores = quota_of(hypervisor.cores);
  facts.servers = quota_of(hypervisor.servers);
  if (hypervisor.local) facts.local = storage_of(*hypervisor.local);
  for (const model::Pool& pool : hypervisor.others) facts.others.push_back(storage_of(pool));
  if (hypervisor.reports_ipv4) facts.ipv4_free = world.ipv4_free(hypervisor);
  return facts;
}

bool is_possible(const Quota& quota) { return quota.max == 0 || quota.free <= quota.max; }

/// A timeline can give back more than was taken. What the panel then says no client may believe.
bool is_possible(const HypervisorFacts& facts) {
  if (!facts.eligible) return true;
  const auto of_pool = [](const Storage& pool) { return !pool.enabled || is_possible(pool.gb); };
  return is_possible(facts.memory_mb) && is_possible(facts.cores) &&
         (!facts.servers || is_possible(*facts.servers)) &&
         (!facts.local || of_pool(*facts.local)) &&
         std::all_of(facts.others.begin(), facts.others.end(), of_pool);
}

/// What the panel would tell of its blocks.
std::shared_ptr<const BlocksTold> blocks_of(const std::shared_ptr<const model::World>& world) {
  auto told = std::make_shared<BlocksTold>();
  told->truth = world;
  for (const auto& [id, block] : world->blocks) {
    if (!block.enabled || block.free() <= 0) continue;
    BlocksTold::Block& mine = told->blocks.emplace_back();
    mine.id = id;
    mine.free = block.free();
    for (const auto& [hypervisor, record] : world->hypervisors) {
      const auto& bound = record.blocks;
      if (std::find(bound.begin(), bound.end(), id) != bound.end()) {
        mine.hypervisors.insert(hypervisor);
      }
    }
  }
  return told;
}

}  // namespace

Reading<PackageFacts> Truth::package(std::int64_t id, Time now) const {
  Reading<PackageFacts> reading;
  reading.at = now;
  reading.truth = world_;
  reading.known = Known::missing;
  reading.story = "package " + std::to_string(id);
  const auto found = world_->packages.find(id);
  if (found == world_->packages.end()) return reading;
  const model::Package& package = found->second;
  // Of a package that needs nothing of something no client may believe the answer.
  const bool needs_all = package.memory_mb > 0 && package.cores > 0 && package.storage_gb > 0;
  reading.known = needs_all ? Known::found : Known::unavailable;
  reading.facts = {package.enabled,    package.memory_mb,       package.cores,
                   package.storage_gb, package.storage_profile, {}};
  for (const model::AdditionalDisk& disk : package.additional) {
    if (disk.enabled) reading.facts.additional.push_back({disk.gb, disk.storage_profile});
  }
  return reading;
}

Reading<GroupFacts> Truth::group(std::int64_t id, Time now) const {
  Reading<GroupFacts> reading;
  reading.at = now;
  reading.truth = world_;
  reading.known = Known::missing;
  reading.story = "group " + std::to_string(id);
  if (!world_->groups.contains(id)) return reading;
  reading.known = Known::found;
  const auto blocks = blocks_of(world_);
  for (const model::Hypervisor* hypervisor : world_->members(id)) {
    reading.facts.push_back(facts_of(*world_, *hypervisor));
    if (maintenance_excluded_ && hypervisor->maintenance) reading.facts.back().eligible = false;
    if (!is_possible(reading.facts.back())) reading.known = Known::unavailable;
    reading.facts.back().blocks = blocks;
  }
  return reading;
}

}  // namespace vfstock::sim::invariants
